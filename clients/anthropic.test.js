// @ts-check
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import Anthropic from "@anthropic-ai/sdk";
import { startLab } from "./lab.js";
import { all, failure, sameOver } from "./same.js";

/** @typedef {{ anthropic: Anthropic, model: string }} Route */

/** @type {import("./lab.js").Lab} */
let lab;
/** @type {Route} */
let direct;
/** @type {Route} */
let through;
/** The same client, served by a provider that speaks OpenAI's Responses. @type {Route} */
let crossed;

const same = sameOver(() => ({ direct, through }));

before(async () => {
  lab = await startLab();
  direct = { anthropic: client(lab.direct), model: "claude-sonnet-5" };
  through = { anthropic: client(lab.through), model: "claude/claude-sonnet-5" };
  crossed = { ...through, model: "sim/gpt-5.4-mini" };
});

after(() => lab?.stop());

const weather = /** @type {const} */ ({
  name: "get_weather",
  description: "The weather of a city",
  input_schema: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  },
});

const time = /** @type {const} */ ({ ...weather, name: "get_time", description: "The time there" });

const ticket = {
  type: "object",
  properties: {
    subject: { type: "string" },
    urgent: { type: "boolean" },
    tags: { type: "array", items: { type: "string" } },
  },
  required: ["subject", "urgent", "tags"],
  additionalProperties: false,
};

describe("messages", () => {
  test("answer as the provider does", async () => {
    const answer = await same((route) => ask(route, "Where is my order? [[sim:tokens=50]]"));

    assert.equal(answer.role, "assistant");
    assert.equal(answer.stop_reason, "end_turn");
    assert.equal(answer.usage.output_tokens, 50);
  });

  test("carry every character", async () => {
    const answer = await same((route) => ask(route, "[[sim:say=naïve 東京 👩‍👩‍👧 \u2028 end]]"));

    assert.match(answer.content[0].text, /東京 👩‍👩‍👧/u);
  });

  test("carry a prompt of a mebibyte", async () => {
    await same((route) => ask(route, "word ".repeat(210_000) + "[[sim:tokens=5]]"));
  });

  test("are ten at once", async () => {
    const prompts = Array.from({ length: 10 }, (_, i) => `Question ${i} [[sim:tokens=20]]`);

    await same((route) => Promise.all(prompts.map((prompt) => ask(route, prompt))));
  });

  test("report what the prompt cache read and wrote", async () => {
    const answer = await same((route) =>
      ask(route, "Again? [[sim:input=900; cached=600; written=200; tokens=9]]", {
        system: [{ type: "text", text: "Be brief.", cache_control: { type: "ephemeral" } }],
      }),
    );

    assert.equal(answer.usage.cache_read_input_tokens, 600);
    assert.equal(answer.usage.cache_creation_input_tokens, 200);
    assert.equal(answer.usage.input_tokens, 100);
  });

  test("think", async () => {
    const answer = await same((route) =>
      ask(route, "Why? [[sim:reasoning=30; tokens=20]]", {
        max_tokens: 4000,
        thinking: { type: "enabled", budget_tokens: 2000 },
      }),
    );

    assert.equal(answer.content[0].type, "thinking");
  });

  test("go to the model that the policy chooses", async () => {
    const answer = await ask({ ...through, model: "auto" }, "Which model? [[sim:tokens=10]]");

    assert.equal(answer.type, "message");
    assert.equal(answer.usage.output_tokens, 10);
  });

  test("count tokens", async () => {
    const count = await same((route) =>
      route.anthropic.messages.countTokens({
        model: route.model,
        messages: [{ role: "user", content: "How many tokens are these?" }],
      }),
    );

    assert.ok(count.input_tokens > 0);
  });
});

describe("streaming", () => {
  test("relays the same events", async () => {
    const events = await same((route) => stream(route, "Tell a story [[sim:tokens=50]]"));
    const types = events.map((/** @type {any} */ event) => event.type);

    assert.equal(types[0], "message_start");
    assert.equal(types.at(-1), "message_stop");
  });

  test("keeps characters whole that arrive in pieces", async () => {
    const events = await same((route) => stream(route, "[[sim:say=東京 👩‍👩‍👧 ü; pieces=1]]"));
    const text = events.map((/** @type {any} */ event) => event.delta?.text ?? "").join("");

    assert.match(text, /東京 👩‍👩‍👧 ü/u);
  });

  test("feeds the client's own accumulator", async () => {
    const message = await same((route) =>
      route.anthropic.messages.stream(body(route, "Tell [[sim:tokens=30]]")).finalMessage(),
    );

    assert.equal(message.usage.output_tokens, 30);
  });

  test("shows an error that comes inside the stream", async () => {
    const error = await same((route) => failure(stream(route, "[[sim:tokens=20; error=5]]")));

    assert.ok(error.message);
  });

  test("makes an error of a stream that ends too early", async () => {
    const error = await failure(stream(through, "[[sim:tokens=20; cut=5]]"));

    assert.ok(error.message);
  });
});

describe("tools", () => {
  test("are called in parallel, and take their results", async () => {
    const question = "Weather and time in Lima? [[sim:tool=get_weather; tool=get_time]]";
    const [first, second] = await same(async (route) => {
      const asked = await ask(route, question, { tools: [weather, time] });
      const results = asked.content
        .filter((/** @type {any} */ block) => block.type === "tool_use")
        .map((/** @type {any} */ block) => ({
          type: "tool_result",
          tool_use_id: block.id,
          content: '{"sky":"clear"}',
        }));
      const told = await route.anthropic.messages.create({
        ...body(route, question),
        messages: [
          { role: "user", content: "Weather and time in Lima?" },
          { role: "assistant", content: asked.content },
          { role: "user", content: results },
        ],
        tools: [weather, time],
      });
      return [asked, told];
    });

    assert.equal(first.stop_reason, "tool_use");
    assert.deepEqual(
      first.content.map((/** @type {any} */ block) => block.name).filter(Boolean),
      ["get_weather", "get_time"],
    );
    assert.equal(second.stop_reason, "end_turn");
  });

  test("stream their arguments", async () => {
    const events = await same((route) =>
      stream(route, "Weather? [[sim:tool=get_weather]]", { tools: [weather] }),
    );
    const json = events.map((/** @type {any} */ event) => event.delta?.partial_json ?? "").join("");

    assert.equal(typeof JSON.parse(json).city, "string");
  });
});

