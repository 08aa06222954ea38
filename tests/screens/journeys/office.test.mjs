// The office's screens: one list over all chapters, one supporter with where each value came from, a correction that
// reaches the chapter, chapters with their invites, an import of gifts, and what arrives while the page stands open.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, visit } from "../harness/browser.mjs";
import { Town, passphrase, sample, until } from "../harness/programs.mjs";
import { texts } from "../harness/texts.mjs";

const members = (phone) =>
  `Medlemsnr;Fornavn;Etternavn;E-post;Mobil;Adresse;Postnr;Poststed;Medlemstype\n1;Kari;Solberg;kari@post.example;${phone};Storgata 1;5003;Bergen;Hovedmedlem\n`;

for (const [language, screen] of [["nb", "phone"], ["nl", "laptop"]]) {
  describe(`the office in ${language} on a ${screen}`, () => {
    const t = texts("hub", language);
    let browser, town, node, at;

    before(async () => {
      browser = await launch();
      town = await Town.found();
      node = await town.freshNode("bergen");
      node.run(["join", "-", "--device", "PC", "--key-file", "--accept-agreement"], town.invite("Bergen"));
      await node.serve();
      at = await visit(browser, { language, screen });
    });
    after(async () => {
      await browser?.close();
      await town?.close();
    });

    test("logs in", async () => {
      await at.page.goto(town.hub.address);
      await at.look("hub-login");
      await at.fill({ login: "kontor", password: passphrase });
      await at.press(t("login-button"));
      await at.look("hub-front");
    });

    test("sees a member arrive without a reload", async () => {
      await at.page.goto(`${town.hub.address}/supporters`);
      await at.page.evaluate(() => (window.notReloaded = true));
      node.run(["import", town.file("medlemmer.csv", members("99887766"))]);
      await at.page.getByText("Solberg").first().waitFor({ timeout: 60_000 });
      assert.ok(await at.page.evaluate(() => window.notReloaded), "the page was not loaded again");
      await at.look("hub-supporters");
    });

    test("sees where each value came from", async () => {
      await at.follow(/Solberg/);
      assert.match(await at.page.locator("main").innerText(), /Bergen/);
      await at.look("hub-supporter");
    });

    test("corrects a phone number, and the chapter has it", async () => {
      const [found] = JSON.parse(town.hub.run(["supporters", "--search", "Solberg", "--json"]));
      await at.page.goto(`${town.hub.address}/supporters/${found.id}`);
      await at.page.locator('main a[href*="correct"]').first().click();
      await at.page.locator('main input[type="tel"], main input[name*="phone"]').first().fill("+47 911 22 333");
      const source = at.page.locator('main [name="source"]').first();
      if ((await source.evaluate((one) => one.tagName)) === "SELECT") await source.selectOption("supporter");
      else await at.page.locator('main [name="source"][value="supporter"]').check();
      await at.look("hub-correct");
      await at.page.locator("main form button:not(.quiet)").last().click();
      await until("the correction reaches the chapter", () =>
        node.run(["supporters", "--search", "Solberg", "--json"]).includes("+4791122333"),
      );
    });

    test("searches while typing", async () => {
      await at.page.goto(`${town.hub.address}/supporters`);
      await at.page.getByRole("searchbox").pressSequentially("solberg kari");
      await at.page.waitForFunction(() => document.querySelectorAll("#results tbody tr").length === 1);
      await at.page.getByRole("searchbox").fill("nobody of that name");
      await at.page.waitForFunction(() => document.querySelectorAll("#results tbody tr").length === 0);
      await at.look("hub-search");
    });

    test("imports gifts after a preview", async () => {
      await at.page.goto(`${town.hub.address}/import`);
      await at.page.locator('input[type="file"]').setInputFiles(sample("national_gifts.csv"));
      await at.press(t("import-look"));
      await at.look("hub-import-mapping");
      await at.press(t("import-preview"));
      await at.look("hub-import-preview");
      await at.press(t("import-run"));
      assert.match((await at.page.locator("main").innerText()).replaceAll(/[\s.]/g, ""), /1801/);
      await at.look("hub-import-result");
    });

    test("has no fault on any page", async () => {
      const seen = new Set(["/"]);
      for (const path of seen) {
        await at.page.goto(town.hub.address + path);
        await at.look(`hub-page${path.replaceAll("/", "-")}`);
        const links = await at.page.locator("nav a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
        for (const link of links) seen.add(link);
      }
      assert.ok(seen.size >= 4, `the navigation leads to ${[...seen]}`);
    });
  });
}
