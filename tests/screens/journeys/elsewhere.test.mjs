// Signing in at the office by another provider, such as one that asks for a BankID: against a certified one on this machine.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, visit } from "../harness/browser.mjs";
import { Town, freePort, passphrase } from "../harness/programs.mjs";
import { fileFor, forgeries, provide, strong, weak } from "../harness/provider.mjs";
import { setUpCode } from "../harness/second_factor.mjs";
import { texts } from "../harness/texts.mjs";

// ASVS 6.8.1, 6.8.2, 6.8.4
for (const [language, screen] of [["nb", "laptop"], ["en", "phone"]]) {
  describe(`signing in by another provider, in ${language} on a ${screen}`, () => {
    const text = texts("hub", language);
    const t = (key) => text(key).replace("{ $name }", "BankID");
    let browser, town, port, provider, address, at;

    before(async () => {
      browser = await launch();
      port = await freePort();
      town = await Town.found({ program: "hub-with-oidc", more: (town) => ["--oidc", fileFor(town, port)] });
      address = town.hub.address;
      at = await visit(browser, { language, screen });
    });
    after(async () => {
      await browser?.close();
      await town?.close();
      await provider?.stop();
    });

    const says = async (who, key) => assert.ok((await who.page.locator("body").innerText()).includes(t(key)), t(key));
    const signInByPassword = async () => {
      await at.page.goto(`${address}/login`);
      await at.fill({ login: "kontor", password: passphrase });
      await at.press(t("login-button"));
    };
    /** To the provider by the button, as somebody who was not there before. */
    const goThere = async (who) => {
      await who.page.context().clearCookies({ domain: "127.0.0.1" });
      await who.page.goto(`${address}/login`);
      await who.page.getByRole("link", { name: t("elsewhere-sign-in") }).click();
    };
    /** Chooses who to be there, and waits for the page of ours that follows. */
    const choose = async (who, choice) => {
      await who.page.getByRole("link", { name: choice, exact: true }).click();
      await who.page.locator(`a.brand`).waitFor();
    };
    const connect = async () => {
      await at.page.context().clearCookies({ domain: "127.0.0.1" });
      await at.page.goto(`${address}/settings`);
      await at.fill({ elsewhere_own: passphrase });
      await at.page.getByRole("button", { name: t("elsewhere-connect") }).click();
    };

    test("while it is down, the password gets everybody in", async () => {
      await at.page.goto(`${address}/login`);
      await at.look("elsewhere-login");
      await at.page.getByRole("link", { name: t("elsewhere-sign-in") }).click();
      await says(at, "error-elsewhere-unreachable");
      await at.look("elsewhere-down");
      await signInByPassword();
      await setUpCode(at, t);
    });

    test("somebody connects it, after the password", async () => {
      provider = await provide(port, address);
      // The hub asks again a moment later.
      await new Promise((resolve) => setTimeout(resolve, 2_100));
      await at.page.goto(`${address}/settings`);
      await at.look("elsewhere-not-connected");
      await at.press(t("elsewhere-connect"));
      assert.equal(await at.page.locator("[name=elsewhere_own][aria-invalid]").count(), 1, "not without the password");
      await connect();
      await choose(at, "Cancel");
      await says(at, "error-elsewhere-stopped");
      await connect();
      await choose(at, `kari by ${weak}`);
      await says(at, "error-elsewhere-weak");
      await connect();
      await choose(at, `kari by ${strong}`);
      await says(at, "done-elsewhere-connected");
      await at.look("elsewhere-connected");
    });

    test("a link in a letter signs nobody out", async () => {
      await at.page.goto(`http://127.0.0.1:${port}/letter`);
      await at.page.getByRole("link").click();
      await at.page.locator("a.brand").waitFor();
      assert.equal(at.page.url(), `${address}/settings`);
      assert.equal(await at.page.locator("h1").innerText(), t("settings-title"));
    });

    test("it gets in who has connected it, once", async () => {
      await at.press(t("layout-sign-out"));
      const answers = [];
      at.page.on("request", (request) => request.url().includes("/login/elsewhere/back?") && answers.push(request.url()));
      await goThere(at);
      await choose(at, `kari by ${strong}`);
      assert.equal(new URL(at.page.url()).pathname, "/");
      assert.ok(answers.length >= 2, "a page of ours leads on with the cookie");
      await at.press(t("layout-sign-out"));
      await at.page.goto(answers[0]);
      await says(at, "error-elsewhere-again");
    });

    test("it gets nobody else in", async () => {
      await goThere(at);
      await choose(at, `ola by ${strong}`);
      await says(at, "error-elsewhere-nobody");
      await at.look("elsewhere-nobody");
      await goThere(at);
      await choose(at, `kari by ${weak}`);
      await says(at, "error-elsewhere-weak");
      for (const [how, forge] of Object.entries(forgeries)) {
        provider.forgeBy(forge);
        await goThere(at);
        await choose(at, `ola by ${weak}`);
        assert.ok((await at.page.locator("#main").innerText()).includes(t("error-elsewhere")), how);
      }
      provider.forgeBy(undefined);
      // What was asked in one browser is answered there alone.
      let answer;
      await at.page.route("**/login/elsewhere/back?*", (route) => ((answer = route.request().url()), route.abort()));
      await goThere(at);
      await at.page.getByRole("link", { name: `kari by ${strong}`, exact: true }).click();
      await at.page.waitForEvent("requestfailed", { predicate: () => answer, timeout: 5_000 }).catch(() => {});
      const other = await visit(browser, { language, screen });
      await other.page.goto(answer);
      await says(other, "error-elsewhere-again");
      await other.close();
      await at.page.unroute("**/login/elsewhere/back?*");
      await at.page.goto(answer);
      assert.equal(new URL(at.page.url()).pathname, "/");
    });

    test("it is taken away", async () => {
      await at.page.goto(`${address}/settings`);
      await at.fill({ elsewhere_own: passphrase });
      await at.press(t("elsewhere-remove"));
      await says(at, "done-elsewhere-removed");
      await at.press(t("layout-sign-out"));
      await goThere(at);
      await choose(at, `kari by ${strong}`);
      await says(at, "error-elsewhere-nobody");
    });
  });
}
