// A visitor at a screen: Debian's Chromium, in a language, with a check by axe and a picture of every page.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Where the pictures go, to be looked at. */
export const pictures = process.env.HELHET_PICTURES ?? join(tmpdir(), "helhet-pictures");

export const screens = {
  laptop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
};

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });

/** A visitor with a browser of their own: `{ page, look, fits, picture, close, … }`. */
export async function visit(browser, { language = "nb", screen = "laptop", dark = false } = {}) {
  const context = await browser.newContext({
    locale: { nb: "nb-NO", sv: "sv-SE", nl: "nl-NL", en: "en-GB" }[language],
    viewport: screens[screen],
    colorScheme: dark ? "dark" : "light",
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    // A request that was under way when the visitor went on to another page is nobody's fault, nor a page that is refused, nor that
    // the answer to a deed asks for its parts at the deed's address.
    const refused = /status of 40[35]/.test(message.text()) && message.location().url === page.url();
    if (message.type() !== "error" || message.text().includes("net::ERR_FAILED") || refused) return;
    faults.push(`${message.text()} (${message.location().url})`);
  });

  /** Takes a picture of the page as it stands. */
  async function picture(name) {
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}-${language}-${screen}${dark ? "-dark" : ""}.png`), fullPage: true });
  }

  /** Takes a picture of the page as it stands, which is no wider than the screen. */
  async function fits(name) {
    await picture(name);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 1, `${name} is ${wide} pixels wider than the screen`);
  }

  /** The same, and has axe read it. */
  async function look(name) {
    await fits(name);
    assert.equal(await page.locator("html").getAttribute("lang"), language, `${name} is in ${language}`);
    const words = await page.locator("body").innerText();
    assert.doesNotMatch(words, /\{ ?\$|\?\?\?/, `${name} shows a place that nobody filled in`);
    await page.evaluate(axe);
    const found = await page.evaluate((tags) => axe.run(document, { runOnly: { type: "tag", values: tags } }), rules);
    const violations = found.violations.map(
      ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `   ${node.html}`).join("\n")}`,
    );
    assert.deepEqual(violations, [], `axe on ${name} (${page.url()})`);
    assert.deepEqual(faults, [], `the browser complained on ${name}`);
  }

  /** Fills in the fields of a form by their names, as far as they are text. */
  async function fill(fields) {
    for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).first().fill(value);
  }

  /** Presses the button with this label, and waits for the page that follows. */
  async function press(label) {
    await Promise.all([page.waitForEvent("domcontentloaded"), page.getByRole("button", { name: label }).first().click()]);
  }

  /** Follows the link with this label. */
  async function follow(label) {
    await Promise.all([page.waitForEvent("domcontentloaded"), page.locator("main").getByRole("link", { name: label }).first().click()]);
  }

  const heading = () => page.getByRole("heading", { level: 1 }).innerText();

  return { page, look, fits, picture, fill, press, follow, heading, close: () => context.close() };
}
