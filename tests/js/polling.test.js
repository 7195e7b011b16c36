// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { Polling } from "../../static/shared/polling.js";

/** A server that answers a poll when told to, and sees each that is asked. */
function fakeServer() {
  const asked = /** @type {any[]} */ ([]);
  let answer = /** @type {(body: object) => void} */ (() => {});
  let heard = /** @type {() => void} */ (() => {});
  const fetch = (/** @type {string} */ url, /** @type {any} */ { body, signal }) => {
    if (url.endsWith("send")) return Promise.resolve({ ok: true, json: async () => ({ answers: [] }) });
    asked.push(JSON.parse(body));
    heard();
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error("aborted")));
      answer = (json) => resolve({ ok: true, json: async () => json });
    });
  };
  const nextPoll = (/** @type {number} */ count) =>
    new Promise((resolve) => {
      heard = () => asked.length >= count && resolve(undefined);
      heard();
    });
  return { fetch: /** @type {any} */ (fetch), asked, nextPoll, answer: (/** @type {object} */ body) => answer(body) };
}

/** @param {any} server */
function start(server) {
  const topics = ["agent:1"];
  const failures = /** @type {number[]} */ ([]);
  const polling = new Polling({
    fetch: server.fetch,
    url: "/live/",
    headers: () => ({}),
    position: () => ({ last: "e.100-0", topics }),
    onFrame: () => {},
    onOpen: () => {},
    onPosition: () => {},
    pause: async () => {},
    onFailure: (status) => failures.push(status),
  });
  polling.start();
  return { polling, topics, failures };
}

test("a topic that is added is asked for at once, from its snapshot", async () => {
  const server = fakeServer();
  const { polling, topics, failures } = start(server);
  await server.nextPoll(1);
  server.answer({ last: "e.200-0", events: [] });
  await server.nextPoll(2);
  topics.push("ticket:a");
  polling.again("e.150-0");
  await server.nextPoll(3);
  assert.deepEqual(server.asked.map((each) => [each.last, each.topics.length]), [["e.100-0", 1], ["e.200-0", 1], ["e.150-0", 2]]);
  assert.deepEqual(failures, []);
  polling.stop();
});

test("a snapshot newer than the poll does not skip anything", async () => {
  const server = fakeServer();
  const { polling } = start(server);
  await server.nextPoll(1);
  polling.again("e.900-0");
  await server.nextPoll(2);
  assert.equal(server.asked[1].last, "e.100-0");
  polling.stop();
});
