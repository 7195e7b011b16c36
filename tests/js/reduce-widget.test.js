import assert from "node:assert/strict";
import { test } from "node:test";

import * as reduce from "../../static/widget/reduce.js";

const AGENT = { kind: "agent", name: "Maja" };
const ME = { kind: "contact", name: "" };

const rowOf = (changes = {}) => ({
  id: "t", version: 1, status: "open", assignee: null, created_at: "2026-11-25T10:00:00.000Z", last_seq: 0,
  last_at: "2026-11-25T10:00:00.000Z", last_preview: "", last_author: "contact", outbound_count: 0,
  contact_seen_outbound: 0, contact_seen_seq: 0, agents_seen_seq: 0, ...changes,
});

const messageOf = (seq, prev, changes = {}) => ({
  id: seq, ticket: "t", seq, prev, kind: "reply", author: AGENT, body: `m${seq}`, html: "", ref: null,
  created_at: `2026-11-25T10:00:0${seq % 10}.000Z`, event: null, files: [], choices: [], article: null, ...changes,
});

const created = (message, row) => ({ type: "message.created", ticket: "t", message, row });
const bootOf = (tickets) => ({ at: "e.1-0", visitor: {}, inbox: {}, team: { online: 0, people: [] }, tickets, surveys: [], articles: [] });
const bodies = (state) => state.threads.t.messages.map((message) => message.body);

function opened(messages = [messageOf(1, 0)], { more = false, row = rowOf({ version: 5, last_seq: 1 }) } = {}) {
  const state = reduce.withBoot(reduce.empty(), bootOf([row]), { shown: null, after: "reset" });
  return reduce.withThread(state, "t", { row, messages, more });
}

test("an announcement twice, or late, changes nothing more", () => {
  const first = messageOf(2, 1);
  let state = reduce.apply(opened(), created(first, rowOf({ version: 6 })));
  state = reduce.apply(state, created(messageOf(4, 2), rowOf({ version: 7 })));
  const again = reduce.apply(state, created(first, rowOf({ version: 6 })));
  assert.deepEqual(bodies(again), ["m1", "m2", "m4"]);
  assert.equal(again.rows.t.version, 7);
});

test("a public number that jumps is no gap as long as prev is ours", () => {
  const state = reduce.apply(opened(), created(messageOf(5, 1), rowOf({ version: 6 })));
  assert.equal(state.threads.t.whole, true);
});

test("a message whose predecessor we do not have makes a gap, and its arrival closes it", () => {
  let state = reduce.apply(opened(), created(messageOf(5, 3), rowOf({ version: 7 })));
  assert.equal(state.threads.t.whole, false);
  state = reduce.apply(state, created(messageOf(3, 1), rowOf({ version: 6 })));
  assert.equal(state.threads.t.whole, true);
  assert.deepEqual(bodies(state), ["m1", "m3", "m5"]);
});

test("my message is there once, whether the ack or the announcement comes first", () => {
  const entry = { ref: "r", ticket: "t", body: "mine" };
  const ack = { ref: "r", ticket: "t", seq: 2, id: 2, created_at: "2026-11-25T10:00:02.000Z" };
  const announced = created(messageOf(2, 1, { author: ME, body: "mine", ref: "r" }), rowOf({ version: 6 }));
  const ackFirst = reduce.apply(reduce.withAck(opened(), entry, ack), announced);
  const eventFirst = reduce.withAck(reduce.apply(opened(), announced), entry, ack);
  assert.deepEqual(ackFirst.threads, eventFirst.threads);
  assert.deepEqual(bodies(ackFirst), ["m1", "mine"]);
});

test("the ack of a start opens a thread before anything else is known of the ticket", () => {
  const entry = { ref: "r", ticket: "start:r", start: {}, body: "hello" };
  const state = reduce.withAck(reduce.empty(), entry, { ticket: "t", seq: 1, id: 1, created_at: "2026-11-25T10:00:00.000Z" });
  assert.deepEqual(bodies(state), ["hello"]);
  const followed = reduce.apply(state, created(messageOf(2, 1), rowOf({ version: 2 })));
  assert.equal(followed.threads.t.whole, true);
});

test("messages of a thread that nobody opened only change its row", () => {
  const state = reduce.withBoot(reduce.empty(), bootOf([rowOf()]), { shown: null, after: "reset" });
  const next = reduce.apply(state, created(messageOf(1, 0), rowOf({ version: 2, outbound_count: 1 })));
  assert.deepEqual(next.threads, {});
  assert.equal(reduce.unreadTotal(next), 1);
});

test("seeing a thread to its end leaves nothing unread", () => {
  const row = rowOf({ version: 5, last_seq: 3, outbound_count: 2 });
  const state = opened([messageOf(1, 0), messageOf(3, 1)], { row });
  assert.equal(reduce.unreadTotal(state), 2);
  assert.equal(reduce.unreadTotal(reduce.withSeen(state, "t", 3)), 0);
  assert.equal(reduce.unreadTotal(reduce.withSeen(state, "t", 1)), 2);
});

test("older messages come before, and 'more' is theirs", () => {
  const state = opened([messageOf(8, 7)], { more: true });
  const next = reduce.withOlder(state, "t", { messages: [messageOf(6, 0), messageOf(7, 6)], more: false });
  assert.deepEqual(bodies(next), ["m6", "m7", "m8"]);
  assert.equal(next.threads.t.more, false);
});

