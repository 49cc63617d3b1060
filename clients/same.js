// @ts-check
// What a caller sees of a client, made comparable.

import assert from "node:assert/strict";

// What differs between two calls that are alike: ids and times.
const OWN = new Set([
  ...["id", "_request_id", "request_id", "requestID", "responseId", "toolCallId", "itemId"],
  ...["item_id", "call_id", "callId", "tool_call_id", "tool_use_id", "messageId", "message_id"],
  ...["created", "created_at", "completed_at", "timestamp", "system_fingerprint", "signature"],
]);

/**
 * A scenario that gives through Faregate what it gives directly. `through` alone is told, so that
 * a test goes on with it.
 *
 * @template R
 * @param {() => { direct: R, through: R }} routes
 * @returns {(scenario: (route: R) => Promise<any>) => Promise<any>}
 */
export function sameOver(routes) {
  return async (scenario) => {
    const { direct, through } = routes();
    const expected = neutral(await scenario(direct));
    const seen = neutral(await scenario(through));
    assert.deepEqual(seen, expected);
    return seen;
  };
}

/**
 * The error that a call ends with, as its caller sees it.
 *
 * @param {Promise<any>} call
 */
export async function failure(call) {
  try {
    await call;
  } catch (/** @type {any} */ error) {
    const { status, statusCode, code, type, param, message } = error;
    return { name: error.constructor.name, status: status ?? statusCode, code, type, param, message };
  }
  assert.fail("the call should have failed");
}

/**
 * All that a stream gives.
 *
 * @template T
 * @param {AsyncIterable<T>} stream
 */
export async function all(stream) {
  const seen = [];
  for await (const each of stream) {
    seen.push(each);
  }
  return seen;
}

/**
 * What a stream gives until its connection breaks, which it has to.
 *
 * @template T
 * @param {AsyncIterable<T>} stream
 */
export async function untilBroken(stream) {
  /** @type {T[]} */
  const seen = [];
  await assert.rejects(async () => {
    for await (const each of stream) {
      seen.push(each);
    }
  });
  return seen;
}

/**
 * A value without what differs between two calls.
 *
 * @param {any} value
 * @returns {any}
 */
export function neutral(value) {
  if (Array.isArray(value)) {
    return value.map(neutral);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  const kept = Object.entries(value).filter(([key]) => !OWN.has(key));
  return Object.fromEntries(kept.map(([key, inner]) => [key, neutral(inner)]));
}
