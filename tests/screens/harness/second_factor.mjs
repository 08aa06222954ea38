// The app on a visitor's phone: codes from the secret that a page shows (RFC 6238).

import { createHmac } from "node:crypto";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function bytesOf(secret) {
  const bits = [...secret.replace(/\s/g, "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

/** The code of this half minute. */
export function codeOf(secret) {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", bytesOf(secret)).update(step).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** Sets the code besides the password up on the page that asks for it; with `pictures`, looks at each page. */
export async function setUpCode(at, t, pictures = "") {
  if (pictures) await at.look(`${pictures}-second-factor`);
  const secret = await at.page.locator("#secret").textContent();
  if (pictures) {
    await at.fill({ code: "000000" });
    await at.press(t("factor-button"));
    await at.look(`${pictures}-second-factor-refused`);
  }
  await at.fill({ code: codeOf(secret) });
  await at.press(t("factor-button"));
  if (pictures) await at.look(`${pictures}-recovery-codes`);
  await at.follow(t("factor-codes-next"));
}
