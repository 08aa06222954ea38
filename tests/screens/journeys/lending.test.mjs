// A list for a helper at a stand: the leader lends it until a day, the helper sees its people's names and numbers and adds new ones,
// and nobody else; taken back, it is gone from the page that stands open. In Norwegian on a laptop and in Swedish on a phone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, visit } from "../harness/browser.mjs";
import { Town, passphrase, until } from "../harness/programs.mjs";
import { texts } from "../harness/texts.mjs";

for (const [language, screen] of [["nb", "laptop"], ["sv", "phone"]]) {
  // T8, ASVS 8.2.2
  describe(`a list that is lent in ${language} on a ${screen}`, () => {
    const t = texts("node", language);
    let browser, town, node, leader, helper, list;

    before(async () => {
      browser = await launch();
      town = await Town.found();
      node = await town.freshNode("bergen");
      node.run(["join", town.invite("Bergen"), "--device", "Kontoret", "--key-file", "--accept-agreement"]);
      for (const [login, role] of [["leder", "chapter_leader"], ["stand", "event_helper"]]) {
        node.run(["user", "add", login, "--role", role, "--password-file", town.file(login, passphrase)]);
      }
      node.run(["add", "--given", "Marit", "--family", "Fjelldal", "--phone", "99887766", "--role", "volunteer"]);
      node.run(["add", "--given", "Ola", "--family", "Nordvik", "--phone", "99887755", "--role", "member"]);
      await node.serve();
      leader = await logIn("leder");
      helper = await logIn("stand");
    });
    after(async () => {
      await browser?.close();
      await town?.close();
    });

    const logIn = async (login) => {
      const at = await visit(browser, { language, screen });
      await at.page.goto(`${node.address}/login`);
      await at.fill({ login, password: passphrase });
      await at.press(t("login-button"));
      return at;
    };
    const words = (at) => at.page.locator("main").innerText();

    test("the leader lends it", async () => {
      await leader.page.goto(`${node.address}/settings`);
      await leader.follow(t("lending-title"));
      await leader.look("lending-nothing");
      await leader.page.locator('[name="list"]').selectOption("role:volunteer");
      await leader.fill({ until: "2020-01-01" });
      await leader.press(t("lending-add"));
      await leader.look("lending-refused");
      await leader.fill({ until: new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10) });
      await leader.press(t("lending-add"));
      await leader.look("lending-lent");
    });

    test("the helper sees whom it names, and adds somebody", async () => {
      await helper.page.goto(node.address);
      await helper.look("front-with-a-lent-list");
      await helper.page.locator("main a[href^='/lent/']").first().click();
      await helper.page.waitForURL(/lent/);
      list = helper.page.url();
      assert.match(await words(helper), /Fjelldal/);
      assert.doesNotMatch(await words(helper), /Nordvik/);
      await helper.look("lent-list");
      await helper.follow(t("lent-add"));
      await helper.look("lent-add");
      await helper.fill({ given_name: "Ny", family_name: "Påstand" });
      await helper.press(t("add-save"));
      assert.match(await words(helper), /Påstand/);
      await helper.look("lent-added");
      await helper.page.locator("[data-search]").fill("påst");
      await until("the search has narrowed it", async () => !/Fjelldal/.test(await words(helper)));
    });

    test("taken back, it is gone from the open page", async () => {
      await helper.page.goto(list);
      await leader.page.goto(`${node.address}/lending`);
      await leader.press(new RegExp(t("lending-take-back")));
      node.run(["add", "--given", "Eli", "--family", "Aas", "--role", "member"]);
      await until("the page has nobody on it", async () => !/Fjelldal/.test(await words(helper)));
      assert.equal((await helper.page.request.get(list)).status(), 404);
      await helper.picture("lent-taken-back");
    });
  });
}
