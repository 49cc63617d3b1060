// @ts-check
// The coding agents, each started as its users start it, but in an empty home, unable to reach
// anything beyond this machine, and with a time limit.

import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGES = fileURLToPath(new URL("node_modules/", import.meta.url));

// What an agent that went on for ever may take.
export const MOST_MILLIS = 120_000;

// Nothing listens there: what is not for this machine ends at once.
const NOWHERE = "http://127.0.0.1:9";
const NOTES = "apples\npears\nplums\n";
const PROMPT = "count the lines of notes.txt";

/**
 * @typedef {object} Agent
 * @property {string} name
 * @property {string} module the package that it comes in
 * @property {"anthropic" | "openai"} api of the providers that speak its own dialect
 * @property {string[]} [providers] the kinds that serve it; all if left out
 * @property {(home: string, base: string) => Promise<void>} furnish writes its settings
 * @property {(home: string, base: string) => NodeJS.ProcessEnv} environment
 * @property {(prompt: string) => string[]} command arguments of node
 *
 * @typedef {object} Ended
 * @property {number | null} code the exit code; null if the time was over
 * @property {string} said on standard output
 * @property {string} told on standard error
 * @property {number} seconds
 * @property {string | null} count what is in count.txt; null if there is none
 */

/** @type {Agent} */
const claude = {
  name: "Claude Code",
  module: "@anthropic-ai/claude-code",
  api: "anthropic",
  furnish: async () => {},
  environment: (home, base) => ({
    ANTHROPIC_BASE_URL: base,
    ANTHROPIC_AUTH_TOKEN: "any",
    CLAUDE_CONFIG_DIR: join(home, ".claude"),
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_AUTOUPDATER: "1",
    DISABLE_TELEMETRY: "1",
    DISABLE_ERROR_REPORTING: "1",
  }),
  // What its launcher is without the install script, which only copies a file.
  command: (prompt) => [
    ...[join(PACKAGES, "@anthropic-ai/claude-code/cli-wrapper.cjs")],
    ...["--print", prompt, "--allowedTools", "Bash"],
  ],
};

/**
 * @param {string} name
 * @param {string} model a line of its settings that names one, or none
 * @returns {Agent}
 */
function codex(name, model) {
  return {
    name,
    module: "@openai/codex",
    api: "openai",
    furnish: async (home, base) => {
      await mkdir(join(home, ".codex"));
      await writeFile(join(home, ".codex", "config.toml"), model + codexSettings(base));
    },
    environment: (home) => ({ CODEX_HOME: join(home, ".codex"), FAREGATE_KEY: "any" }),
    // The commands are those of the script, and the folder is one of ours.
    command: (prompt) => [
      ...[join(PACKAGES, "@openai/codex/bin/codex.js"), "exec", "--skip-git-repo-check"],
      ...["--dangerously-bypass-approvals-and-sandbox", prompt],
    ],
  };
}

// Without web_search = "disabled" it offers a search that the provider runs, at a cost that has no
// bound, so that no limit could hold it.
/** @param {string} base */
function codexSettings(base) {
  return `model_provider = "faregate"
web_search = "disabled"
check_for_update_on_startup = false

[analytics]
enabled = false

[model_providers.faregate]
name = "Faregate"
base_url = "${base}/v1"
env_key = "FAREGATE_KEY"
wire_api = "responses"
supports_websockets = false
`;
}

// Codex asks models that it knows, such as the one it takes by itself, to write programs that call
// its tools, and offers those tools in namespaces; all others get plain tools.
export const AGENTS = [
  claude,
  codex("Codex", ""),
  {
    ...codex("Codex, told the task", 'model = "task/code_generation"\n'),
    providers: ["openai", "anthropic"],
  },
];

/**
 * The version that is installed.
 *
 * @param {Agent} agent
 * @returns {Promise<string>}
 */
export async function version(agent) {
  return JSON.parse(await readFile(join(PACKAGES, agent.module, "package.json"), "utf8")).version;
}

/**
 * Asks the agent to count the lines of a file, in a folder that has nothing else, and waits for its
 * end.
 *
 * @param {Agent} agent
 * @param {string} folder where its home and its work are made
 * @param {string} base of Faregate, without `/v1`
 * @returns {Promise<Ended>}
 */
export async function count(agent, folder, base) {
  const home = join(folder, "home");
  const work = join(folder, "work");
  await mkdir(home);
  await mkdir(work);
  await writeFile(join(work, "notes.txt"), NOTES);
  await agent.furnish(home, base);
  const began = performance.now();
  const child = spawn(process.execPath, agent.command(PROMPT), {
    cwd: work,
    env: {
      PATH: process.env.PATH,
      HOME: home,
      ...{ HTTP_PROXY: NOWHERE, HTTPS_PROXY: NOWHERE, NO_PROXY: "127.0.0.1,localhost" },
      ...agent.environment(home, base),
    },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: the launcher starts the agent, and both end together.
    detached: true,
  });
  let said = "";
  let told = "";
  child.stdout.on("data", (bytes) => (said += bytes));
  child.stderr.on("data", (bytes) => (told += bytes));
  const timer = setTimeout(() => child.pid && process.kill(-child.pid, "SIGKILL"), MOST_MILLIS);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  clearTimeout(timer);
  const seconds = Math.round((performance.now() - began) / 1000);
  const counted = await readFile(join(work, "count.txt"), "utf8").catch(() => null);
  return { code, said, told, seconds, count: counted };
}
