// A chapter leader's screens, from the pasted invite on: set-up, add, edit, search, import, what the office sees, and a
// change that arrives while the page stands open. In Norwegian on a laptop and in Swedish on a phone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, visit } from "../harness/browser.mjs";
import { Town, passphrase, sample, until } from "../harness/programs.mjs";
import { texts } from "../harness/texts.mjs";

for (const [language, screen] of [["nb", "laptop"], ["sv", "phone"]]) {
  describe(`a chapter in ${language} on a ${screen}`, () => {
    const t = texts("node", language);
    let browser, town, node, at;

    before(async () => {
      browser = await launch();
      town = await Town.found();
      node = await town.freshNode("bergen");
      await node.serve();
      at = await visit(browser, { language, screen });
    });
    after(async () => {
      await browser?.close();
      await town?.close();
    });

    test("is set up by pasting an invite", async () => {
      await at.page.goto(node.address);
      await at.fill({ invite: "not an invite", device: "PC" });
      await at.press(t("setup-next"));
      assert.equal(await at.page.locator('[role="alert"]').count(), 1, "a wrong invite is explained");
      await at.look("setup-refused");
      await at.fill({ invite: town.invite("Bergen"), device: "PC" });
      await at.press(t("setup-next"));

      await at.look("setup-agreement");
      for (const box of await at.page.locator('main input[type="checkbox"]').all()) await box.check();
      await at.press(t("setup-agreement-button"));

      assert.equal(await at.page.locator(".phrase li").count(), 24, "the recovery phrase is shown");
      await at.look("setup-phrase");
      for (const box of await at.page.locator('main input[type="checkbox"]').all()) await box.check();
      await at.press(t("setup-next"));

      await at.fill({ login: "leder", password: "kort", again: "kort" });
      await at.press(t("setup-user-button"));
      await at.look("setup-user-refused");
      await at.fill({ login: "leder", password: passphrase, again: passphrase });
      await at.press(t("setup-user-button"));
      await at.look("front-empty");
    });

    test("lets in who knows the password, and nobody else", async () => {
      const other = await visit(browser, { language, screen });
      await other.page.goto(`${node.address}/supporters`);
      await other.fill({ login: "leder", password: "something else entirely" });
      await other.press(t("login-button"));
      await other.look("login-refused");
      await other.fill({ login: "leder", password: passphrase });
      await other.press(t("login-button"));
      assert.equal(await other.page.locator('[name="password"]').count(), 0);
      await other.close();
    });

    test("adds a member without help", async () => {
      await at.page.goto(node.address);
      await at.follow(t("add-button"));
      await at.press(t("add-save"));
      await at.look("add-refused");
      await at.fill({ given_name: "Åse", family_name: "Øvrebø", phone: "99 88 77 66", email: "ase@post.example" });
      await at.page.locator('[name="role"][value="member"]').check();
      await at.look("add");
      await at.press(t("add-save"));
      assert.match(await at.page.locator("main").innerText(), /Åse Øvrebø/);
      await at.look("supporter");
    });

    test("edits it, and keeps what was typed when a value is wrong", async () => {
      await at.follow(t("supporter-edit"));
      await at.look("edit");
      const phone = at.page.locator('main input[name^="phone-"]').first();
      await phone.fill("12");
      await at.press(t("add-save"));
      assert.equal(await at.page.locator('main input[name^="phone-"]').first().inputValue(), "12");
      await at.look("edit-refused");
      await at.page.locator('main input[name^="phone-"]').first().fill("+47 911 22 333");
      await at.press(t("add-save"));
      assert.match((await at.page.locator("main").innerText()).replaceAll(/\s/g, ""), /91122333/);
    });

    test("sees side by side what the office can see", async () => {
      await at.follow(t("supporter-office-link"));
      assert.match(await at.page.locator("main").innerText(), /Øvrebø/);
      await at.look("office-supporter");
    });

    test("imports a file after a preview", async () => {
      await at.page.goto(`${node.address}/import`);
      await at.look("import");
      await at.page.locator('input[type="file"]').setInputFiles(sample("bergen_medlemmer.csv"));
      await at.press(t("import-look"));
      await at.look("import-mapping");
      await at.press(t("import-preview"));
      assert.match(await at.page.locator("main").innerText(), /451/);
      await at.look("import-preview");
      await at.press(t("import-run"));
      await at.look("import-result");
    });

    test("finds supporters while typing", async () => {
      await at.page.goto(`${node.address}/supporters`);
      await at.look("supporters");
      await at.page.getByRole("searchbox").pressSequentially("øvrebø åse");
      await at.page.waitForFunction(() => document.querySelectorAll("#results tbody tr").length === 1);
      assert.match(await at.page.locator("#results").innerText(), /Åse/);
      await at.look("search");
      assert.doesNotMatch(at.page.url(), /vreb/, "no name stands in the address");
      await at.follow(/Øvrebø/);
      await at.page.goBack();
      assert.equal(await at.page.getByRole("searchbox").inputValue(), "øvrebø åse", "back leads to the search");
      assert.equal(await at.page.locator("#results tbody tr").count(), 1);
      await at.page.getByRole("searchbox").fill("solberg");
      await at.press(t("search-button"));
      assert.match(await at.page.locator("#results").innerText(), /Solberg/, "and so does a search without script");
      assert.doesNotMatch(at.page.url(), /solberg/i);
    });

    test("shows what arrives, without a reload", async () => {
      await at.page.goto(`${node.address}/supporters`);
      await at.page.getByRole("searchbox").fill("Langtvekk");
      await at.page.waitForFunction(() => document.querySelectorAll("#results tbody tr").length === 0);
      await at.page.evaluate(() => (window.notReloaded = true));
      node.runUnlocked(["import", town.file("ny.csv", "Fornavn;Etternavn;E-post\nNy;Langtvekk;ny@post.example\n")]);
      await at.page.locator("#results").getByText("Langtvekk").first().waitFor();
      assert.ok(await at.page.evaluate(() => window.notReloaded), "the page was not loaded again");
    });

    test("says that all is sent only when the hub has it", async () => {
      await at.page.goto(`${node.address}/sync`);
      await at.page.locator("#light .light.sent").waitFor();
      const held = JSON.parse(town.hub.run(["supporters", "--search", "Øvrebø Åse", "--json"]));
      assert.equal(held.length, 1, "the light says sent");
      await at.look("sync");

      await town.hub.stop();
      node.runUnlocked(["import", town.file("ny.csv", "Fornavn;Etternavn;E-post;Medlemstype\nVenter;Lenge;v@post.example;Hovedmedlem\n")]);
      await at.page.locator("#light .light:not(.sent)").waitFor();
      await at.look("sync-waiting");
      await town.hub.serve();
      await at.page.locator("#light .light.sent").waitFor({ timeout: 60_000 });
      await until("the hub holds it", () => town.hub.run(["supporters", "--search", "Lenge", "--json"]).includes("Venter"));
    });

    // P8
    test("erases somebody, and has a certificate for them", async () => {
      await at.page.goto(`${node.address}/erasures`);
      assert.match(await at.page.locator("main").innerText(), new RegExp(t("erasures-none")));
      await at.look("erasures-none");
      const [member] = JSON.parse(node.runUnlocked(["supporters", "--search", "Langtvekk", "--json"]));
      await at.page.goto(`${node.address}/supporters/${member.id}/erase`);
      await at.page.locator('[name="sure"]').check();
      await at.fill({ own: passphrase });
      await at.press(t("erase-button"));
      await at.page.goto(`${node.address}/settings`);
      await at.follow(t("erasures-link"));
      await at.page.locator("#erasures").getByText(t("erasures-complete")).waitFor();
      assert.doesNotMatch(await at.page.locator("main").innerText(), /Langtvekk/);
      await at.look("erasures");
      const link = await at.page.getByRole("link", { name: t("erasures-certificate") }).getAttribute("href");
      const paper = await at.page.request.get(node.address + link);
      assert.equal(paper.headers()["content-type"], "application/pdf");
      assert.equal((await paper.body()).subarray(0, 5).toString(), "%PDF-");
    });

    test("has no fault on any page, in the dark neither", async () => {
      for (const path of ["/", "/import", "/office", "/agreement", "/settings", "/erasures", "/erasures/waiting", "/design"]) {
        await at.page.goto(node.address + path);
        await at.look(`page${path.replaceAll("/", "-")}`);
        // The colours are the same on every width.
        if (screen === "phone") continue;
        await at.page.emulateMedia({ colorScheme: "dark" });
        await at.look(`page${path.replaceAll("/", "-")}-dark`);
        await at.page.emulateMedia({ colorScheme: "light" });
      }
    });
  });
}
