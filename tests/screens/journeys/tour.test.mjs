// The tour of README.md, word for word: what it says to press is there, and what it says happens.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";

import { launch, visit } from "../harness/browser.mjs";
import { program, until } from "../harness/programs.mjs";

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");

describe("the tour", () => {
  let browser, demo, hub, tromso;
  let said = "";
  const type = (line) => demo.stdin.write(`${line}\n`);
  const sees = (at, words) => at.page.locator("main").getByText(words).first().waitFor({ timeout: 60_000 });

  async function signIn(at, place, login) {
    const [, address] = new RegExp(`${place} +(http://\\S+) +sign in as ${login}`).exec(said);
    const [, password] = /Password +(.+)/.exec(said);
    await at.page.goto(`${address}/login`);
    await at.fill({ login, password, ...(place === "The office" && { code: await code() }) });
    await at.press("Sign in");
    return address;
  }

  /** The code that the demo shows where it is asked. */
  async function code() {
    const before = said.length;
    type("code");
    return until("the code", () => /The code is (\d{6})/.exec(said.slice(before))?.[1]);
  }

  /** The button of a purpose among Marit's consents. */
  const consent = (purpose, button) =>
    tromso.page.getByText(purpose, { exact: true }).locator("xpath=ancestor::*[.//button][1]").getByRole("button", { name: button });

  const search = async (at, words) => {
    await at.page.getByRole("searchbox").fill(words);
    await at.page.getByRole("searchbox").press("Enter");
  };

  before(async () => {
    demo = spawn(program("demo"), [], { stdio: ["pipe", "pipe", "inherit"] });
    demo.stdout.on("data", (some) => (said += some));
    browser = await launch();
    await until("the demo has started", () => {
      if (demo.exitCode !== null) throw new Error("the demo ended by itself");
      return said.includes("quit ");
    }, 300_000);
    hub = await visit(browser, { language: "en" });
    tromso = await visit(browser, { language: "en" });
    hub.home = await signIn(hub, "The office", "kontor");
    tromso.home = await signIn(tromso, "Tromsø", "leder");
  });
  after(async () => {
    await browser?.close();
    if (demo?.exitCode !== null) return;
    const ended = new Promise((resolve) => demo.once("exit", resolve));
    demo.kill("SIGINT");
    assert.equal(await ended, 0, "Ctrl-C stops everything");
  });

  test("the office sees one list", async () => {
    await hub.page.getByRole("link", { name: "Supporters" }).first().click();
    await hub.look("tour-list");
    await hub.page.locator("main table a, main li a").first().click();
    await sees(hub, /Bergen|Oslo|The office/);
  });

  test("a volunteer in Tromsø", async () => {
    await tromso.page.goto(tromso.home);
    await tromso.page.getByRole("link", { name: "Add a supporter" }).first().click();
    await tromso.page.getByLabel("First name").fill("Marit");
    await tromso.page.getByLabel("Last name").fill("Fjelldal");
    await tromso.page.getByLabel("Phone").first().fill("911 22 333");
    await tromso.page.getByLabel("Volunteer", { exact: true }).check();
    await tromso.press("Save");
    await sees(tromso, "Marit Fjelldal");
  });

  test("the office does not see her", async () => {
    await hub.page.getByRole("link", { name: "Supporters" }).first().click();
    await search(hub, "Fjelldal");
    await sees(hub, /[Nn]obody/);
    tromso.marit = tromso.page.url();
    await tromso.page.locator("main").getByRole("link", { name: "What the office sees" }).click();
    await tromso.look("tour-office-sees");
  });

  test("she consents", async () => {
    await tromso.page.goto(tromso.marit);
    await consent("Volunteering", "Record a yes").click();
    await tromso.page.getByText("Sent to the national office").first().waitFor({ timeout: 60_000 });
    await hub.page.locator("main").getByRole("link", { name: /Fjelldal/ }).waitFor({ timeout: 60_000 });
  });

  test("pull the network, and both write", async () => {
    type("offline tromso");
    await tromso.page.getByRole("link", { name: "Edit", exact: true }).first().click();
    await tromso.page.getByLabel("Phone").first().fill("922 33 444");
    await tromso.press("Save");
    await tromso.page.getByText(/One change waits/).first().waitFor({ timeout: 60_000 });
    await hub.page.locator("main").getByRole("link", { name: /Fjelldal/ }).click();
    await hub.page.getByRole("link", { name: "Correct" }).first().click();
    await hub.page.getByLabel("Phone").first().fill("933 44 555");
    await hub.page.locator('[name="source"][value="supporter"]').check();
    await hub.press("Save the correction");
    await sees(hub, /933 ?44 ?555/);
  });

  test("put it back, and pick", async () => {
    type("online tromso");
    await tromso.page.goto(tromso.marit);
    const use = tromso.page.getByRole("button", { name: /Press \*(Use [^*]+)\*/.exec(readme)[1], exact: true });
    await use.waitFor({ timeout: 60_000 });
    await sees(hub, /922 ?33 ?444/);
    await tromso.look("tour-both");
    await use.click();
    await hub.page.locator("main").getByText(/922 ?33 ?444/).first().waitFor({ state: "detached", timeout: 60_000 });
    await sees(hub, /933 ?44 ?555/);
  });

  test("she changes her mind", async () => {
    await tromso.page.goto(tromso.marit);
    await consent("Volunteering", "Withdraw").click();
    // Her page, which stands open at the office, goes by itself.
    await hub.page.getByRole("heading", { name: "This page does not exist" }).waitFor({ timeout: 60_000 });
    await until("she is gone at the office", async () => {
      await hub.page.goto(`${hub.home}/supporters`);
      await search(hub, "Fjelldal");
      return hub.page.locator("main").getByText(/[Nn]obody/).first().isVisible();
    });
  });
});
