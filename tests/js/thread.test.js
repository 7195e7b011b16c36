import assert from "node:assert/strict";
import { test } from "node:test";

import { hasGap, layOut, mergeMessages } from "../../static/shared/thread.js";
import { dayOf } from "../../static/shared/time.js";

const at = (time) => new Date(`2026-11-25T${time}`).toISOString();
const message = (seq, author, time, changes = {}) => ({
  seq, prev: seq - 1, kind: "reply", author: { kind: author, name: author }, body: `m${seq}`, created_at: at(time), ...changes,
});
const shape = (messages) => layOut(messages, dayOf).map((block) => (block.type === "group" ? block.messages.map((m) => m.body).join("+") : block.type));

test("one author's messages within three minutes stand together", () => {
  const messages = [message(1, "contact", "10:00:00"), message(2, "contact", "10:02:00"), message(3, "contact", "10:06:00"), message(4, "agent", "10:06:01")];
  assert.deepEqual(shape(messages), ["day", "m1+m2", "m3", "m4"]);
});

test("events and midnight part what stands together", () => {
  const messages = [
    message(1, "contact", "23:59:00"), message(2, "system", "23:59:10", { kind: "event" }), message(3, "contact", "23:59:20"),
    { ...message(4, "contact", "23:59:30"), created_at: new Date("2026-11-26T00:00:30").toISOString() },
  ];
  assert.deepEqual(shape(messages), ["day", "m1", "event", "m3", "day", "m4"]);
});

test("the line before what is new parts what stands together", () => {
  const messages = [message(1, "agent", "10:00:00"), message(2, "agent", "10:00:01"), message(3, "agent", "10:00:02")];
  const blocks = layOut(messages, dayOf, messages[1]);
  assert.deepEqual(blocks.map(({ type, messages: said }) => said?.map((m) => m.body).join("+") ?? type), ["day", "m1", "new", "m2+m3"]);
  assert.deepEqual(layOut(messages, dayOf, messages[0]).map(({ type }) => type), ["day", "new", "group"]);
});

test("a message that was refused stands alone, so that its way out is clear", () => {
  const messages = [message(1, "contact", "10:00:00"), message(2, "contact", "10:00:01", { state: "failed" }), message(3, "contact", "10:00:02")];
  assert.deepEqual(shape(messages), ["day", "m1", "m2", "m3"]);
});

test("what comes twice or late is merged once and in order, and keeps what only one of the two said", () => {
  const known = [message(1, "contact", "10:00:00", { ref: "r" }), message(3, "agent", "10:00:02")];
  const merged = mergeMessages(known, [message(2, "agent", "10:00:01"), { ...message(1, "contact", "10:00:00"), html: "<p>m1</p>" }]);
  assert.deepEqual(merged.map((m) => m.body), ["m1", "m2", "m3"]);
  assert.deepEqual([merged[0].ref, merged[0].html], ["r", "<p>m1</p>"]);
  assert.equal(hasGap(known), true);
  assert.equal(hasGap(merged), false);
});
