// @ts-check
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import OpenAI from "openai";
import { startLab } from "./lab.js";
import { all, failure, neutral, sameOver } from "./same.js";

/** @typedef {{ openai: OpenAI, model: string }} Route */

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
  direct = { openai: client(lab.direct), model: "gpt-5.4-mini" };
  through = { openai: client(lab.through), model: "sim/gpt-5.4-mini" };
  crossed = { ...through, model: "claude/claude-sonnet-5" };
});

after(() => lab?.stop());

const weather = /** @type {const} */ ({
  type: "function",
  function: {
    name: "get_weather",
    description: "The weather of a city",
    parameters: {
      type: "object",
      properties: { city: { type: "string" } },
      required: ["city"],
      additionalProperties: false,
    },
  },
});

const ticket = /** @type {const} */ ({
  type: "json_schema",
  json_schema: {
    name: "ticket",
    strict: true,
    schema: {
      type: "object",
      properties: {
        subject: { type: "string" },
        urgent: { type: "boolean" },
        tags: { type: "array", items: { type: "string" } },
      },
      required: ["subject", "urgent", "tags"],
      additionalProperties: false,
    },
  },
});

describe("chat", () => {
  test("answers as the provider does", async () => {
    const answer = await same((route) => chat(route, "Where is my order? [[sim:tokens=50]]"));

    assert.equal(answer.choices[0].message.role, "assistant");
    assert.equal(answer.usage.completion_tokens, 50);
  });

  test("carries every character", async () => {
    const answer = await same((route) => chat(route, "[[sim:say=naïve 東京 👩‍👩‍👧 \u2028 end]]"));

    assert.match(answer.choices[0].message.content, /東京 👩‍👩‍👧/u);
  });

  test("carries a prompt of a mebibyte", async () => {
    await same((route) => chat(route, "word ".repeat(210_000) + "[[sim:tokens=5]]"));
  });

  test("answers ten calls at once", async () => {
    const prompts = Array.from({ length: 10 }, (_, i) => `Question ${i} [[sim:tokens=20]]`);

    await same((route) => Promise.all(prompts.map((prompt) => chat(route, prompt))));
  });

  test("chooses the model when the client leaves it to the policy", async () => {
    const prompt = "Which model answers? [[sim:tokens=10]]";

    const chosen = await chat({ ...through, model: "auto" }, prompt);

    assert.deepEqual(neutral(chosen), neutral(await chat(direct, prompt)));
  });

  test("tells by header which call it was, and what it cost", async () => {
    const { response } = await through.openai.chat.completions
      .create(body(through.model, "Hello"))
      .withResponse();

    assert.ok(response.headers.get("x-faregate-call"));
    assert.equal(response.headers.get("x-faregate-model"), "sim/gpt-5.4-mini");
    assert.match(response.headers.get("x-faregate-cost-usd") ?? "", /^\d+\.\d{9}$/);
  });
});

describe("streaming", () => {
  test("relays the same chunks, without usage that nobody asked for", async () => {
    const chunks = await same((route) => stream(route, "Tell a story [[sim:tokens=50]]"));

    assert.ok(chunks.length > 10);
    assert.ok(chunks.every((/** @type {any} */ chunk) => !chunk.usage));
  });

  test("relays usage to those who asked for it", async () => {
    const chunks = await same((route) =>
      stream(route, "Tell a story [[sim:tokens=50]]", { stream_options: { include_usage: true } }),
    );

    assert.equal(chunks.at(-1).usage.completion_tokens, 50);
  });

  test("feeds the client's own accumulator", async () => {
    await same(async (route) => {
      const request = body(route.model, "Tell a story [[sim:tokens=30]]");
      return route.openai.chat.completions.stream({ ...request }).finalChatCompletion();
    });
  });

  test("keeps characters whole that arrive in pieces", async () => {
    const chunks = await same((route) => stream(route, "[[sim:say=東京 👩‍👩‍👧 ü; pieces=1]]"));
    const text = chunks
      .map((/** @type {any} */ chunk) => chunk.choices[0]?.delta.content ?? "")
      .join("");

    assert.match(text, /東京 👩‍👩‍👧 ü/u);
  });

  test("makes an error of a stream that ends too early", async () => {
    const error = await failure(stream(through, "[[sim:tokens=20; cut=5]]"));

    assert.ok(error.message);
  });

  test("shows an error that comes inside the stream", async () => {
    const error = await same((route) => failure(stream(route, "[[sim:tokens=20; error=5]]")));

    assert.ok(error.message);
  });
});

