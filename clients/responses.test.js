// @ts-check
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import OpenAI from "openai";
import { startLab } from "./lab.js";
import { all, failure, sameOver, untilBroken } from "./same.js";

/** @typedef {{ openai: OpenAI, model: string, embedding: string }} Route */

/** @type {import("./lab.js").Lab} */
let lab;
/** @type {Route} */
let direct;
/** @type {Route} */
let through;
/** The same client, served by a provider that speaks Anthropic's Messages. @type {Route} */
let crossed;

const same = sameOver(() => ({ direct, through }));

before(async () => {
  lab = await startLab();
  direct = {
    openai: client(lab.direct),
    model: "gpt-5.4-mini",
    embedding: "text-embedding-3-small",
  };
  through = {
    openai: client(lab.through),
    model: "sim/gpt-5.4-mini",
    embedding: "sim/text-embedding-3-small",
  };
  crossed = { ...through, model: "claude/claude-sonnet-5" };
});

after(() => lab?.stop());

const weather = /** @type {const} */ ({
  type: "function",
  name: "get_weather",
  description: "The weather of a city",
  strict: true,
  parameters: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  },
});

const time = /** @type {const} */ ({ ...weather, name: "get_time", description: "The time there" });

const ticket = /** @type {const} */ ({
  type: "json_schema",
  name: "ticket",
  strict: true,
  schema: {
    type: "object",
    properties: { subject: { type: "string" }, urgent: { type: "boolean" } },
    required: ["subject", "urgent"],
    additionalProperties: false,
  },
});

describe("responses", () => {
  test("answer as the provider does", async () => {
    const answer = await same((route) => ask(route, "Where is my order? [[sim:tokens=50]]"));

    assert.equal(answer.status, "completed");
    assert.equal(answer.usage.output_tokens, 50);
  });

  test("carry every character", async () => {
    const answer = await same((route) => ask(route, "[[sim:say=naïve 東京 👩‍👩‍👧 \u2028 end]]"));

    assert.match(answer.output_text, /東京 👩‍👩‍👧/u);
  });

  test("carry a prompt of a mebibyte", async () => {
    await same((route) => ask(route, "word ".repeat(210_000) + "[[sim:tokens=5]]"));
  });

  test("are ten at once", async () => {
    const prompts = Array.from({ length: 10 }, (_, i) => `Question ${i} [[sim:tokens=20]]`);

    await same((route) => Promise.all(prompts.map((prompt) => ask(route, prompt))));
  });

  test("tell how much was reasoning and how much came from the cache", async () => {
    const answer = await same((route) =>
      ask(route, "Why? [[sim:input=900; cached=600; reasoning=30; tokens=20]]"),
    );

    assert.equal(answer.usage.input_tokens_details.cached_tokens, 600);
    assert.equal(answer.usage.output_tokens_details.reasoning_tokens, 30);
  });

  test("keep to a schema", async () => {
    const answer = await same((route) =>
      ask(route, "My parcel is lost!", { text: { format: ticket } }),
    );

    assert.deepEqual(Object.keys(JSON.parse(answer.output_text)).sort(), ["subject", "urgent"]);
  });

  test("go on from an earlier one, at the same provider", async () => {
    const later = await same(async (route) => {
      const first = await ask(route, "First [[sim:tokens=5]]", { store: true });
      const second = await ask(route, "Second [[sim:tokens=5]]", { previous_response_id: first.id });
      return [second.previous_response_id === first.id, second.output_text];
    });

    assert.equal(later[0], true);
  });
});

describe("streaming", () => {
  test("relays the same events", async () => {
    const events = await same((route) => stream(route, "Tell a story [[sim:tokens=50]]"));

    assert.equal(events[0].type, "response.created");
    assert.equal(events.at(-1).type, "response.completed");
  });

  test("keeps characters whole that arrive in pieces", async () => {
    const events = await same((route) => stream(route, "[[sim:say=東京 👩‍👩‍👧 ü; pieces=1]]"));

    assert.match(events.at(-1).response.output[0].content[0].text, /東京 👩‍👩‍👧 ü/u);
  });

  test("feeds the client's own accumulator", async () => {
    const response = await same((route) =>
      route.openai.responses
        .stream({ model: route.model, input: "Tell [[sim:tokens=30]]" })
        .finalResponse(),
    );

    assert.equal(response.usage.output_tokens, 30);
  });

  test("shows a failure that comes inside the stream", async () => {
    await same((route) => stream(route, "[[sim:tokens=20; error=5]]"));
  });

  test("says so when the provider stops too early", async () => {
    const { openai, model } = through;
    const request = { model, input: "[[sim:tokens=20; cut=5]]", stream: /** @type {const} */ (true) };
    const events = await untilBroken(await openai.responses.create(request));

    assert.equal(events.at(-1)?.type, "response.failed");
  });
});

