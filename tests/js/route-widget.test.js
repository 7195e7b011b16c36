import assert from "node:assert/strict";
import { test } from "node:test";

import { isOpen } from "../../static/widget/reduce.js";
import * as route from "../../static/widget/route.js";

const names = (trail) => trail.map(({ name }) => name);
const walk = (...views) => views.reduce(route.visit, [route.HOME]);
const CHAT = { name: "chat", ticket: "t" };

test("back leads where one came from, and a tab begins anew", () => {
  const trail = walk({ name: "search" }, { name: "article", slug: "a" }, { name: "prechat" });
  assert.deepEqual(names(trail), ["home", "search", "article", "prechat"]);
  assert.deepEqual(names(route.back(trail)), ["home", "search", "article"]);
  assert.deepEqual(names(route.visit(trail, { name: "messages" })), ["messages"]);
  assert.deepEqual(route.back([{ name: "messages" }]), [route.HOME]);
});

test("a view that lies behind us is returned to, not visited twice", () => {
  const trail = walk(CHAT, { name: "rating", ticket: "t" });
  assert.deepEqual(names(route.visit(trail, CHAT)), ["home", "chat"]);
  assert.deepEqual(names(route.visit(trail, { name: "chat", ticket: "u" })), ["home", "chat", "rating", "chat"]);
});

test("a form gives way to what comes of it", () => {
  const trail = route.replace(walk({ name: "prechat" }), { name: "chat", ticket: "start:r" });
  assert.deepEqual(names(trail), ["home", "chat"]);
  assert.equal(route.renamed(trail, "start:r", "t")[1].ticket, "t");
});

test("the trail does not grow without end", () => {
  const articles = Array.from({ length: 40 }, (_, i) => ({ name: "article", slug: `a${i}` }));
  assert.ok(walk(...articles).length <= 8);
});

test("what an earlier page left is taken up, without conversations that are no more", () => {
  const kept = [route.HOME, CHAT, { name: "search", query: "lamp" }];
  assert.deepEqual(names(route.restored(kept, () => true)), ["home", "chat", "search"]);
  assert.deepEqual(names(route.restored(kept, () => false)), ["home", "search"]);
  for (const broken of [null, "t", [], [null, {}], { name: "chat" }]) assert.deepEqual(route.restored(broken, () => true), [route.HOME]);
});

const stateOf = ({ status = "open", queue = {} } = {}) => ({ rows: { t: { id: "t", status } }, queue });
const settled = (view, state, pending = []) => route.settled(view, state, pending, isOpen);

test("who waits sees the queue, unless he writes; who is taken sees the conversation", () => {
  const waiting = stateOf({ queue: { t: { position: 1, ahead: 0 } } });
  assert.deepEqual(settled(CHAT, waiting), { name: "queue", ticket: "t" });
  const writing = { ...CHAT, writing: true };
  assert.equal(settled(writing, waiting), writing);
  assert.deepEqual(settled({ name: "queue", ticket: "t" }, stateOf()), CHAT);
});

test("a view without a conversation, or of one that is not loaded, stays", () => {
  const queue = { name: "queue", ticket: "u" };
  assert.equal(settled(queue, stateOf()), queue);
  assert.equal(settled(route.HOME, stateOf({ queue: { t: { ahead: 1 } } })), route.HOME);
});

test("a rating gives way when the conversation goes on", () => {
  const rating = { name: "rating", ticket: "t" };
  assert.equal(settled(rating, stateOf({ status: "solved" })), rating);
  assert.deepEqual(settled(rating, stateOf()), CHAT);
});

test("answers that were refused lead back to their form; another failure stays in the conversation", () => {
  const view = { name: "chat", ticket: "start:r" };
  const entry = { ref: "r", ticket: "start:r", start: {}, state: "failed", error: { code: "invalid", message: "No.", field: "email" } };
  assert.deepEqual(settled(view, stateOf(), [entry]), { name: "prechat", ref: "r" });
  const left = { ...entry, start: { via: "message" } };
  assert.deepEqual(settled({ name: "thanks", ticket: "start:r" }, stateOf(), [left]), { name: "message", ref: "r" });
  assert.equal(settled(view, stateOf(), [{ ...entry, error: { code: "not_allowed", message: "No." } }]), view);
  assert.equal(settled(view, stateOf(), [{ ...entry, state: "sending" }]), view);
});