describe("tools", () => {
  const question = "Weather in Lima? [[sim:tool=get_weather]]";

  test("calls a tool and takes its result", async () => {
    const answer = await same(async (route) => {
      const first = await chat(route, question, { tools: [weather] });
      const { message } = first.choices[0];
      const result = {
        role: /** @type {const} */ ("tool"),
        tool_call_id: message.tool_calls?.[0]?.id ?? "",
        content: '{"sky":"clear"}',
      };
      const second = await route.openai.chat.completions.create({
        model: route.model,
        messages: [{ role: "user", content: "Weather in Lima?" }, message, result],
        tools: [weather],
      });
      return [first, second];
    });

    assert.equal(answer[0].choices[0].finish_reason, "tool_calls");
    assert.equal(answer[0].choices[0].message.tool_calls[0].function.name, "get_weather");
  });

  test("calls two at once", async () => {
    const time = { ...weather, function: { ...weather.function, name: "get_time" } };
    const answer = await same((route) =>
      chat(route, "[[sim:tool=get_weather; tool=get_time]]", { tools: [weather, time] }),
    );

    assert.deepEqual(
      answer.choices[0].message.tool_calls.map((/** @type {any} */ call) => call.function.name),
      ["get_weather", "get_time"],
    );
  });

  test("streams the arguments of a tool", async () => {
    const chunks = await same((route) => stream(route, question, { tools: [weather] }));
    const args = chunks
      .map((/** @type {any} */ chunk) => chunk.choices[0]?.delta.tool_calls?.[0]?.function?.arguments)
      .join("");

    assert.equal(typeof JSON.parse(args).city, "string");
  });
});

test("structured output keeps to its schema", async () => {
  const answer = await same((route) =>
    chat(route, "My parcel is lost!", { response_format: ticket }),
  );
  const value = JSON.parse(answer.choices[0].message.content);

  assert.deepEqual(Object.keys(value).sort(), ["subject", "tags", "urgent"]);
  assert.equal(typeof value.urgent, "boolean");
});

describe("abort", () => {
  test("ends a call before its answer", async () => {
    const error = await same((route) =>
      failure(
        chat(route, "[[sim:delay=5s]]", {}, { signal: AbortSignal.timeout(200) }),
      ),
    );

    assert.equal(error.name, "APIUserAbortError");
  });

  test("ends a stream in its middle", async () => {
    const chunks = await same(async (route) => {
      const running = await route.openai.chat.completions.create({
        ...body(route.model, "[[sim:tokens=50; gap=20ms]]"),
        stream: true,
      });
      const seen = [];
      for await (const chunk of running) {
        seen.push(chunk);
        if (seen.length === 5) {
          running.controller.abort();
        }
      }
      return seen.slice(0, 5);
    });

    assert.equal(chunks.length, 5);
  });
});

describe("errors", () => {
  for (const status of [400, 401, 402, 403, 404, 413, 429, 500, 503, 529]) {
    test(`pass the provider's ${status} through`, async () => {
      const error = await same((route) => failure(chat(route, `[[sim:status=${status}]]`)));

      assert.equal(error.status, status);
    });
  }

  test("name a model that does not exist", async () => {
    const error = await failure(chat({ ...through, model: "sim/nope" }, "Hello"));

    assert.equal(error.status, 404);
    assert.match(error.message, /nope/);
  });
});

describe("another vendor's model", () => {
  test("answers in this client's words", async () => {
    const answer = await chat(crossed, "Where is my order? [[sim:tokens=50]]");

    assert.equal(answer.choices[0].finish_reason, "stop");
    assert.equal(answer.usage?.completion_tokens, 50);
  });

  test("streams", async () => {
    const answer = await crossed.openai.chat.completions
      .stream(body(crossed.model, "Tell [[sim:tokens=30]]"))
      .finalChatCompletion();

    assert.ok(answer.choices[0].message.content);
  });

  test("keeps to a schema", async () => {
    const answer = await chat(crossed, "My parcel is lost!", { response_format: ticket });

    assert.equal(typeof JSON.parse(answer.choices[0].message.content ?? "").urgent, "boolean");
  });

  test("fails as this client expects", async () => {
    const error = await failure(chat(crossed, "[[sim:status=429]]"));

    assert.equal(error.status, 429);
    assert.equal(error.name, "RateLimitError");
  });
});

/** @param {string} baseURL */
function client(baseURL) {
  return new OpenAI({ baseURL: baseURL + "/v1", apiKey: "any", maxRetries: 0, timeout: 30_000 });
}

/** @param {string} model @param {string} prompt */
function body(model, prompt) {
  return { model, messages: [{ role: /** @type {const} */ ("user"), content: prompt }] };
}

/** @param {Route} route @param {string} prompt @param {object} [more] @param {object} [options] */
async function chat(route, prompt, more, options) {
  return route.openai.chat.completions.create({ ...body(route.model, prompt), ...more }, options);
}

/** @param {Route} route @param {string} prompt @param {object} [more] */
async function stream(route, prompt, more) {
  const request = { ...body(route.model, prompt), stream: /** @type {const} */ (true), ...more };
  return all(await route.openai.chat.completions.create(request));
}
