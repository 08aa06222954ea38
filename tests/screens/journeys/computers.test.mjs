// A chapter's second computer, by clicking alone: an invite on the first, pasted on the second, six digits on both, let in;
// later removed. In Norwegian on a laptop and in Dutch on a phone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, visit } from "../harness/browser.mjs";
import { Town, passphrase, until } from "../harness/programs.mjs";
import { texts } from "../harness/texts.mjs";

for (const [language, screen] of [["nb", "laptop"], ["nl", "phone"]]) {
  describe(`a second computer in ${language} on a ${screen}`, () => {
    const t = texts("node", language);
    let browser, town, first, second, at, there;

    before(async () => {
      browser = await launch();
      town = await Town.found();
      first = await town.freshNode("bergen");
      first.run(["join", town.invite("Bergen"), "--device", "Kontoret", "--key-file", "--accept-agreement"]);
      first.run(["user", "add", "leder", "--password-file", town.file("leder", passphrase)]);
      first.run(["add", "--given", "Marit", "--family", "Fjelldal", "--role", "volunteer"]);
      await first.serve();
      second = await town.freshNode("stand");
      await second.serve();
      at = await visit(browser, { language, screen });
      there = await visit(browser, { language, screen });
      await at.page.goto(first.address);
      await at.fill({ login: "leder", password: passphrase });
      await at.press(t("login-button"));
    });
    after(async () => {
      await browser?.close();
      await town?.close();
    });

    test("is invited on the first", async () => {
      await at.page.goto(`${first.address}/computers`);
      await at.look("computers-one");
      await at.press(t("computers-invite"));
      const invite = (await at.page.locator("main code").innerText()).trim();
      assert.match(invite, /^helhet1/);
      assert.ok(!at.page.url().includes(invite.slice(0, 20)), "the line is in no address");
      await at.look("computers-invite");

      await there.page.goto(second.address);
      await there.fill({ invite, device: "Stand" });
      await there.press(t("setup-next"));
      await there.look("setup-waiting");
    });

    test("is let in when the digits are the same", async () => {
      const shown = (await there.page.locator(".code").innerText()).trim();
      assert.match(shown, /^\d{6}$/);
      await until("it is heard of here", async () => {
        await at.page.goto(`${first.address}/computers`);
        return (await at.page.locator(".code").count()) === 1;
      });
      assert.equal((await at.page.locator(".code").innerText()).trim(), shown);
      await at.look("computers-asks");
      await at.press(t("computers-let-in"));
      await at.look("computers-two");

      await until("it goes on", async () => {
        await there.page.goto(second.address);
        return (await there.page.locator('[name="login"]').count()) === 1;
      });
      await there.fill({ login: "vakt", password: passphrase, again: passphrase });
      await there.press(t("setup-user-button"));
      await until("it has the chapter's records", async () => {
        await there.page.goto(`${second.address}/supporters`);
        return (await there.page.locator("main").innerText()).includes("Fjelldal");
      });
      await there.page.goto(`${second.address}/computers`);
      assert.equal(await there.page.getByText(t("computers-invite"), { exact: true }).count(), 0, "it decides on nobody");
      await there.look("computers-second");
    });

    // T24
    test("meets the first with no office in reach", async () => {
      await at.page.goto(`${first.address}/computers/meet`);
      await at.look("meeting");
      await at.press(t("meeting-here-button"));
      await at.look("meeting-waits");
      const address = (await at.page.locator(".code").innerText()).trim();
      await there.page.goto(`${second.address}/computers/meet`);
      await there.press(t("meeting-there-button"));
      assert.match(await there.page.locator("body").innerText(), new RegExp(t("error-meeting-missing")));
      await there.fill({ address });
      await there.press(t("meeting-there-button"));
      assert.match(await there.page.locator("body").innerText(), new RegExp(t("done-met")));
      await there.look("meeting-met");
    });

    test("is removed", async () => {
      await at.page.goto(`${first.address}/computers`);
      await at.follow(t("computers-remove").replace("{ $name }", "Stand"));
      await at.press(t("computers-remove-button"));
      await at.look("computers-remove");
      await at.page.locator('main input[type="checkbox"]').first().check();
      await at.press(t("computers-remove-button"));
      assert.match(await at.page.locator("main").innerText(), new RegExp(t("computers-removed")));
      await at.look("computers-removed");
      await until("it is told", async () => {
        await there.page.goto(`${second.address}/sync`);
        return (await there.page.locator("main").innerText()).includes(t("office-said-revoked"));
      });
      // N8: it is asked to wipe itself, and is as on its first day then.
      await there.page.goto(second.address);
      await there.look("front-removed");
      await there.follow(t("removed-link"));
      await there.press(t("removed-button"));
      assert.match(await there.page.locator("main").innerText(), new RegExp(t("error-sure-wiped")));
      await there.look("removed");
      await there.page.locator('main input[type="checkbox"]').first().check();
      await there.press(t("removed-button"));
      await there.page.goto(second.address);
      assert.equal(await there.page.locator('[name="invite"]').count(), 1);
    });
  });
}
