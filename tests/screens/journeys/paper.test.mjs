// A chapter's only computer is gone: on a new one the chapter comes back from its paper, in the browser. What is typed wrong
// is said in plain words. In Norwegian on a laptop and in Dutch on a phone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, visit } from "../harness/browser.mjs";
import { Town, passphrase } from "../harness/programs.mjs";
import { texts } from "../harness/texts.mjs";

for (const [language, screen] of [["nb", "laptop"], ["nl", "phone"]]) {
  describe(`a chapter from its paper in ${language} on a ${screen}`, () => {
    const t = texts("node", language);
    let browser, town, gone, node, at, words, office;

    before(async () => {
      browser = await launch();
      town = await Town.found();
      gone = await town.freshNode("bergen");
      words = gone.run(["join", town.invite("Bergen"), "--device", "PC", "--key-file", "--accept-agreement"]).trim();
      gone.run(["add", "--given", "Marit", "--family", "Langtvekk", "--role", "member", "--note", "kommer med rullestol"]);
      gone.run(["sync"]);
      office = JSON.parse(gone.run(["doctor", "--json"])).restore_from;
      node = await town.freshNode("ny");
      await node.serve();
      at = await visit(browser, { language, screen });
    });
    after(async () => {
      await browser?.close();
      await town?.close();
    });

    // N3, S2.7
    test("is offered beside the invite, and says what is typed wrong", async () => {
      await at.page.goto(node.address);
      await at.follow(t("setup-paper-link"));
      await at.look("paper");
      await at.fill({ words: words.replace(/^\S+/, "helhet"), office: "hub.example", device: "Ny" });
      await at.press(t("paper-button"));
      await at.look("paper-refused");
      const page = await at.page.locator("main").innerText();
      assert.match(page, new RegExp(t("error-paper-office")));
      assert.match(page, new RegExp(t("error-words-unknown")));
      await at.fill({ words: words.split(" ").reverse().join(" "), office, device: "Ny" });
      await at.press(t("paper-button"));
      assert.match(await at.page.locator("main").innerText(), new RegExp(t("error-words-together")));
    });

    test("brings everything back, and is locked by its first user", async () => {
      await at.fill({ words, office, device: "Ny" });
      await at.press(t("paper-button"));
      await at.fill({ login: "leder", password: passphrase, again: passphrase });
      await at.look("paper-user");
      await at.press(t("setup-user-button"));
      await at.page.goto(`${node.address}/supporters`);
      await at.follow("Marit Langtvekk");
      assert.match(await at.page.locator("main").innerText(), /kommer med rullestol/);
      assert.throws(() => gone.run(["sync"]), /certificate/);
    });
  });
}
