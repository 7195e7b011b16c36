// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { burstCounter } from "../../static/shared/bursts.js";
import { blocksOf, withOwn } from "../../static/console/store/blocks.js";
import { capped, colleaguesReplying, groupsOf, rowAfter, unreadOf } from "../../static/console/store/select.js";
import { emptyState } from "../../static/console/store/state.js";
import { cameFrom, deviceOf, isWebAddress, pathOf } from "../../static/console/visit.js";

const row = (/** @type {string} */ id, /** @type {string|null} */ waiting, changes = {}) =>
  /** @type {any} */ ({ id, waiting_since: waiting, inbound_count: 3, ...changes });

const NOW = "2026-11-25T10:00:00.000Z";
const message = (/** @type {number} */ seq, /** @type {string} */ kind, changes = {}) =>
  /** @type {any} */ ({ seq, kind: "reply", author: { kind, id: null, name: kind }, created_at: NOW, event: null, ...changes });

test("unread is what the customer wrote since I read", () => {
  const state = { ...emptyState(7), seen: { a: { seq: 4, inbound_count: 2 } } };
  assert.equal(unreadOf(state, row("a", null)), 1);
  assert.equal(unreadOf(state, row("b", null)), 3);
  assert.equal(unreadOf(state, { ...row("b", null), status: "solved" }), 0);
});

test("work in progress is split by whose turn it is", () => {
  const rows = [row("a", null), row("b", NOW)];
  assert.deepEqual(groupsOf("mine", rows).map((group) => group.name), ["needs_reply", "waiting"]);
  assert.deepEqual(groupsOf("solved", rows).map((group) => group.name), [""]);
});

test("after solving comes the next that needs a reply, else the next", () => {
  const rows = [row("a", NOW), row("b", null), row("c", NOW)];
  assert.equal(rowAfter(rows, "a")?.id, "c");
  assert.equal(rowAfter(rows, "c")?.id, "a");
  assert.equal(rowAfter([row("a", null), row("b", null)], "a")?.id, "b");
  assert.equal(rowAfter([row("a", NOW)], "a"), null);
});

test("counts stop at 99", () => {
  assert.deepEqual([capped(99), capped(100)], ["99", "99+"]);
});

test("a colleague who writes is named once, I am not", () => {
  const deniz = { id: 8, name: "Deniz" };
  const state = {
    ...emptyState(7),
    viewers: { a: [{ ...deniz, replying: true }, { id: 7, name: "Maja", replying: true }] },
    typing: { a: [{ kind: "agent", ...deniz }] },
  };
  assert.deepEqual(colleaguesReplying(state, "a"), ["Deniz"]);
});

test("the New line stands before the first unread message, inside a group too", () => {
  const messages = [message(1, "contact"), message(2, "contact"), message(3, "contact")];
  const blocks = blocksOf(messages, () => "day", { ticket: "a", seq: 1, until: 3 });
  assert.deepEqual(blocks.map((block) => block.type), ["day", "group", "new", "group"]);
  assert.equal(blocks[3].messages[0].seq, 2);
});

test("what comes while I look gets no New line", () => {
  const blocks = blocksOf([message(1, "contact"), message(2, "contact")], () => "day", { ticket: "a", seq: 1, until: 1 });
  assert.deepEqual(blocks.map((block) => block.type), ["day", "group"]);
});

test("what is on its way stands at the end, and an acknowledged message once", () => {
  const entry = /** @type {any} */ ({ ref: "r2", ticket: "a", kind: "reply", body: "2", written: NOW });
  const sent = message(5, "agent", { ref: "r1", ticket: "a" });
  const me = { id: 7, name: "Maja" };
  const before = withOwn("a", [message(4, "contact")], [entry], [sent], me);
  assert.deepEqual(before.map((each) => each.ref ?? each.seq), [4, "r1", "r2"]);
  const after = withOwn("a", [message(4, "contact"), sent], [entry], [sent], me);
  assert.deepEqual(after.map((each) => each.ref ?? each.seq), [4, "r1", "r2"]);
});

test("a burst of messages is counted, single ones are not", () => {
  let now = 0;
  const count = burstCounter(() => now);
  assert.deepEqual([count(), count(), count()], [0, 0, 0]);
  assert.equal(count(), 4);
  now = 5_000;
  assert.equal(count(), 0);
});

test("a visit is said in a few words", () => {
  const chrome = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36";
  assert.equal(deviceOf(chrome), "Chrome, Android");
  assert.equal(deviceOf(""), "");
  assert.equal(pathOf("https://shop.example/a%20b?x=1"), "/a b");
  assert.equal(pathOf("not an address"), "");
  assert.equal(pathOf("https://shop.example/%E0%A4%A"), "");
  assert.equal(cameFrom("https://www.google.com/search?q=x", "https://shop.example/"), "google.com");
  assert.equal(cameFrom("https://shop.example/lamps", "https://shop.example/"), "/lamps");
});

test("only web addresses become links", () => {
  assert.ok(isWebAddress("https://shop.example/"));
  assert.ok(!isWebAddress("javascript:alert(1)"));
});
