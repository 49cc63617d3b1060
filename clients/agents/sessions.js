// @ts-check
// Real coding agents through Faregate to a simulated provider that answers from a script: whether
// they get their work done, whether all of it is on record at its price, and what they make of a
// limit. Its name keeps it out of clients/run. What was seen is written into docs/agents.md.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { after, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openHouse } from "../lab.js";
import { AGENTS, MOST_MILLIS, count, version } from "./agents.js";

const SCRIPT = fileURLToPath(new URL("../../examples/simulator/agents.yaml", import.meta.url));
const PAGE = fileURLToPath(new URL("../../docs/agents.md", import.meta.url));

// Codex warns about a home under /tmp.
const TARGET = fileURLToPath(new URL("../../target/", import.meta.url));

const FINAL = "notes.txt has three lines; the number is in count.txt.";
const TIMEOUT = { timeout: MOST_MILLIS + 60_000 };

/** @type {Record<string, { model: string, provider: (sim: string) => string, price?: string }>} */
const PROVIDERS = {
  anthropic: {
    model: "anthropic/claude-opus-5",
    provider: (sim) => `anthropic: { api: anthropic, url: "${sim}", key: any }`,
  },
  openai: {
    model: "openai/gpt-5.4",
    provider: (sim) => `openai: { api: openai, url: "${sim}/v1", key: any }`,
  },
  openai_chat: {
    model: "deepseek/deepseek-v4-pro",
    provider: (sim) => `deepseek: { api: openai_chat, url: "${sim}/v1", key: any }`,
  },
  gemini: {
    model: "google/gemini-3.5-flash-lite",
    provider: (sim) => `google: { api: gemini, url: "${sim}/v1beta", key: any }`,
  },
  bedrock: {
    model: "amazon/amazon.nova-lite-v1:0",
    provider: (sim) => `amazon: { api: bedrock, url: "${sim}", key: "AKIDEXAMPLE000000:secret" }`,
    // Claude Code marks what is to be cached, and the catalogue knows no price of writing it there.
    price: "{ input: 0.06, cache_read: 0.015, cache_write_5m: 0.06, output: 0.24 }",
  },
};

/** @type {string[]} */
const sessions = [];
/** @type {string[]} */
const refusals = [];
let passed = 0;
let run = 0;

for (const agent of AGENTS) {
  describe(agent.name, () => {
    for (const api of agent.providers ?? Object.keys(PROVIDERS)) {
      const how = api === agent.api ? "its own dialect" : "another dialect";
      sentence(`finishes its session with a provider of ${how}, ${api}, and all is on record`, () =>
        session(agent, api),
      );
    }
  });
}

describe("an exhausted limit", () => {
  const [claude, codex] = AGENTS;
  sentence("ends Claude Code at the first request", async () => {
    const { requests } = await refusal(claude, "402", "");
    assert.equal(requests, 1);
  });
  sentence("ends Codex after five repeats", async () => {
    const { requests } = await refusal(codex, "402", "");
    assert.equal(requests, 6);
  });
  sentence("ends Codex at the first request if it hears 400", async () => {
    const setting = "server: { refusal_status: { codex: 400 } }";
    const { requests } = await refusal(codex, "400 by `refusal_status`", setting);
    assert.equal(requests, 1);
  });
});

after(async () => {
  if (passed === run) {
    await record();
  }
});

/**
 * @param {string} name
 * @param {() => Promise<void>} body
 */
function sentence(name, body) {
  run++;
  test(name, TIMEOUT, async () => {
    await body();
    passed++;
  });
}

/**
 * @param {import("./agents.js").Agent} agent
 * @param {string} api
 */
async function session(agent, api) {
  await inHouse(api, "", async (house) => {
    const ended = await count(agent, house.folder, house.through);

    assert.equal(ended.code, 0, ended.said + ended.told);
    assert.match(ended.said, new RegExp(FINAL));
    assert.equal(ended.count, "3\n", "the agent's tool writes the file");
    const bill = await house.bill();
    const audit = await house.get("/api/v1/audit");
    const { calls } = await house.get("/api/v1/calls?limit=1000");
    assert.equal(audit.total_usd, bill.total_usd);
    assert.equal(audit.attempts, bill.attempts_charged);
    assert.equal(audit.unpriced_calls, 0);
    assert.equal(calls.length, bill.attempts_charged, "every call is on record, and no other");
    for (const call of calls) {
      assert.equal(call.status, 200);
      assert.equal(call.task, "code_generation", "by an alias, or by the model's name");
      assert.equal(call.attempt_count, 1);
    }
    sessions.push(
      `| ${agent.name} | \`${api}\` | ${calls.length} | $${audit.total_usd} | ${ended.seconds} s |`,
    );
  });
}

