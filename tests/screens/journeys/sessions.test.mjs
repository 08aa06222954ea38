// Where one is signed in: seen in the settings, ended one by one or everywhere else, and by who looks after the users; at a chapter
// in Norwegian on a laptop, at the office in Dutch on a phone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, visit } from "../harness/browser.mjs";
import { Town, passphrase, until } from "../harness/programs.mjs";
import { codeOf, setUpCode } from "../harness/second_factor.mjs";
import { texts } from "../harness/texts.mjs";

// ASVS 7.4.1, 7.4.5, 7.5.2, 14.3.1
describe("sign-ins at a chapter in nb on a laptop", () => {
  const t = texts("node", "nb");
  let browser, town, node;

  before(async () => {
    browser = await launch();
    town = await Town.found();
    node = await town.freshNode("bergen");
    node.run(["join", town.invite("Bergen"), "--device", "Kontoret", "--key-file", "--accept-agreement"]);
    for (const [login, role] of [["leder", "chapter_leader"], ["revisor", "auditor"]]) {
      node.run(["user", "add", login, "--role", role, "--password-file", town.file(login, passphrase)]);
    }
    node.run(["add", "--given", "Marit", "--family", "Fjelldal", "--role", "volunteer"]);
    await node.serve();
  });
  after(async () => {
    await browser?.close();
    await town?.close();
  });

  const logIn = async (login) => {
    const at = await visit(browser);
    await at.page.goto(`${node.address}/login`);
    await at.fill({ login, password: passphrase });
    await at.press(t("login-button"));
    return at;
  };
  const isIn = async (at) => !(await at.page.request.get(`${node.address}/settings`)).url().endsWith("/login");

  test("one ends one's own, after the password", async () => {
    const [here, there, third] = [await logIn("leder"), await logIn("leder"), await logIn("leder")];
    await here.page.goto(`${node.address}/settings`);
    await here.look("sessions-three");
    const end = here.page.locator("#sessions li button").first();
    await Promise.all([here.page.waitForEvent("domcontentloaded"), end.click()]);
    await here.look("sessions-refused");
    assert.ok((await isIn(there)) && (await isIn(third)), "not without the password");
    await here.fill({ session_own: passphrase });
    await here.press(t("sessions-end-others"));
    await here.look("sessions-ended");
    assert.ok((await isIn(here)) && !(await isIn(there)) && !(await isIn(third)));
  });

  test("the leader signs somebody out everywhere, and the page that stood open goes", async () => {
    const leader = await logIn("leder");
    const auditor = await logIn("revisor");
    await auditor.page.goto(`${node.address}/supporters`);
    assert.match(await auditor.page.locator("main").innerText(), /Fjelldal/);
    await leader.page.goto(`${node.address}/users`);
    await leader.look("users-signed-in");
    await leader.press(new RegExp(`${t("users-sign-out")} revisor`));
    await leader.look("users-signed-out");
    // Something changes, and the page that stands open asks for its parts anew.
    node.run(["add", "--given", "Ola", "--family", "Nordvik", "--role", "member"]);
    await until("the page is gone", () => auditor.page.url().endsWith("/login"));
    assert.doesNotMatch(await auditor.page.locator("body").innerText(), /Fjelldal/);
  });
});

describe("sign-ins at the office in nl on a phone", () => {
  const t = texts("hub", "nl");
  let browser, town;

  before(async () => {
    browser = await launch();
    town = await Town.found();
  });
  after(async () => {
    await browser?.close();
    await town?.close();
  });

  test("they are listed, and a code is asked for each time", async () => {
    const here = await visit(browser, { language: "nl", screen: "phone" });
    await here.page.goto(`${town.hub.address}/login`);
    await here.fill({ login: "kontor", password: passphrase });
    await here.press(t("login-button"));
    const secret = await here.page.locator("#secret").textContent();
    await setUpCode(here, t);
    const used = codeOf(secret);
    const there = await visit(browser, { language: "nl", screen: "phone" });
    await until("the next code", () => codeOf(secret) !== used);
    await there.page.goto(`${town.hub.address}/login`);
    await there.fill({ login: "kontor", password: passphrase, code: codeOf(secret) });
    await there.press(t("login-button"));
    assert.doesNotMatch(there.page.url(), /login/);
    await here.page.goto(`${town.hub.address}/settings`);
    await here.look("office-sessions");
    await here.page.goto(`${town.hub.address}/users`);
    await here.look("office-users-signed-in");
    const answer = here.page.waitForResponse((response) => response.url().endsWith("/logout"));
    await here.press(t("layout-sign-out"));
    assert.equal((await (await answer).allHeaders())["clear-site-data"], '"cache", "storage"');
  });
});
