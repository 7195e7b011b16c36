// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import {
  applyList,
  applyOlder,
  applyThread,
  comparable,
  emptyState,
  reduce,
  rowsOf,
} from "../../static/console/store/reduce.js";
import { hasGap } from "../../static/console/store/messages.js";
import { contactPeek, contactTyping } from "../../static/console/store/select.js";

const ME = 7;
const at = (/** @type {number} */ n) => `e.${1000 + n}-0`;

/** @param {string} id @param {object} changes */
function row(id, changes = {}) {
  return /** @type {any} */ ({
    id,
    number: id.charCodeAt(0),
    version: 1,
    status: "open",
    inbox: { id: 1, name: "Shop" },
    team: { id: 1, name: "Support" },
    assignee: { id: ME, name: "Maja" },
    contact: { id: 5, name: "Elif" },
    labels: [],
    last_seq: 1,
    last_at: "2026-11-25T10:00:00.000Z",
    contact_seen_seq: 0,
    agents_seen_seq: 0,
    inbound_count: 1,
    ...changes,
  });
}

/** @param {string} ticket @param {number} seq @param {object} changes */
function message(ticket, seq, changes = {}) {
  const author = { kind: "contact", id: null, name: "Elif" };
  return /** @type {any} */ ({ id: `m${seq}`, ticket, seq, prev: seq - 1, kind: "reply", body: `${seq}`, author, ...changes });
}

/** @param {any[]} rows @param {object} changes */
const list = (rows, changes = {}) => ({ at: at(0), topics: ["agent:7"], rows, seen: {}, next: null, counts: {}, ...changes });

/** @param {any} ticket @param {any[]} messages @param {object} changes */
const thread = (ticket, messages, changes = {}) =>
  ({ at: at(0), row: ticket, messages, more: false, contact: null, visit: null, history: [], ...changes });

/** @param {any} state @param {string} view */
const ids = (state, view) => rowsOf(state, view).map((/** @type {any} */ each) => each.id);

test("the highest version of a row wins in any order", () => {
  const changed = (/** @type {number} */ version) =>
    ({ type: "ticket.changed", at: at(version), topic: "agent:7", row: row("a", { version, subject: `v${version}` }) });
  let state = applyList(emptyState(ME), "mine", list([row("a")]));
  for (const version of [3, 2, 3]) state = reduce(state, changed(version));
  assert.equal(state.rows.a.subject, "v3");
});

test("what was seen is merged even when the version did not rise", () => {
  let state = applyList(emptyState(ME), "mine", list([row("a", { version: 4 })]));
  const event = (/** @type {object} */ changes) => ({ type: "ticket.changed", at: at(1), topic: "all", row: row("a", changes) });
  state = reduce(state, event({ version: 4, contact_seen_seq: 9 }));
  assert.equal(state.rows.a.contact_seen_seq, 9);
  state = reduce(state, event({ version: 5, contact_seen_seq: 2 }));
  assert.equal(state.rows.a.contact_seen_seq, 9);
});

test("rows stand newest first and the number breaks ties", () => {
  const rows = [row("a"), row("c"), row("b", { last_at: "2026-11-25T11:00:00.000Z" })];
  assert.deepEqual(ids(applyList(emptyState(ME), "mine", list(rows)), "mine"), ["b", "c", "a"]);
});

test("a message moves its row up and enters the thread once", () => {
  let state = applyList(emptyState(ME), "mine", list([row("a"), row("b")]));
  state = applyThread(state, thread(row("a"), [message("a", 1)]));
  const event = {
    type: "message.created",
    at: at(1),
    topic: "agent:7",
    ticket: "a",
    message: message("a", 2),
    row: row("a", { version: 2, last_seq: 2, last_at: "2026-11-25T12:00:00.000Z" }),
  };
  state = reduce(reduce(state, event), event);
  assert.deepEqual(ids(state, "mine"), ["a", "b"]);
  assert.deepEqual(state.threads.a.messages.map((each) => each.seq), [1, 2]);
});

