// @ts-check
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, jsonSchema, Output, stepCountIs, streamText, tool } from "ai";
import { startLab } from "./lab.js";
import { all, failure, sameOver, untilBroken } from "./same.js";

/** @type {import("./lab.js").Lab} */
let lab;

before(async () => {
  lab = await startLab();
});

after(() => lab?.stop());

const city = jsonSchema(
  /** @type {const} */ ({
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  }),
);

const tools = {
  get_weather: tool({
    description: "The weather of a city",
    inputSchema: city,
    execute: async () => ({ sky: "clear" }),
  }),
  get_time: tool({
    description: "The time in a city",
    inputSchema: city,
    execute: async () => ({ time: "12:00" }),
  }),
};

const ticket = jsonSchema(
  /** @type {const} */ ({
    type: "object",
    properties: { subject: { type: "string" }, urgent: { type: "boolean" } },
    required: ["subject", "urgent"],
    additionalProperties: false,
  }),
);

/**
 * The ways of this library to a model; each takes a base URL without `/v1` and a model.
 *
 * @type {Record<string, { own: string, vendor: string, model: (base: string, id: string) => any }>}
 */
const ways = {
  "openai, responses": {
    own: "gpt-5.4-mini",
    vendor: "sim",
    model: (base, id) => createOpenAI({ baseURL: base + "/v1", apiKey: "any" })(id),
  },
  "openai, chat": {
    own: "gpt-5.4-mini",
    vendor: "sim",
    model: (base, id) => createOpenAI({ baseURL: base + "/v1", apiKey: "any" }).chat(id),
  },
  "openai-compatible": {
    own: "gpt-5.4-mini",
    vendor: "sim",
    model: (base, id) =>
      createOpenAICompatible({
        name: "sim",
        baseURL: base + "/v1",
        apiKey: "any",
        includeUsage: true,
        supportsStructuredOutputs: true,
      })(id),
  },
  anthropic: {
    own: "claude-sonnet-5",
    vendor: "claude",
    model: (base, id) => createAnthropic({ baseURL: base + "/v1", apiKey: "any" })(id),
  },
};

for (const [name, way] of Object.entries(ways)) {
  describe(name, () => {
    const same = sameOver(() => ({
      direct: way.model(lab.direct, way.own),
      through: way.model(lab.through, `${way.vendor}/${way.own}`),
    }));

    test("answers as the provider does", async () => {
      const answer = await same((model) => text(model, "Where is my order? [[sim:tokens=50]]"));

      assert.equal(answer.usage.outputTokens, 50);
      assert.equal(answer.finishReason, "stop");
    });

    test("streams the same parts", async () => {
      const parts = await same((model) => stream(model, "Tell a story [[sim:tokens=50]]"));
      const finish = parts.find((/** @type {any} */ part) => part.type === "finish");

      assert.equal(finish.totalUsage.outputTokens, 50);
    });

    test("keeps characters whole that arrive in pieces", async () => {
      const parts = await same((model) => stream(model, "[[sim:say=東京 👩‍👩‍👧 ü; pieces=1]]"));
      const said = parts.map((/** @type {any} */ part) => part.text ?? "").join("");

      assert.match(said, /東京 👩‍👩‍👧 ü/u);
    });

    test("runs its loop of parallel tools to the end", async () => {
      const answer = await same((model) =>
        text(model, "Weather and time? [[sim:tool=get_weather; tool=get_time; times=1]]", {
          tools,
          stopWhen: stepCountIs(4),
        }),
      );

      assert.ok(answer.steps.length >= 1);
      assert.deepEqual(
        answer.steps[0].toolCalls.map((/** @type {any} */ call) => call.toolName),
        ["get_weather", "get_time"],
      );
    });

    test("keeps to a schema", async () => {
      const answer = await same((model) =>
        text(model, "My parcel is lost!", { output: Output.object({ schema: ticket }) }),
      );

      assert.equal(typeof answer.output.urgent, "boolean");
    });

    test("carries a prompt of a mebibyte", async () => {
      await same((model) => text(model, "word ".repeat(210_000) + "[[sim:tokens=5]]"));
    });

    test("answers ten calls at once", async () => {
      const prompts = Array.from({ length: 10 }, (_, i) => `Question ${i} [[sim:tokens=20]]`);

      await same((model) => Promise.all(prompts.map((prompt) => text(model, prompt))));
    });

    test("ends a call before its answer", async () => {
      const error = await same((model) =>
        failure(text(model, "[[sim:delay=5s]]", { abortSignal: AbortSignal.timeout(200) })),
      );

      assert.ok(error.name);
    });

    for (const status of [400, 401, 402, 404, 429, 500, 503]) {
      test(`passes the provider's ${status} through`, async () => {
        const error = await same((model) => failure(text(model, `[[sim:status=${status}]]`)));

        assert.equal(error.status, status);
      });
    }

    test("sees an error where the provider stops too early", async () => {
      const model = way.model(lab.through, `${way.vendor}/${way.own}`);
      const prompt = "[[sim:tokens=20; cut=5]]";
      const answer = streamText({ model, prompt, maxRetries: 0, onError: () => {} });
      const parts = await untilBroken(answer.fullStream);

      assert.ok(parts.some((/** @type {any} */ part) => part.type === "error"));
    });

    test("is served by another vendor's model", async () => {
      const other = way.vendor === "sim" ? "claude/claude-sonnet-5" : "sim/gpt-5.4-mini";
      const model = way.model(lab.through, other);
      const answer = await text(model, "[[sim:tokens=30]]");
      const called = await text(model, "[[sim:tool=get_weather; tool=get_time]]", { tools });

      assert.equal(answer.usage.outputTokens, 30);
      assert.deepEqual(
        called.toolCalls.map((/** @type {any} */ call) => call.toolName),
        ["get_weather", "get_time"],
      );
    });
  });
}

/** @param {any} model @param {string} prompt @param {object} [more] @returns {Promise<any>} */
async function text(model, prompt, more) {
  const answer = await generateText({ model, prompt, maxRetries: 0, ...more });
  return {
    text: answer.text,
    finishReason: answer.finishReason,
    usage: answer.totalUsage,
    toolCalls: answer.toolCalls,
    steps: answer.steps.map(({ text: said, toolCalls, finishReason, usage }) => ({
      ...{ said, toolCalls, finishReason, usage },
    })),
    output: more && "output" in more ? answer.output : undefined,
  };
}

/** @param {any} model @param {string} prompt @returns {Promise<any[]>} */
async function stream(model, prompt) {
  const answer = streamText({ model, prompt, maxRetries: 0, onError: () => {} });
  const parts = await all(answer.fullStream);
  return parts.map((part) => {
    const { response, request, headers, ...kept } = /** @type {any} */ (part);
    return kept;
  });
}
