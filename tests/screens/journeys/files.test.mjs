// Lists of people at both programs: what was left out is downloaded, mended and brought in again, and a file is undone as
// one. At the office also its first start, and the pairs that a list leaves for a person to decide on.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";

import { launch, visit } from "../harness/browser.mjs";
import { Town, passphrase } from "../harness/programs.mjs";
import { setUpCode } from "../harness/second_factor.mjs";
import { texts } from "../harness/texts.mjs";

// The second line may be the first; the third names nobody.
const list = [
  "Medlemsnr;Fornavn;Etternavn;E-post;Mobil;Postnr;Poststed;Medlemstype;Nyhetsbrev;Tema",
  "1;Kari;Solberg-Kristoffersen;kari.solberg-kristoffersen@post.example;99887766;5003;Bergen;Hovedmedlem;ja;",
  "2;Kari;Solberg-Kristoffersen;;99887766;0361;Oslo;;;",
  ";;;ukjent@post.example;;9008;Tromsø;;;",
  "4;Ola;Lie;ola@post.example;12;9008;Tromsø;Familiemedlem;nei;angst",
].join("\n");

/** Brings a file in through the screens, up to the result. */
async function bringIn(at, t, path, pictures = "") {
  await at.page.locator('input[type="file"]').setInputFiles(path);
  await at.press(t("import-look"));
  if (pictures) await at.look(`${pictures}-mapping`);
  await at.press(t("import-preview"));
  await at.page.locator("main details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
  if (pictures) await at.look(`${pictures}-preview`);
  await at.press(t("import-run"));
  if (pictures) await at.look(`${pictures}-result`);
}

/** The figures of a preview or a result, as they stand. */
const figures = async (at) => (await at.page.locator(".figures strong").allInnerTexts()).map(Number);

/** Downloads the lines left out, puts a name to the one that had none, and gives the mended file. */
async function mend(at, t, town) {
  const [download] = await Promise.all([
    at.page.waitForEvent("download"),
    at.page.getByRole("link", { name: t("import-download") }).click(),
  ]);
  const text = readFileSync(await download.path(), "utf8");
  assert.match(text, /ukjent@post\.example/);
  assert.equal(text.trim().split("\n").length, 2, "the headings and one line");
  return town.file("rettet.csv", text.replace(";;;ukjent", "3;Nora;Ukjent;ukjent"));
}

for (const [language, screen, dark] of [["nb", "laptop", false], ["nl", "phone", true], ["sv", "phone", false]]) {
  describe(`the office's files in ${language} on a ${screen}${dark ? " in the dark" : ""}`, () => {
    const t = texts("hub", language);
    let browser, town, at;

    before(async () => {
      browser = await launch();
      town = await Town.found({ user: false });
      at = await visit(browser, { language, screen, dark });
    });
    after(async () => {
      await browser?.close();
      await town?.close();
    });

    test("says at the first start how to begin, and then lets in who may", async () => {
      await at.page.goto(town.hub.address);
      assert.equal(await at.heading(), t("first-title"));
      await at.look("hub-first-start");
      town.addUser();
      await at.follow(t("first-again"));
      await at.look("hub-login-page");
      await at.fill({ login: "kontor", password: "something else entirely" });
      await at.press(t("login-button"));
      assert.match(await at.page.locator("main").innerText(), new RegExp(t("error-login")));
      await at.look("hub-login-refused");
      await at.fill({ login: "kontor", password: passphrase });
      await at.press(t("login-button"));
      await setUpCode(at, t);
      await at.look("hub-front-new");
    });

    test("brings in a list after a preview", async () => {
      await at.page.goto(`${town.hub.address}/import`);
      await at.look("hub-import-none");
      await bringIn(at, t, town.file("medlemmer.csv", list), "hub-list");
      assert.deepEqual(await figures(at), [4, 2, 0, 0, 1, 1]);
    });

    test("downloads what was left out, mends it and brings it in", async () => {
      const mended = await mend(at, t, town);
      await at.page.goto(`${town.hub.address}/import`);
      await bringIn(at, t, mended);
      assert.deepEqual(await figures(at), [1, 1, 0, 0, 0, 0]);
    });

    test("shows them as the office's own", async () => {
      await at.page.goto(`${town.hub.address}/supporters`);
      assert.equal(await at.page.locator("#results tbody tr").count(), 4);
      await at.look("hub-own-supporters");
      await at.follow(/Lie/);
      const words = await at.page.locator("main").innerText();
      assert.ok(words.includes(t("office-name")) && words.includes(t("consent-refused-undated")), words);
      assert.ok(!words.includes("angst"), "what health is about stays with the chapter");
      await at.look("hub-own-supporter");
    });

    test("asks about the pairs that may be one", async () => {
      await at.page.goto(`${town.hub.address}/`);
      await at.look("hub-front-doubtful");
      await at.page.goto(`${town.hub.address}/doubtful`);
      assert.equal(await at.page.locator("#pairs section").count(), 1);
      await at.look("hub-doubtful-pair");
      await at.press(t("doubtful-not-same"));
      assert.match(await at.page.locator("main").innerText(), new RegExp(t("doubtful-none")));
      await at.look("hub-doubtful-decided");
    });

    test("undoes a file as one, when asked twice", async () => {
      await at.page.goto(`${town.hub.address}/import`);
      await at.look("hub-files");
      await at.page.getByRole("link", { name: "medlemmer.csv" }).click();
      await at.page.locator("main .actions").waitFor();
      await at.look("hub-undo");
      await at.press(t("import-undo-button"));
      assert.match(await at.page.locator("body").innerText(), new RegExp(t("done-undone")));
      await at.look("hub-undone");
      await at.page.goto(`${town.hub.address}/supporters`);
      assert.equal(await at.page.locator("#results tbody tr").count(), 1);
    });
  });
}

describe("a chapter's files in sv on a phone", () => {
  const [language, screen] = ["sv", "phone"];
  const t = texts("node", language);
  let browser, town, node, at;

  before(async () => {
    browser = await launch();
    town = await Town.found();
    node = await town.freshNode("bergen");
    node.run(["join", "-", "--device", "PC", "--key-file", "--accept-agreement"], town.invite("Bergen"));
    node.run(["user", "add", "leder", "--password-file", town.file("password", passphrase)]);
    await node.serve();
    at = await visit(browser, { language, screen });
    await at.page.goto(node.address);
    await at.fill({ login: "leder", password: passphrase });
    await at.press(t("login-button"));
  });
  after(async () => {
    await browser?.close();
    await town?.close();
  });

  test("downloads what was left out, mends it and brings it in", async () => {
    await at.page.goto(`${node.address}/import`);
    await bringIn(at, t, town.file("medlemmer.csv", list), "list");
    assert.deepEqual(await figures(at), [4, 2, 0, 0, 1, 1]);
    const mended = await mend(at, t, town);
    await at.page.goto(`${node.address}/import`);
    await bringIn(at, t, mended);
    assert.deepEqual(await figures(at), [1, 1, 0, 0, 0, 0]);
  });

  test("undoes a file as one, when asked twice", async () => {
    await at.page.goto(`${node.address}/import`);
    await at.look("files");
    await at.page.locator("tr", { hasText: "medlemmer.csv" }).getByRole("link", { name: t("import-undo") }).click();
    await at.page.locator("main .actions").waitFor();
    await at.look("undo");
    await at.press(t("import-undo-button"));
    await at.look("undone");
    await at.page.goto(`${node.address}/supporters`);
    assert.equal(await at.page.locator("#results tbody tr").count(), 1);
  });
});