describe("tools", () => {
  test("are called in parallel, and take their results", async () => {
    const question = "Weather and time in Lima? [[sim:tool=get_weather; tool=get_time]]";
    const [first, second] = await same(async (route) => {
      const asked = await ask(route, question, { tools: [weather, time] });
      const results = asked.output
        .filter((/** @type {any} */ item) => item.type === "function_call")
        .map((/** @type {any} */ item) => ({
          type: "function_call_output",
          call_id: item.call_id,
          output: '{"sky":"clear"}',
        }));
      const input = [{ role: "user", content: "Weather in Lima?" }, ...asked.output, ...results];
      return [asked, await ask(route, input, { tools: [weather, time] })];
    });

    assert.deepEqual(
      first.output.map((/** @type {any} */ item) => item.name).filter(Boolean),
      ["get_weather", "get_time"],
    );
    assert.ok(second.output_text);
  });

  test("stream their arguments", async () => {
    const events = await same((route) =>
      stream(route, "Weather? [[sim:tool=get_weather]]", { tools: [weather] }),
    );
    const done = events.find((/** @type {any} */ each) => each.type.endsWith("arguments.done"));

    assert.equal(typeof JSON.parse(done.arguments).city, "string");
  });
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
      const running = await route.openai.responses.create({
        model: route.model,
        input: "[[sim:tokens=50; gap=20ms]]",
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
  for (const status of [400, 401, 402, 403, 404, 413, 429, 500, 503]) {
    test(`pass the provider's ${status} through`, async () => {
      const error = await same((route) => failure(ask(route, `[[sim:status=${status}]]`)));

      assert.equal(error.status, status);
    });
  }
});

test("embeddings are the provider's", async () => {
  const answer = await same((route) =>
    route.openai.embeddings.create({
      model: route.embedding,
      input: ["Where is my order?", "東京"],
    }),
  );

  assert.equal(answer.data.length, 2);
  assert.ok(answer.usage.prompt_tokens > 0);
});

test("the list of models has what may be asked for", async () => {
  const ids = (await all(through.openai.models.list())).map((model) => model.id);

  assert.ok(ids.includes("auto"));
  assert.ok(ids.includes("sim/gpt-5.4-mini"));
});

describe("another vendor's model", () => {
  test("answers in this client's words", async () => {
    const answer = await ask(crossed, "Where is my order? [[sim:tokens=50]]");

    assert.equal(answer.status, "completed");
    assert.equal(answer.usage.output_tokens, 50);
    assert.ok(answer.output_text);
  });

  test("streams", async () => {
    const response = await crossed.openai.responses
      .stream({ model: crossed.model, input: "Tell [[sim:tokens=30]]" })
      .finalResponse();

    assert.equal(response.usage?.output_tokens, 30);
    assert.ok(response.output_text);
  });

  test("calls tools in parallel", async () => {
    const events = await stream(crossed, "[[sim:tool=get_weather; tool=get_time]]", {
      tools: [weather, time],
    });
    const output = events.at(-1).response.output;

    assert.deepEqual(
      output.map((/** @type {any} */ item) => item.name).filter(Boolean),
      ["get_weather", "get_time"],
    );
  });

  test("fails as this client expects", async () => {
    const error = await failure(ask(crossed, "[[sim:status=429]]"));

    assert.equal(error.status, 429);
    assert.equal(error.name, "RateLimitError");
  });
});

/** @param {string} baseURL */
function client(baseURL) {
  return new OpenAI({ baseURL: baseURL + "/v1", apiKey: "any", maxRetries: 0, timeout: 30_000 });
}

/**
 * @param {Route} route @param {any} input @param {object} [more] @param {object} [options]
 * @returns {Promise<any>}
 */
async function ask(route, input, more, options) {
  return route.openai.responses.create({ model: route.model, input, ...more }, options);
}

/** @param {Route} route @param {string} input @param {object} [more] @returns {Promise<any[]>} */
async function stream(route, input, more) {
  const request = { model: route.model, input, ...more, stream: /** @type {const} */ (true) };
  return all(await route.openai.responses.create(request));
}
