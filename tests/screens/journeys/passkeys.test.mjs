// A passkey in place of the code, with a browser that has one built in for tests: at a chapter in Norwegian on a laptop, at the
// office in English on a phone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { launch, visit } from "../harness/browser.mjs";
import { Town, passphrase } from "../harness/programs.mjs";
import { setUpCode } from "../harness/second_factor.mjs";
import { texts } from "../harness/texts.mjs";

/** Gives the page a device that keeps passkeys, and whose owner is always there. */
async function withDevice(at) {
  const devtools = await at.page.context().newCDPSession(at.page);
  await devtools.send("WebAuthn.enable");
  const options = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", { options: { ...options, automaticPresenceSimulation: true } });
  return {
    owner: (there) => devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: there }),
    kept: async () => (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length,
  };
}

// ASVS 6.3.3
for (const [program, language, screen] of [["node", "nb", "laptop"], ["hub", "en", "phone"]]) {
  describe(`a passkey at the ${program} in ${language} on a ${screen}`, () => {
    const t = texts(program, language);
    const login = program === "node" ? "leder" : "kontor";
    let browser, town, address, at, device;

    before(async () => {
      browser = await launch();
      town = await Town.found();
      address = town.hub.address;
      if (program === "node") {
        const node = await town.freshNode("bergen");
        node.run(["join", town.invite("Bergen"), "--device", "Kontoret", "--key-file", "--accept-agreement"]);
        node.run(["user", "add", login, "--password-file", town.file(login, passphrase)]);
        await node.serve();
        address = node.address;
      }
      at = await visit(browser, { language, screen });
      device = await withDevice(at);
    });
    after(async () => {
      await browser?.close();
      await town?.close();
    });

    const words = () => at.page.locator("body").innerText();
    const signIn = async () => {
      await at.page.goto(`${address}/login`);
      await at.fill({ login, password: passphrase });
      await at.press(t("login-button"));
    };
    const pressAndWait = async (label, url) => {
      await at.page.getByRole("button", { name: label }).first().click();
      await at.page.waitForURL(url);
    };

    test("it is added beside the code", async () => {
      await signIn();
      if (program === "node") {
        await at.page.goto(`${address}/settings`);
        assert.match(await words(), new RegExp(t("passkeys-code-first").slice(0, 30)));
        await at.fill({ factor_own: passphrase });
        await at.press(t("settings-factor-begin"));
      }
      await setUpCode(at, t);
      await at.page.goto(`${address}/settings`);
      await at.look(`passkeys-${program}-none`);
      await at.press(t("passkeys-add"));
      assert.equal(await at.page.locator("[name=passkey_own][aria-invalid]").count(), 1, "not without the password");
      await at.fill({ passkey_own: passphrase });
      await at.press(t("passkeys-add"));
      await at.look(`passkeys-${program}-add`);
      await at.fill({ name: "Laptop" });
      await pressAndWait(t("passkey-add-button"), /done=passkey-added/);
      await at.look(`passkeys-${program}-added`);
      assert.equal(await device.kept(), 1);
    });

    test("it gets its owner in, and nobody else", async () => {
      await at.press(t("layout-sign-out"));
      await signIn();
      await at.look(`passkeys-${program}-use`);
      await device.owner(false);
      await at.page.getByRole("button", { name: t("passkey-use-button") }).click();
      await at.page.locator("#passkey-failed:visible").waitFor();
      await at.picture(`passkeys-${program}-failed`);
      await device.owner(true);
      // What the browser says is good once.
      const sent = at.page.waitForRequest((request) => request.url().endsWith("/login/passkey"));
      await pressAndWait(t("passkey-use-button"), (url) => url.pathname === "/");
      const answer = new URLSearchParams((await sent).postData()).get("answer");
      const csrf = await at.page.locator("input[name=csrf]").first().inputValue();
      const again = await at.page.request.post(`${address}/login/passkey`, { form: { csrf, answer }, headers: { origin: address, "accept-language": language } });
      assert.match(await again.text(), new RegExp(t("error-passkey")));
      await at.page.goto(`${address}/settings`);
      await at.look(`passkeys-${program}-used`);
    });

    test("at another name of the same computer a code is asked for", async () => {
      const numbers = address.replace("localhost", "127.0.0.1");
      await at.page.goto(`${numbers}/login`);
      await at.fill({ login, password: passphrase });
      await at.press(t("login-button"));
      await at.look(`passkeys-${program}-elsewhere`);
      assert.match(await words(), new RegExp(t("error-passkey-elsewhere")));
    });

    test("it is taken away", async () => {
      await at.page.goto(`${address}/settings`);
      await at.fill({ passkey_own: passphrase });
      await at.press(new RegExp(`${t("passkeys-remove")} Laptop`));
      assert.match(await words(), new RegExp(t("done-passkey-removed").slice(0, 20)));
      await at.press(t("layout-sign-out"));
      await signIn();
      assert.match(at.page.url(), /login/, "the password alone gets nobody in");
    });
  });
}
