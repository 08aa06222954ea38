// Every page of a chapter's program, on a laptop, in the dark, on a phone, at 400 % zoom and on paper, in two languages: axe finds
// nothing, nothing is wider than the screen, and a picture of each is kept to be looked at.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, screens, visit } from "../harness/browser.mjs";
import { Town, passphrase, sample } from "../harness/programs.mjs";
import { setUpCode } from "../harness/second_factor.mjs";
import { texts } from "../harness/texts.mjs";

for (const language of ["nb", "nl"]) {
  describe(`every page of a chapter in ${language}`, () => {
    const t = texts("node", language);
    let browser, town, node, at;

    before(async () => {
      browser = await launch();
      town = await Town.found();
      node = await town.freshNode("bergen");
      await node.serve();
      at = await visit(browser, { language });
    });
    after(async () => {
      await browser?.close();
      await town?.close();
    });

    /** The page as it stands, in every shape a visitor may meet it. */
    async function everywhere(name) {
      await at.look(name);
      await at.page.emulateMedia({ colorScheme: "dark" });
      await at.look(`${name}-dark`);
      await at.page.emulateMedia({ colorScheme: "light" });
      for (const [shape, size] of [["phone", screens.phone], ["zoomed", { width: 320, height: 640 }]]) {
        await at.page.setViewportSize(size);
        await at.fits(`${name}-${shape}`);
      }
      await at.page.setViewportSize(screens.laptop);
      await at.page.emulateMedia({ media: "print" });
      await at.picture(`${name}-print`);
      await at.page.emulateMedia({ media: "screen" });
    }
    const open = (path) => at.page.goto(node.address + path);
    const tick = async () => {
      for (const box of await at.page.locator('main input[type="checkbox"]').all()) await box.check();
    };
    const words = () => at.page.locator("main").innerText();

    test("the first set-up and the login", async () => {
      await open("/");
      await everywhere("setup-invite");
      await at.fill({ invite: town.invite("Bergen"), device: "PC" });
      await at.press(t("setup-next"));
      await everywhere("setup-agreement");
      await tick();
      await at.press(t("setup-agreement-button"));
      await everywhere("setup-phrase");
      await tick();
      await at.press(t("setup-next"));
      await everywhere("setup-user");
      await at.fill({ login: "leder", password: passphrase, again: passphrase });
      await at.press(t("setup-user-button"));
      await everywhere("front-empty");
      await at.press(t("layout-sign-out"));
      await everywhere("login");
      await node.stop();
      await node.serve();
      await open("/");
      await everywhere("unlock");
      await at.fill({ login: "leder", password: "something else entirely" });
      await at.press(t("unlock-button"));
      await everywhere("unlock-refused");
      await at.fill({ login: "leder", password: passphrase });
      await at.press(t("unlock-button"));
      assert.match(await at.page.locator("header").innerText(), /Bergen/);
    });

    test("an import, from the file to its undoing", async () => {
      await open("/import");
      await everywhere("import");
      await at.page.locator('input[type="file"]').setInputFiles(sample("bergen_medlemmer.csv"));
      await at.press(t("import-look"));
      await everywhere("import-mapping");
      const cut = await at.page.locator("main select").evaluateAll((all) => {
        const pen = document.createElement("canvas").getContext("2d");
        pen.font = getComputedStyle(all[0]).font;
        const room = (select) => select.clientWidth - 2 * parseFloat(getComputedStyle(select).paddingLeft) - 20;
        return all.flatMap((select) => [...select.options].map((one) => one.text).filter((text) => pen.measureText(text).width > room(select)));
      });
      assert.deepEqual([...new Set(cut)], [], "no choice of a column is cut off");
      await at.press(t("import-preview"));
      await everywhere("import-preview");
      await at.press(t("import-run"));
      await everywhere("import-result");
      await open("/import");
      await at.page.locator('input[type="file"]').setInputFiles(town.file("ny.csv", "Fornavn;Etternavn;E-post\nNy;Langtvekk;ny@post.example\n"));
      await at.press(t("import-look"));
      await at.press(t("import-preview"));
      await at.press(t("import-run"));
      await at.follow(t("import-undo"));
      await everywhere("import-undo");
      await at.press(t("import-undo-button"));
      assert.match(await words(), new RegExp(t("done-undone")));
    });

    test("a supporter with everything, and what may go wrong while writing it down", async () => {
      await open("/supporters/add");
      await everywhere("add");
      await open("/supporters/add-organisation");
      await at.fill({ organisation_number: "12" });
      await at.press(t("add-save"));
      await everywhere("add-organisation-refused");
      await open("/supporters/add");
      await at.fill({ given_name: "Bjørg-Lise", family_name: "Øvrebø", phone: "99 88 77 66", email: "bl@post.example" });
      for (const role of ["member", "volunteer", "peer_supporter"]) await at.page.locator(`[name="role"][value="${role}"]`).check();
      await at.page.locator('[name="consent"][value="newsletter"]').check();
      await at.press(t("add-save"));
      assert.match(await words(), /998 87 766/, "the phone number stands as people write it");
      const page = new URL(at.page.url()).pathname;

      for (const details of ["#new-tag", "#new-health"]) await at.page.locator(`${details} > summary`).click();
      await at.page.locator('#new-tag [name="tag"]').fill("Turgruppa");
      await at.press(t("supporter-new-tag"));
      assert.match(await at.page.locator("#tags").innerText(), /Turgruppa/);
      await at.page.locator("#new-health > summary").click();
      await at.page.locator('[name="health"]').fill("Må sitte nær døren.");
      await at.page.locator("#new-health .button").click();
      await at.page.locator("#health").getByText("Må sitte").waitFor();
      await at.page.locator("#past > summary").click();
      await at.page.locator("#answers > summary").click();
      await everywhere("supporter");
      await open(`${page}/edit`);
      await everywhere("edit");
      await open(`${page}/office`);
      await everywhere("office-supporter");
      assert.doesNotMatch(await words(), /nær døren/);

      await open(page);
      await at.page.locator("#protect > summary").click();
      await at.page.locator("#protect .button").click();
      await at.page.getByText(t("done-protected")).waitFor();
      await everywhere("supporter-protected");
      await open(`${page}/erase`);
      await at.press(t("erase-button"));
      await everywhere("erase-refused");
      await tick();
      await at.fill({ own: passphrase });
      await at.press(t("erase-button"));
      assert.match(await words(), new RegExp(t("done-erased").slice(0, 20)));
    });

    test("two who look alike, told apart and put together", async () => {
      const twice = ["Berit;Dobbel;b@post.example;99887766", "Berit;Dobbel;b@post.example;91122333"].map((line, n) => `${n + 1};${line}`);
      node.runUnlocked(["import", town.file("to.csv", `Medlemsnr;Fornavn;Etternavn;E-post;Mobil\n${twice.join("\n")}\n`)]);
      await open("/");
      await everywhere("front");
      await at.follow(t("need-doubles-look"));
      await everywhere("doubles");
      const pairs = await at.page.locator(".pair").count();
      const berit = at.page.locator(".pair").filter({ hasText: "Dobbel" });
      await berit.getByRole("link", { name: t("doubles-same") }).click();
      await at.press(t("merge-button"));
      await everywhere("merge-refused");
      await tick();
      await at.press(t("merge-button"));
      const both = (await words()).replaceAll(/\s/g, "");
      assert.ok(both.includes("99887766") && both.includes("91122333"), "both numbers are there");
      await open("/doubles");
      assert.equal(await at.page.locator(".pair").count(), pairs - 1);
      if (pairs > 1) {
        await at.press(t("doubles-apart"));
        assert.equal(await at.page.locator(".pair").count(), pairs - 2);
      }
    });

    test("all the rest", async () => {
      for (const path of ["/supporters", "/office", "/agreement", "/sync", "/settings", "/design"]) {
        await open(path);
        await everywhere(`page${path.replaceAll("/", "-")}`);
      }
      await open("/supporters");
      await at.page.getByRole("searchbox").fill("nobody of that name");
      await at.page.waitForFunction(() => document.querySelectorAll("#results tbody tr").length === 0);
      await everywhere("supporters-none");
    });

    test("a code besides the password, set up and taken away", async () => {
      await open("/settings");
      await at.fill({ factor_own: "something else entirely" });
      await at.press(t("settings-factor-begin"));
      await everywhere("settings-refused");
      await at.fill({ factor_own: passphrase });
      await at.press(t("settings-factor-begin"));
      await everywhere("second-factor");
      await setUpCode(at, t, "node");
      await everywhere("settings-code-on");
      await at.fill({ factor_own: passphrase });
      await at.press(t("settings-factor-remove"));
      assert.match(await words(), new RegExp(t("settings-factor-begin")));
    });
  });
}
