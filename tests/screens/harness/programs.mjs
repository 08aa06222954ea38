// The real programs, each on a temporary data folder, as `tests/harness/process.rs` runs them for the Rust tests.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createSocket } from "node:dgram";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const workspace = fileURLToPath(new URL("../../../", import.meta.url));
const built = join(process.env.CARGO_TARGET_DIR ?? join(workspace, "target"), "debug");

export const program = (name) => join(built, name);
export const sample = (name) => join(workspace, "tests", "demo", name);
export const passphrase = "mange bekker små gjør";

/** Asks again until the answer is truthy; fails with `what` when it was not in time. */
export async function until(what, question, patience = 60_000) {
  const deadline = Date.now() + patience;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** One installation of a program: its folder, its ports, its `serve`. */
export class Installation {
  constructor(program, folder, name, http, quic) {
    this.program = join(built, program);
    if (!existsSync(this.program)) throw new Error(`${program} is not built: run \`cargo build --workspace\` first`);
    Object.assign(this, { data: join(folder, name), log: join(folder, `${name}.log`), http, quic, more: [] });
  }

  get address() {
    return `http://localhost:${this.http}`;
  }

  run(words, input = "") {
    const ran = spawnSync(this.program, [...words, "--data", this.data], { input, encoding: "utf8" });
    if (ran.status !== 0) throw new Error(`\`${words.join(" ")}\` ended with ${ran.status}:\n${ran.stderr}`);
    return ran.stdout;
  }

  /** The same for a chapter that was set up in the browser, whose data a passphrase opens. */
  runUnlocked(words) {
    const file = `${this.data}.passphrase`;
    writeFileSync(file, passphrase);
    return this.run([...words, "--passphrase-file", file]);
  }

  async serve() {
    const listen = ["--http", `127.0.0.1:${this.http}`, ...(this.quic ? ["--quic", `127.0.0.1:${this.quic}`] : []), ...this.more];
    const log = openSync(this.log, "a");
    this.serving = spawn(this.program, ["serve", ...listen, "--data", this.data], { stdio: ["ignore", log, log] });
    await until(`${this.program} answers`, async () => {
      if (this.serving.exitCode !== null) throw new Error(`serve ended by itself, see ${this.log}`);
      return fetch(this.address, { redirect: "manual" }).then(() => true, () => false);
    });
  }

  async stop() {
    if (!this.serving || this.serving.exitCode !== null) return;
    const ended = new Promise((resolve) => this.serving.once("exit", resolve));
    this.serving.kill("SIGTERM");
    await ended;
  }
}

/** A hub that serves, with an office user unless told otherwise, in a folder of its own. `more` gives what else its `serve` is told. */
export class Town {
  static async found({ user = true, program = "helhet-hub", more = () => [] } = {}) {
    const town = new Town();
    town.folder = mkdtempSync(join(tmpdir(), "helhet-screens-"));
    town.installations = [];
    town.hub = town.add(new Installation(program, town.folder, "hub", await freePort(), await freeUdpPort()));
    town.hub.run(["init", "--name", "Lysning"]);
    if (user) town.addUser();
    town.hub.more = more(town);
    await town.hub.serve();
    return town;
  }

  addUser() {
    this.hub.run(["user", "add", "kontor", "--role", "administrator", "--password-file", this.file("password", passphrase)]);
  }

  add(installation) {
    this.installations.push(installation);
    return installation;
  }

  file(name, text) {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  invite(chapter) {
    return this.hub.run(["chapter", "add", chapter]).trim();
  }

  /** A chapter's program that nobody has set up yet. */
  async freshNode(name) {
    return this.add(new Installation("helhet-node", this.folder, name, await freePort()));
  }

  async close() {
    await Promise.all(this.installations.map((one) => one.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function freeUdpPort() {
  return new Promise((resolve, reject) => {
    const socket = createSocket("udp4").once("error", reject);
    socket.bind(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}
