// @ts-check
// Two simulated providers with the same seed, and Faregate in front of the second one: what a
// client sees directly and what it sees through Faregate must not differ.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const LAUNCHER = fileURLToPath(new URL("../faregate", import.meta.url));

// The first start may build the jar.
const START_MILLIS = 180_000;
const STOP_MILLIS = 10_000;

/**
 * @typedef {object} House
 * @property {string} folder for files of the caller's own; it goes with the rest
 * @property {(...options: string[]) => Promise<string>} sim starts a simulated provider and gives
 *   its base URL, without `/v1`
 * @property {(policy: string) => Promise<{ through: string, admin: string }>} serve starts
 *   Faregate and gives its base URL, without `/v1`, and that of its admin port
 * @property {() => Promise<void>} stop ends what was started and removes its files
 *
 * @typedef {object} Lab
 * @property {string} direct the provider's own base URL, without `/v1`
 * @property {string} through Faregate's base URL, without `/v1`
 * @property {() => Promise<void>} stop ends what was started and removes its files
 */

/** @returns {Promise<Lab>} */
export async function startLab() {
  const house = await openHouse();
  try {
    const direct = await house.sim();
    const behind = await house.sim();
    const { through } = await house.serve(policy(behind));
    return { direct, through, stop: house.stop };
  } catch (error) {
    await house.stop();
    throw error;
  }
}

/**
 * A folder of its own and nothing started yet.
 *
 * @param {string} [parent] the folder in which it is made
 * @returns {Promise<House>}
 */
export async function openHouse(parent = tmpdir()) {
  const folder = await mkdtemp(join(parent, "faregate-clients-"));
  /** @type {import("node:child_process").ChildProcess[]} */
  const running = [];
  return {
    folder,
    sim: (...options) =>
      start(running, ["sim", "--name", "sim", "--port", "0", ...options], "listening"),
    serve: async (policy) => {
      const config = join(folder, "faregate.yaml");
      await writeFile(config, policy);
      const ports = [await freePort(), await freePort()];
      const through = await start(
        running,
        [
          ...["serve", "--config", config, "--data", join(folder, "data")],
          ...["--port", String(ports[0]), "--admin-port", String(ports[1])],
        ],
        "ready",
      );
      return { through, admin: `http://127.0.0.1:${ports[1]}` };
    },
    stop: async () => {
      for (const child of running.reverse()) {
        await end(child);
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @param {string} provider */
function policy(provider) {
  return `providers:
  sim: { api: openai, url: "${provider}/v1", key: "any" }
  claude: { api: anthropic, url: "${provider}", key: "any" }
tiers:
  low: { models: [sim/gpt-5.4-mini, claude/claude-sonnet-5] }
tasks:
  chat: { tier: low, fallback: none }
default_task: chat
plans:
  standard: { tiers: [low] }
default_plan: standard
models:
  sim/gpt-5.4-mini: { window: 400k, price: { input: 0.75, cache_read: 0.075, output: 4.5 } }
  sim/text-embedding-3-small: { kind: embedding, window: 8k, price: { input: 0.02 } }
  claude/claude-sonnet-5:
    { window: 1M, price: { input: 3, cache_read: 0.3, cache_write_5m: 3.75, output: 15 } }
`;
}

/**
 * Starts a command and waits for its line `<word> <url>`.
 *
 * @param {import("node:child_process").ChildProcess[]} running
 * @param {string[]} command
 * @param {string} word
 * @returns {Promise<string>} the URL, without `/v1`
 */
async function start(running, command, word) {
  const child = spawn(LAUNCHER, command, { stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  let said = "";
  child.stderr.on("data", (bytes) => (said = (said + bytes).slice(-4000)));
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) => {
      clearTimeout(timer);
      reject(new Error(`faregate ${command.join(" ")}: ${why}\n${said}`));
    };
    const timer = setTimeout(() => fail(`no line "${word} URL" in time`), START_MILLIS);
    child.once("error", (error) => fail(error.message));
    child.once("exit", (code) => fail(`ended with ${code} before it was ready`));
    lines.on("line", (line) => {
      const [first, url] = line.split(" ");
      if (first === word && url) {
        clearTimeout(timer);
        resolve(url.replace(/\/v1$/, ""));
      }
    });
  });
}

/** @param {import("node:child_process").ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MILLIS);
  await ended;
  clearTimeout(timer);
}

/** @returns {Promise<number>} a port that was free a moment ago */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return /** @type {import("node:net").AddressInfo} */ (address).port;
}