test("a page that reaches what is known joins it, one that does not replaces it", () => {
  const row = rowOf({ version: 9 });
  const state = opened([messageOf(1, 0), messageOf(2, 1)]);
  const joined = reduce.withThread(state, "t", { row, messages: [messageOf(2, 1), messageOf(3, 2)], more: true });
  assert.deepEqual(bodies(joined), ["m1", "m2", "m3"]);
  assert.equal(joined.threads.t.more, false);
  const replaced = reduce.withThread(state, "t", { row, messages: [messageOf(70, 69)], more: true });
  assert.deepEqual(bodies(replaced), ["m70"]);
  assert.equal(replaced.threads.t.more, true);
});

test("after a reset only the snapshot counts; a look loses nothing announced meanwhile", () => {
  const state = reduce.apply(opened(), { type: "ticket.created", row: rowOf({ id: "u", version: 1 }) });
  const stale = bootOf([rowOf({ version: 5 })]);
  assert.deepEqual(Object.keys(reduce.withBoot(state, stale, { shown: "t", after: "look" }).rows).sort(), ["t", "u"]);
  const reset = reduce.withBoot(state, stale, { shown: "t", after: "reset" });
  assert.deepEqual(Object.keys(reset.rows), ["t"]);
  assert.deepEqual(bodies(reset), ["m1"]);
  assert.deepEqual(reduce.withBoot(state, stale, { shown: null, after: "reset" }).threads, {});
});

test("nobody waits once somebody has taken or answered the conversation, or once it is over", () => {
  const waiting = reduce.apply(opened(), { type: "queue.position", ticket: "t", position: 3, ahead: 2 });
  assert.equal(waiting.queue.t.ahead, 2);
  for (const change of [{ assignee: { name: "Maja" } }, { last_author: "agent" }, { status: "solved" }]) {
    const state = reduce.apply(waiting, { type: "ticket.changed", row: rowOf({ version: 6, ...change }) });
    assert.deepEqual(state.queue, {});
  }
});

test("a thread that is loaded while it waits brings its place in the queue", () => {
  const page = { row: rowOf({ version: 6 }), messages: [messageOf(1, 0)], more: false, queue: { position: 2, ahead: 1 } };
  assert.equal(reduce.withThread(opened(), "t", page).queue.t.ahead, 1);
});

test("a survey is offered once and goes when it is answered", () => {
  const offer = { type: "survey.offered", ticket: "t", survey: { id: "s", question: "?", choices: [] } };
  const state = reduce.apply(reduce.apply(opened(), offer), offer);
  assert.deepEqual(state.surveys.map((s) => [s.id, s.ticket]), [["s", "t"]]);
  assert.deepEqual(reduce.withoutSurvey(state, "s").surveys, []);
});

test("redacted text replaces what is shown, and unknown types change nothing", () => {
  const state = opened();
  const redacted = reduce.apply(state, { type: "message.updated", ticket: "t", message: messageOf(1, 0, { body: "" }) });
  assert.deepEqual(bodies(redacted), [""]);
  assert.equal(reduce.apply(state, { type: "message.updated", ticket: "t", message: messageOf(9, 8) }), state);
  assert.equal(reduce.apply(state, { type: "invite" }), state);
});

test("a ticket that is gone takes its thread with it", () => {
  const state = reduce.apply(opened(), { type: "ticket.gone", ticket: "t" });
  assert.deepEqual([state.rows, state.threads], [{}, {}]);
});

test("what the server says of a place counts from now; null means that nobody waits", () => {
  const state = reduce.withQueue(opened(), "t", { position: 3, ahead: 2, wait: { low: 4, high: 6 } }, 1_000);
  assert.deepEqual(state.queue.t, { position: 3, ahead: 2, wait: { low: 4, high: 6 }, heard: 1_000, late: false, promised: 361_000 });
  const moved = reduce.apply(state, { type: "queue.position", ticket: "t", position: 2, ahead: 1 });
  assert.deepEqual([moved.queue.t.ahead, moved.queue.t.wait.high], [1, 6]);
  assert.deepEqual(reduce.withQueue(moved, "t", null, 2_000).queue, {});
});

test("a promise that has passed is owned up to, and another one made", () => {
  const place = { position: 1, ahead: 0, wait: { low: 0, high: 1 } };
  let state = reduce.withQueue(opened(), "t", place, 0);
  state = reduce.withQueue(state, "t", place, 30_000);
  assert.deepEqual([state.queue.t.late, state.queue.t.promised], [false, 60_000]);
  state = reduce.withQueue(state, "t", place, 61_000);
  assert.deepEqual([state.queue.t.late, state.queue.t.promised], [true, 121_000]);
  state = reduce.withQueue(state, "t", { ...place, wait: null }, 200_000);
  assert.deepEqual([state.queue.t.late, state.queue.t.promised], [true, undefined]);
});

test("after a start nothing is asked again before a chat; a left message has answered nothing", () => {
  const asking = { ...reduce.empty(), prechat: { questions: [], consent: null } };
  const ack = { ticket: "t", seq: 1, id: 1, created_at: "2026-11-25T10:00:00.000Z" };
  const begun = (start) => reduce.withAck(asking, { ref: "r", ticket: "start:r", start, body: "hello" }, ack);
  assert.equal(begun({ via: "chat" }).prechat, null);
  assert.equal(begun({}).prechat, null);
  assert.notEqual(begun({ via: "message" }).prechat, null);
});

test("a left message or a call asked for is no chat to go on with", () => {
  assert.deepEqual(["chat", "message", "callback"].map((via) => reduce.isOpenChat(rowOf({ via }))), [true, false, false]);
  assert.equal(reduce.isOpenChat(rowOf({ via: "chat", status: "solved" })), false);
});
