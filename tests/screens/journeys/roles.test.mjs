// Several people at one computer of a chapter, each with a role: the leader adds them and takes one away again, and each
// sees what the role may, and no button that would be refused. In Norwegian on a laptop and in Dutch on a phone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, visit } from "../harness/browser.mjs";
import { Town, passphrase } from "../harness/programs.mjs";
import { texts } from "../harness/texts.mjs";

for (const [language, screen] of [["nb", "laptop"], ["nl", "phone"]]) {
  // N2, ASVS 8.2.1
  describe(`several people of a chapter in ${language} on a ${screen}`, () => {
    const t = texts("node", language);
    let browser, town, node, leader, supporter;

    before(async () => {
      browser = await launch();
      town = await Town.found();
      node = await town.freshNode("bergen");
      node.run(["join", town.invite("Bergen"), "--device", "Kontoret", "--key-file", "--accept-agreement"]);
      node.run(["user", "add", "leder", "--password-file", town.file("leder", passphrase)]);
      node.run(["add", "--given", "Marit", "--family", "Fjelldal", "--phone", "99887766", "--role", "volunteer"]);
      await node.serve();
      leader = await logIn("leder");
      await leader.page.goto(`${node.address}/supporters`);
      await leader.follow(/Fjelldal/);
      supporter = new URL(leader.page.url()).pathname;
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
    const open = (at, path) => at.page.goto(node.address + path);
    const refused = async (at, path) => (await at.page.request.get(node.address + path)).status();
    const words = (at) => at.page.locator("main").innerText();
    const buttons = (at) => at.page.locator("main form[method=post]").count();

    test("the leader adds two more", async () => {
      await open(leader, "/settings");
      await leader.follow(t("users-title"));
      await leader.look("users-one");
      await leader.press(t("users-add"));
      await leader.look("users-refused");
      for (const [login, role] of [["stand", "event_helper"], ["revisor", "auditor"]]) {
        await leader.page.getByLabel(t("users-login")).fill(login);
        await leader.fill({ password: passphrase, again: passphrase });
        await leader.page.locator('[name="role"]').selectOption(role);
        await leader.press(t("users-add"));
        assert.match(await leader.page.locator("body").innerText(), new RegExp(t("done-user-added")));
      }
      await leader.look("users-three");
    });

    test("who helps at an event adds people, and sees nobody", async () => {
      const helper = await logIn("stand");
      assert.match(await words(helper), new RegExp(t("front-only-adding")));
      await helper.look("front-of-a-helper");
      for (const path of ["/supporters", supporter, "/doubles", "/import", "/users", "/computers", "/sync"]) {
        assert.equal(await refused(helper, path), 403, path);
      }
      await open(helper, supporter);
      assert.doesNotMatch(await words(helper), /Fjelldal/);
      await helper.look("not-for-this-role");
      await open(helper, "/supporters/add");
      await helper.look("add-by-a-helper");
      await helper.fill({ given_name: "Ny", family_name: "Påstand", phone: "91122333" });
      await helper.page.locator('[name="role"][value="member"]').check();
      await helper.press(t("add-save"));
      assert.doesNotMatch(helper.page.url(), /supporters\/[0-9a-f]/, "and is shown no card");
      await helper.look("added-by-a-helper");
      await helper.close();
      await open(leader, "/supporters");
      assert.match(await words(leader), /Påstand/);
    });

    test("who looks at the books changes nothing", async () => {
      const auditor = await logIn("revisor");
      await auditor.look("front-of-an-auditor");
      await open(auditor, supporter);
      assert.match(await words(auditor), /Fjelldal/);
      await auditor.look("supporter-for-an-auditor");
      assert.equal(await buttons(auditor), 0, "nothing to press that would be refused");
      assert.equal(await refused(auditor, `${supporter}/edit`), 403);
      await open(auditor, "/supporters");
      await auditor.look("supporters-for-an-auditor");

      // Taken away, it is over at once.
      await open(leader, "/users");
      await leader.press(new RegExp(`${t("users-remove")} revisor`));
      assert.match(await leader.page.locator("body").innerText(), new RegExp(t("done-user-removed")));
      await open(auditor, supporter);
      assert.doesNotMatch(await words(auditor), /Fjelldal/);
      await auditor.close();
    });
  });
}