test("structured output keeps to its schema", async () => {
  const answer = await same((route) =>
    ask(route, "My parcel is lost!", {
      output_config: { format: { type: "json_schema", schema: ticket } },
    }),
  );

  assert.deepEqual(Object.keys(JSON.parse(answer.content[0].text)).sort(), [
    "subject",
    "tags",
    "urgent",
  ]);
});

describe("abort", () => {
  test("ends a call before its answer", async () => {
    const error = await same((route) =>
      failure(ask(route, "[[sim:delay=5s]]", {}, { signal: AbortSignal.timeout(200) })),
    );

    assert.equal(error.name, "APIUserAbortError");
  });

  test("ends a stream in its middle", async () => {
    const events = await same(async (route) => {
      const running = await route.anthropic.messages.create({
        ...body(route, "[[sim:tokens=50; gap=20ms]]"),
        stream: true,
      });
      const seen = [];
      for await (const event of running) {
        seen.push(event);
        if (seen.length === 5) {
          running.controller.abort();
        }
      }
      return seen.slice(0, 5);
    });

    assert.equal(events.length, 5);
  });
});

describe("errors", () => {
  for (const status of [400, 401, 402, 403, 404, 413, 429, 500, 503, 529]) {
    test(`pass the provider's ${status} through`, async () => {
      const error = await same((route) => failure(ask(route, `[[sim:status=${status}]]`)));

      assert.equal(error.status, status);
    });
  }

  test("name a model that does not exist", async () => {
    const error = await failure(ask({ ...through, model: "claude/nope" }, "Hello"));

    assert.equal(error.status, 404);
    assert.match(error.message, /nope/);
  });
});

describe("another vendor's model", () => {
  test("answers in this client's words", async () => {
    const answer = await ask(crossed, "Where is my order? [[sim:tokens=50]]");

    assert.equal(answer.type, "message");
    assert.equal(answer.stop_reason, "end_turn");
    assert.equal(answer.usage.output_tokens, 50);
  });

  test("streams", async () => {
    const message = await crossed.anthropic.messages
      .stream(body(crossed, "Tell [[sim:tokens=30]]"))
      .finalMessage();

    assert.equal(message.usage.output_tokens, 30);
    assert.equal(message.content[0].type, "text");
  });

  test("calls tools in parallel", async () => {
    const events = await stream(crossed, "[[sim:tool=get_weather; tool=get_time]]", {
      tools: [weather, time],
    });
    const names = events.map((event) => event.content_block?.name).filter(Boolean);

    assert.deepEqual(names, ["get_weather", "get_time"]);
  });

  test("gets its thoughts again, which no other vendor's model does", async () => {
    const question = "Why? [[sim:reasoning=30; tool=get_weather]]";
    const thinking = { thinking: { type: "adaptive" }, tools: [weather], max_tokens: 4000 };
    const first = await crossed.anthropic.messages
      .stream({ ...body(crossed, question), ...thinking })
      .finalMessage();
    const [thought, call] = first.content;
    assert.equal(thought.type, "thinking");
    assert.match(thought.signature, /^faregate:sim:rs_/);
    assert.equal(call.type, "tool_use");

    const messages = [
      { role: "user", content: question },
      { role: "assistant", content: first.content },
      { role: "user", content: [{ type: "tool_result", tool_use_id: call.id, content: "warm" }] },
    ];
    for (const route of [crossed, through]) {
      const answer = await ask(route, "", { ...thinking, messages });
      assert.equal(answer.content.at(-1).type, "text");
    }
  });

  test("stops at the texts that the client names", async () => {
    const answer = await ask(crossed, "[[sim:say=one two three]]", { stop_sequences: ["two"] });

    assert.equal(answer.stop_reason, "stop_sequence");
    assert.equal(answer.stop_sequence, "two");
    assert.equal(answer.content[0].text, "one ");
  });

  test("fails as this client expects", async () => {
    const error = await failure(ask(crossed, "[[sim:status=429]]"));

    assert.equal(error.status, 429);
    assert.equal(error.name, "RateLimitError");
  });
});

/** @param {string} baseURL */
function client(baseURL) {
  return new Anthropic({ baseURL, apiKey: "any", maxRetries: 0, timeout: 30_000 });
}

/** @param {Route} route @param {string} prompt @returns {any} */
function body(route, prompt) {
  return {
    model: route.model,
    max_tokens: 1000,
    messages: [{ role: /** @type {const} */ ("user"), content: prompt }],
  };
}

/**
 * @param {Route} route @param {string} prompt @param {object} [more] @param {object} [options]
 * @returns {Promise<any>}
 */
async function ask(route, prompt, more, options) {
  return route.anthropic.messages.create({ ...body(route, prompt), ...more }, options);
}

/** @param {Route} route @param {string} prompt @param {object} [more] @returns {Promise<any[]>} */
async function stream(route, prompt, more) {
  const request = { ...body(route, prompt), ...more, stream: true };
  return all(await /** @type {any} */ (route.anthropic.messages.create(request)));
}