test("messages that come out of order are put in order, and a hole is noticed", () => {
  let state = applyThread(emptyState(ME), thread(row("a"), [message("a", 1)]));
  const created = (/** @type {number} */ seq) =>
    ({ type: "message.created", at: at(seq), topic: "all", ticket: "a", message: message("a", seq), row: row("a", { version: seq }) });
  state = reduce(state, created(3));
  assert.ok(hasGap(state.threads.a.messages));
  state = reduce(state, created(2));
  assert.deepEqual(state.threads.a.messages.map((each) => each.seq), [1, 2, 3]);
  assert.ok(!hasGap(state.threads.a.messages));
});

test("a late copy of a message does not undo its edit", () => {
  let state = applyThread(emptyState(ME), thread(row("a"), [message("a", 1)]));
  state = reduce(state, { type: "message.updated", at: at(1), topic: "all", ticket: "a", message: message("a", 1, { body: "" }) });
  state = reduce(state, { type: "message.created", at: at(2), topic: "all", ticket: "a", message: message("a", 1), row: row("a") });
  assert.equal(state.threads.a.messages[0].body, "");
});

test("a reassigned row leaves mine by its own change", () => {
  let state = applyList(emptyState(ME), "mine", list([row("a")], { counts: { mine: 1, all: 1 } }));
  const changed = row("a", { version: 2, assignee: { id: 8, name: "Deniz" } });
  state = reduce(state, { type: "ticket.changed", at: at(1), topic: "all", row: changed });
  assert.deepEqual(ids(state, "mine"), []);
  assert.deepEqual(ids(state, "all"), ["a"]);
  assert.deepEqual(state.counts, { mine: 0, all: 1 });
});

test("gone removes what its topic covers, not a row that has moved on", () => {
  const gone = { type: "ticket.gone", at: at(2), topic: "agent:7", ticket: "a" };
  const start = applyList(emptyState(ME), "mine", list([row("a")]));
  assert.deepEqual(ids(reduce(start, gone), "mine"), []);

  const moved = { type: "ticket.changed", at: at(1), topic: "all", row: row("a", { version: 2, assignee: null }) };
  const either = [
    reduce(reduce(start, moved), gone),
    reduce(reduce(start, gone), moved),
  ];
  for (const state of either) assert.deepEqual(ids(state, "unassigned"), ["a"]);
});

test("a late copy does not bring back a row that is gone", () => {
  let state = applyList(emptyState(ME), "mine", list([row("a", { version: 4 })]));
  state = reduce(state, { type: "ticket.gone", at: at(2), topic: "agent:7", ticket: "a", version: 5 });
  state = reduce(state, { type: "ticket.changed", at: at(3), topic: "agent:7", row: row("a", { version: 4 }) });
  assert.deepEqual(ids(state, "mine"), []);
});

test("an old gone does not remove a row that has come back", () => {
  let state = applyList(emptyState(ME), "mine", list([row("a", { version: 6 })]));
  state = reduce(state, { type: "ticket.gone", at: at(9), topic: "agent:7", ticket: "a", version: 5 });
  assert.deepEqual(ids(state, "mine"), ["a"]);
});

test("a snapshot removes what it does not list, except what a newer event brought", () => {
  let state = applyList(emptyState(ME), "mine", list([row("a"), row("b")]));
  state = reduce(state, { type: "ticket.created", at: at(20), topic: "agent:7", row: row("c") });
  state = applyList(state, "mine", list([row("a")], { at: at(10) }));
  assert.deepEqual(ids(state, "mine"), ["c", "a"]);
});

test("a snapshot that is older than a gone event does not bring the row back", () => {
  let state = applyList(emptyState(ME), "mine", list([row("a")]));
  state = reduce(state, { type: "ticket.gone", at: at(20), topic: "agent:7", ticket: "a" });
  state = applyList(state, "mine", list([row("a")], { at: at(10) }));
  assert.deepEqual(ids(state, "mine"), []);
  state = applyList(state, "mine", list([row("a")], { at: at(30) }));
  assert.deepEqual(ids(state, "mine"), ["a"]);
});