/**
 * @param {import("./agents.js").Agent} agent
 * @param {string} answer
 * @param {string} setting
 */
async function refusal(agent, answer, setting) {
  let requests = 0;
  await inHouse(agent.api, `limits: { daily_budget: $0.01 }\n${setting}`, async (house) => {
    const ended = await count(agent, house.folder, house.through);

    const { calls } = await house.get("/api/v1/calls?limit=1000");
    assert.ok(ended.code !== 0 && ended.code !== null, "it says that it failed, and ends");
    for (const call of calls) {
      assert.equal(call.refusal?.code, "faregate_budget_exceeded");
    }
    assert.equal((await house.bill()).attempts_charged, 0);
    requests = calls.length;
    const shown = (ended.said + ended.told).trim().split("\n").at(-1) ?? "";
    assert.match(shown, /daily_budget/, "the user reads which limit it is");
    refusals.push(
      `| ${agent.name} | ${answer} | ${requests} | ${ended.seconds} s | ${ended.code} | ${quoted(shown)} |`,
    );
  });
  return { requests };
}

/**
 * @typedef {object} Furnished
 * @property {string} folder
 * @property {string} through
 * @property {(path: string) => Promise<any>} get an answer of the admin port
 * @property {() => Promise<any>} bill of the provider, when nothing is under way any more
 */

/**
 * @param {string} api
 * @param {string} settings
 * @param {(house: Furnished) => Promise<void>} body
 */
async function inHouse(api, settings, body) {
  const house = await openHouse(TARGET);
  try {
    const sim = await house.sim("--script", SCRIPT);
    const { through, admin } = await house.serve(policy(api, sim, settings));
    await body({
      folder: house.folder,
      through,
      get: (path) => json(admin + path),
      bill: async () => {
        let bill = await json(sim + "/sim/bill");
        for (let tries = 0; bill.attempts_open > 0 && tries < 50; tries++) {
          await wait(100);
          bill = await json(sim + "/sim/bill");
        }
        return bill;
      },
    });
  } finally {
    await house.stop();
  }
}

/**
 * @param {string} api
 * @param {string} sim
 * @param {string} settings
 */
function policy(api, sim, settings) {
  const { model, provider, price } = PROVIDERS[api];
  return `providers:
  ${provider(sim)}
tiers:
  premium: { models: ["${model}"] }
tasks:
  code_generation: { tier: premium, fallback: none, because: "agents edit code" }
aliases: { "claude-*": task/code_generation, "gpt-*": task/code_generation }
${price ? `models: { "${model}": { price: ${price} } }` : ""}
${settings}
`;
}

/**
 * @param {string} url
 * @returns {Promise<any>}
 */
async function json(url) {
  const answer = await fetch(url);
  assert.equal(answer.status, 200, url);
  return answer.json();
}

/** @param {string} text */
function quoted(text) {
  return text.replace(/call_\w+/, "call_...").replaceAll("|", "\\|");
}

/** Writes what was seen between the two marks of the page. */
async function record() {
  const names = await Promise.all(
    AGENTS.slice(0, 2).map(async (agent) => `${agent.name} ${await version(agent)}`),
  );
  const seen = `
Recorded on ${new Date().toISOString().slice(0, 10)} with ${names.join(", ")}, Node ${process.version}.

| agent | provider | calls on record | cost on record = the provider's bill | whole run |
| --- | --- | --- | --- | --- |
${sessions.join("\n")}

| agent | answer | requests | whole run | exit code | the last line that it shows |
| --- | --- | --- | --- | --- | --- |
${refusals.join("\n")}

`;
  const page = await readFile(PAGE, "utf8");
  const [head, , tail] = page.split(/(?<=<!-- seen -->\n)|(?=<!-- end -->)/);
  await writeFile(PAGE, head + seen + tail);
}
