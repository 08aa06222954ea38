// The office's screens: one list over all chapters, one supporter with where each value came from, a correction that
// reaches the chapter, chapters with their invites, an import of gifts, and what arrives while the page stands open.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, visit } from "../harness/browser.mjs";
import { Town, passphrase, sample, until } from "../harness/programs.mjs";
import { setUpCode } from "../harness/second_factor.mjs";
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
      await setUpCode(at, t, "hub");
      await at.look("hub-front");
    });

    test("lets a colleague in again, who has lost everything", async () => {
      town.hub.run(["user", "add", "leser", "--role", "data_protection_officer", "--password-file", town.file("password", passphrase)]);
      await at.page.goto(`${town.hub.address}/settings`);
      await at.look("hub-settings");
      await at.follow(t("users-title"));
      await at.look("hub-users");
      await at.page.locator("#let-in").getByRole("button", { name: /leser/ }).click();
      await at.look("hub-let-in");
      const code = await at.page.locator("#code").textContent();
      const colleague = await visit(browser, { language, screen });
      await colleague.page.goto(town.hub.address);
      await colleague.follow(t("recover-link"));
      await colleague.look("hub-recover");
      await colleague.fill({ login: "leser", code: "aaaaa", password: passphrase, again: passphrase });
      await colleague.press(t("settings-change"));
      await colleague.look("hub-recover-refused");
      await colleague.fill({ login: "leser", code, password: passphrase, again: passphrase });
      await colleague.press(t("settings-change"));
      await setUpCode(colleague, t);
      assert.match(await colleague.page.locator("body").innerText(), new RegExp(t("nav-supporters")));
      await colleague.close();
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

    test("corrects a phone number, and the chapter's open page shows it without a reload", async () => {
      node.run(["user", "add", "leder", "--password-file", town.file("password", passphrase)]);
      const chapter = await visit(browser, { language, screen });
      await chapter.page.goto(`${node.address}/login`);
      await chapter.fill({ login: "leder", password: passphrase });
      await chapter.press(texts("node", language)("login-button"));
      await chapter.page.goto(`${node.address}/supporters`);
      await chapter.follow(/Solberg/);
      await chapter.page.evaluate(() => (window.notReloaded = true));

      await at.follow(t("supporter-correct"));
      await at.press(t("correct-save"));
      await at.look("hub-correct-refused");
      await at.fill({ "phone-0": "+47 911 22 333" });
      await at.page.locator('[name="source"][value="supporter"]').check();
      await at.look("hub-correct");
      await at.press(t("correct-save"));
      assert.match(await at.page.locator("main").innerText(), new RegExp(t("done-corrected")));
      await at.look("hub-corrected");

      await chapter.page.waitForFunction(() => /911\s?22\s?333/.test(document.querySelector("main").innerText), null, { timeout: 60_000 });
      assert.ok(await chapter.page.evaluate(() => window.notReloaded), "the page was not loaded again");
      await chapter.look("corrected-by-the-office");
      await chapter.close();
    });

    test("invites one more chapter", async () => {
      await at.page.goto(`${town.hub.address}/chapters`);
      await at.follow(t("chapter-add-title"));
      await at.press(t("chapter-add-button"));
      await at.look("hub-chapter-add-refused");
      await at.fill({ name: "Tromsø" });
      await at.press(t("chapter-add-button"));
      assert.match(await at.page.locator("textarea").inputValue(), /^helhet1/);
      await at.look("hub-invite");
      await at.page.goto(`${town.hub.address}/chapters`);
      await at.follow("Bergen");
      await at.look("hub-chapter");
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

    // C6
    test("sees what a chapter erased, and its own receipt", async () => {
      const erasures = async () => {
        await at.page.goto(`${town.hub.address}/reports`);
        await at.follow(t("erasures-link"));
        return at.page.locator("main").innerText();
      };
      assert.match(await erasures(), new RegExp(t("erasures-none")));
      await at.look("hub-erasures-none");
      const [member] = JSON.parse(node.run(["supporters", "--json"]));
      node.run(["erase", member.id]);
      node.run(["sync"]);
      await until("the office hears of it", async () => (await erasures()).includes(t("erasures-erased")));
      assert.match(await erasures(), /[0-9A-F]{4}-[0-9A-F]{4}/);
      assert.doesNotMatch(await erasures(), /Solberg/);
      await at.look("hub-erasures");
    });

    test("has no fault on any page", async () => {
      const seen = new Set(["/", "/doubtful", "/export", "/design"]);
      for (const path of seen) {
        await at.page.goto(town.hub.address + path);
        await at.look(`hub-page${path.replaceAll("/", "-")}`);
        const links = await at.page.locator("nav a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
        for (const link of links) seen.add(link);
      }
      assert.ok(seen.size >= 9, `the navigation leads to ${[...seen]}`);
    });
  });
}
