import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Keep } from "../../static/shared/keep.js";
import { Outbox } from "../../static/shared/outbox.js";
import { settle } from "./support/fakes.js";

let storage, sent, outbox, entries, acked, number;

class MemoryStorage {
  getItem = (key) => this[key] ?? null;
  setItem = (key, value) => void (this[key] = value);
  removeItem = (key) => void delete this[key];
}

function makeOutbox() {
  return new Outbox({
    keep: new Keep("shop:", () => storage),
    send: (frame) => new Promise((resolve, reject) => sent.push({ frame, resolve, reject })),
    changed: (all) => (entries = all),
    acknowledged: (entry, ack) => acked.push([entry.ref, ack.seq]),
    newRef: () => `ref${++number}`,
    now: () => new Date("2026-11-25T10:00:00Z"),
  });
}

beforeEach(() => {
  storage = new MemoryStorage();
  [sent, entries, acked, number] = [[], [], [], 0];
  outbox = makeOutbox();
});

const bodies = () => sent.map(({ frame }) => frame.body);

async function acknowledge(index, ack) {
  sent[index].resolve({ ref: sent[index].frame.ref, ...ack });
  await settle();
}

test("messages of a ticket go one at a time, in the order they were written", async () => {
  for (const body of ["one", "two", "three"]) outbox.add({ ticket: "t", body });
  assert.deepEqual(bodies(), ["one"]);
  await acknowledge(0, { ticket: "t", seq: 1 });
  await acknowledge(1, { ticket: "t", seq: 2 });
  assert.deepEqual(bodies(), ["one", "two", "three"]);
  assert.deepEqual(acked, [["ref1", 1], ["ref2", 2]]);
  assert.deepEqual(entries.map((e) => e.body), ["three"]);
});

test("tickets do not wait for each other", () => {
  outbox.add({ ticket: "a", body: "one" });
  outbox.add({ ticket: "b", body: "two" });
  assert.deepEqual(bodies(), ["one", "two"]);
});

test("a start holds back what follows until the ticket is known", async () => {
  const first = outbox.add({ start: { language: "en" }, body: "hello" });
  outbox.add({ ticket: first.ticket, body: "are you there?" });
  assert.deepEqual(bodies(), ["hello"]);
  assert.deepEqual(sent[0].frame.start, { language: "en" });
  await acknowledge(0, { ticket: "t9", seq: 1 });
  assert.equal(sent[1].frame.ticket, "t9");
  assert.equal(sent[1].frame.start, undefined);
});

test("a reload loses nothing and keeps the refs and the order", async () => {
  const first = outbox.add({ start: { language: "en" }, body: "hello" });
  outbox.add({ ticket: first.ticket, body: "still here" });
  sent = [];
  outbox = makeOutbox();
  outbox.restore();
  assert.deepEqual(sent.map(({ frame }) => [frame.ref, frame.body]), [["ref1", "hello"]]);
  await acknowledge(0, { ticket: "t9", seq: 1 });
  assert.deepEqual(sent[1].frame, { type: "message.send", ref: "ref2", ticket: "t9", body: "still here", kind: "reply" });
  await acknowledge(1, { ticket: "t9", seq: 2 });
  outbox = makeOutbox();
  outbox.restore();
  assert.deepEqual(entries, []);
});

test("a refused message stays with the server's words, and the next one goes on", async () => {
  outbox.add({ ticket: "t", body: "one" });
  outbox.add({ ticket: "t", body: "two" });
  sent[0].reject({ code: "too_long", message: "Too long." });
  await settle();
  assert.equal(entries[0].state, "failed");
  assert.equal(entries[0].error.message, "Too long.");
  assert.deepEqual(bodies(), ["one", "two"]);
});

test("trying again uses the same ref", async () => {
  outbox.add({ ticket: "t", body: "one" });
  sent[0].reject({ code: "closed", message: "" });
  await settle();
  outbox.retry("ref1", { seenSeq: 7 });
  assert.equal(sent[1].frame.ref, "ref1");
  assert.equal(sent[1].frame.seen_seq, 7);
  assert.equal(entries[0].state, "sending");
});

test("when a refused start is discarded, the next message starts the conversation", async () => {
  const first = outbox.add({ start: { language: "en" }, body: "x".repeat(20_000) });
  outbox.add({ ticket: first.ticket, body: "short" });
  sent[0].reject({ code: "too_long", message: "" });
  await settle();
  assert.equal(sent.length, 1);
  outbox.discard("ref1");
  assert.deepEqual(sent[1].frame.start, { language: "en" });
  assert.equal(sent[1].frame.body, "short");
});

test("without storage everything lives in memory and says so", () => {
  const keep = new Keep("shop:", () => {
    throw new Error("denied");
  });
  keep.set("token", "t");
  assert.equal(keep.get("token"), "t");
  assert.deepEqual(keep.keys("to"), ["token"]);
  assert.equal(keep.durable, false);
  keep.set("token", null);
  assert.equal(keep.get("token"), null);
});