test("a list shows nothing below its last loaded row until the next page is there", () => {
  const when = (/** @type {number} */ hour) => ({ last_at: `2026-11-25T${hour}:00:00.000Z` });
  let state = applyList(emptyState(ME), "mine", list([row("a", when(15)), row("b", when(14))], { next: "x" }));
  state = reduce(state, { type: "ticket.changed", at: at(1), topic: "all", row: row("c", when(12)) });
  assert.deepEqual(ids(state, "mine"), ["a", "b"]);
  state = applyList(state, "mine", list([row("d", when(13)), row("c", when(12))]), true);
  assert.deepEqual(ids(state, "mine"), ["a", "b", "d", "c"]);
});

test("older messages join the top", () => {
  let state = applyThread(emptyState(ME), thread(row("a"), [message("a", 3)], { more: true }));
  state = applyOlder(state, "a", { messages: [message("a", 1), message("a", 2)], more: false });
  assert.deepEqual(state.threads.a.messages.map((each) => each.seq), [1, 2, 3]);
  assert.equal(state.threads.a.more, false);
});

test("a thread loaded again after a long absence shows no false history", () => {
  let state = applyThread(emptyState(ME), thread(row("a"), [message("a", 1), message("a", 2)]));
  state = applyThread(state, thread(row("a"), [message("a", 60), message("a", 61)], { more: true }));
  assert.deepEqual(state.threads.a.messages.map((each) => each.seq), [60, 61]);
  assert.equal(state.threads.a.more, true);
});

test("a withdrawn right takes the content with it", () => {
  let state = applyThread(emptyState(ME), thread(row("a"), [message("a", 1)]));
  state = reduce(state, { type: "unsubscribed", topic: "ticket:a" });
  assert.deepEqual([state.threads, state.rows], [{}, {}]);
});

test("what a customer types is shown until he stops", () => {
  const who = { kind: "contact", id: null, name: "Elif" };
  const typing = { type: "ticket.typing", at: at(1), topic: "ticket:a", ticket: "a", who, on: true };
  let state = reduce(emptyState(ME), { ...typing, text: "Where is" });
  assert.equal(contactPeek(state, "a"), "Where is");
  state = reduce(state, { ...typing, text: "Where is my order" });
  assert.equal(contactPeek(state, "a"), "Where is my order");
  state = reduce(state, typing);
  assert.equal(contactPeek(state, "a"), "");
  assert.ok(contactTyping(state, "a"));
});

test("someone who sent his message is no longer typing", () => {
  const who = { kind: "contact", id: null, name: "Elif" };
  let state = applyList(emptyState(ME), "mine", list([row("a")]));
  state = reduce(state, { type: "ticket.typing", at: at(1), topic: "all", ticket: "a", who, on: true });
  assert.equal(state.typing.a.length, 1);
  state = reduce(state, { type: "message.created", at: at(2), topic: "all", ticket: "a", message: message("a", 2), row: row("a", { version: 2 }) });
  assert.deepEqual(state.typing, {});
});

test("unknown events change nothing", () => {
  const state = emptyState(ME);
  assert.equal(reduce(state, { type: "ticket.exploded", at: at(1) }), state);
});

test("events and a fresh snapshot end alike", () => {
  const before = row("a");
  const after = row("a", { version: 2, last_seq: 2, last_at: "2026-11-25T12:00:00.000Z", inbound_count: 2 });
  let kept = applyThread(applyList(emptyState(ME), "mine", list([before])), thread(before, [message("a", 1)]));
  kept = reduce(kept, { type: "message.created", at: at(1), topic: "all", ticket: "a", message: message("a", 2), row: after });
  kept = reduce(kept, { type: "ticket.seen", at: at(2), topic: "agent:7", ticket: "a", seq: 2, inbound_count: 2 });
  const seen = { a: { seq: 2, inbound_count: 2 } };
  let fresh = applyList(emptyState(ME), "mine", list([after], { seen, at: at(2) }));
  fresh = applyThread(fresh, thread(after, [message("a", 1), message("a", 2)], { at: at(2) }));
  assert.deepEqual(comparable(kept, "mine"), comparable(fresh, "mine"));
});
