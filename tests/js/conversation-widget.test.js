// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { groupsWith, moved, rowsOf, withRecent } from "../../static/widget/emoji.js";
import { patience, unanswered } from "../../static/widget/no-reply.js";
import { firstNew, newsAfter } from "../../static/widget/place.js";
import { Typing } from "../../static/widget/typing.js";
import { Voice } from "../../static/widget/voice.js";
import { Clock, settle } from "./support/fakes.js";

const MINUTE = 60_000;
const said = (seq, author, kind = "reply") => ({ seq, ref: `r${seq}`, kind, author: { kind: author, name: author } });

/** @returns {[Clock, import("../../static/shared/timers.js").Clock]} */
function stopped() {
  const clock = new Clock();
  clock.now = 1_000_000;
  return [clock, { now: () => clock.now, setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout }];
}

// ---- emoji --------------------------------------------------------------------------------------

test("six groups of emoji, each of them once", () => {
  const all = groupsWith(null).flatMap(({ emoji }) => emoji);
  assert.equal(groupsWith(null).length, 6);
  assert.equal(new Set(all).size, all.length);
  assert.ok(all.length > 180 && all.every((one) => one.trim() === one && one));
});

test("what was used last comes first, once, and only what we know", () => {
  let recent = /** @type {string[]} */ ([]);
  for (const one of ["👍", "❤️", "👍"]) recent = withRecent(recent, one);
  assert.deepEqual(recent, ["👍", "❤️"]);
  assert.deepEqual(groupsWith([...recent, "<b>", 7])[0].emoji, ["👍", "❤️"]);
  assert.equal(withRecent(Array.from({ length: 30 }, (_, n) => `${n}`), "x").length, 16);
  for (const kept of [null, "x", {}, [], ["<b>"]]) assert.equal(groupsWith(kept).length, 6);
});

test("the arrows reach every emoji, over short rows and the borders of groups", () => {
  const rows = [...rowsOf([..."abcdefghij"]), ...rowsOf([..."klm"])];
  assert.deepEqual(rows.map((row) => row.length), [8, 2, 3]);
  const steps = (at, keys) => keys.reduce((from, key) => moved(rows, from, key), at);
  assert.deepEqual(steps([0, 7], ["ArrowRight"]), [1, 0]);
  assert.deepEqual(steps([1, 0], ["ArrowLeft"]), [0, 7]);
  assert.deepEqual(steps([0, 5], ["ArrowDown"]), [1, 1]);
  assert.deepEqual(steps([0, 5], ["ArrowDown", "ArrowDown", "ArrowDown"]), [2, 1]);
  assert.deepEqual(steps([2, 2], ["ArrowUp"]), [1, 1]);
  assert.deepEqual(steps([1, 1], ["End"]), [2, 2]);
  assert.deepEqual(steps([2, 2], ["ArrowRight"]), [2, 2]);
  assert.deepEqual(steps([1, 1], ["Home", "ArrowLeft", "ArrowUp"]), [0, 0]);
  assert.equal(moved(rows, [0, 0], "x"), null);
});

// ---- what is new, and who waits -------------------------------------------------------------------

test("new is what others have said since", () => {
  const known = [said(1, "contact"), said(2, "agent"), said(3, "system", "event"), said(4, "contact"), said(6, "agent"), said(7, "bot")];
  assert.deepEqual(newsAfter(known, 2).map(({ seq }) => seq), [6, 7]);
  assert.equal(firstNew(known, 2)?.seq, 6);
  assert.equal(firstNew(known, 7), undefined);
  assert.equal(firstNew(known, null), undefined);
});

test("he waits since the first of his messages that nobody has answered", () => {
  assert.equal(unanswered([]), undefined);
  assert.equal(unanswered([said(1, "contact"), said(2, "agent"), said(3, "system", "event")]), undefined);
  assert.equal(unanswered([said(1, "contact"), said(2, "agent"), said(3, "contact"), said(4, "system", "event"), said(5, "contact")])?.seq, 3);
  assert.deepEqual([patience(null), patience(1), patience(12)], [3 * MINUTE, 3 * MINUTE, 12 * MINUTE]);
});

// ---- typing -----------------------------------------------------------------------------------

function typist() {
  const [time, clock] = stopped();
  const told = /** @type {any[]} */ ([]);
  return { time, told, typing: new Typing(() => {}, (frame) => told.push(frame), clock) };
}

test("that he types is told every two seconds at most", async () => {
  const { time, told, typing } = typist();
  for (let n = 0; n < 10; n += 1) {
    typing.mine("t", true);
    await time.pass(300);
  }
  typing.mine("t", false);
  typing.mine("t", false);
  assert.deepEqual(told.map(({ on, text }) => [on, text]), [[true, undefined], [true, undefined], [false, undefined]]);
});

test("what he types is told with its newest state, and nothing after it was sent", async () => {
  const { time, told, typing } = typist();
  for (const text of ["W", "Wh", "Whe"]) typing.mine("t", true, text);
  await time.pass(2_000);
  assert.deepEqual(told.map(({ text }) => text), ["W", "Whe"]);
  typing.mine("t", true, "Where");
  typing.sent();
  await time.pass(10_000);
  assert.equal(told.length, 2);
});

test("of a long text the end is told, and no letter is cut in two", () => {
  const { told, typing } = typist();
  typing.mine("t", true, "👍".repeat(600));
  assert.equal(told[0].text, "👍".repeat(500));
});

// ---- what is said aloud ---------------------------------------------------------------------------

function listener() {
  const [time, clock] = stopped();
  const box = (value) => ({ value });
  const store = {
    view: box({ name: "chat", ticket: "t" }), status: box("online"), phase: box("ready"), quiet: box(false),
    pending: box([]), typing: box({}), state: box({ rows: { t: { last_seq: 1 } }, queue: {} }),
  };
  const heard = /** @type {string[]} */ ([]);
  const region = { set textContent(text) { heard.push(text); } };
  const t = (key, { name = "", n = "" } = {}) => [key, name, n].filter(Boolean).join(" ");
  const voice = new Voice(store, t, region, clock);
  const types = (name) => {
    store.typing.value = name ? { t: name } : {};
    voice.look();
  };
  return { time, store, heard, voice, types };
}

test("that somebody types is said once a turn, when it lasts", async () => {
  const { time, store, heard, voice, types } = listener();
  types("Maja");
  await time.pass(1_500);
  types("");
  await time.pass(5_000);
  assert.deepEqual(heard, []);
  for (let n = 0; n < 3; n += 1) {
    types("Maja");
    await time.pass(6_000);
    types("");
    await time.pass(1_000);
  }
  assert.deepEqual(heard, ["conv.typing Maja"]);
  store.state.value = { rows: { t: { last_seq: 2 } }, queue: {} };
  voice.look();
  types("Maja");
  await time.pass(6_000);
  assert.deepEqual(heard, ["conv.typing Maja", "conv.typing Maja"]);
});

test("that a message was not sent is said each time it was tried", async () => {
  const { time, store, heard, voice } = listener();
  const now = async (...entries) => {
    store.pending.value = entries;
    voice.look();
    await time.pass(6_000);
  };
  const refused = { ref: "a", state: "failed", error: { message: "Closed." } };
  await now({ ref: "a", state: "sending" });
  await now(refused);
  await now(refused, { ref: "b", state: "sending" });
  assert.deepEqual(heard, ["conv.failed Closed."]);
  await now({ ref: "a", state: "sending" });
  await now(refused, { ref: "b", state: "failed", error: { message: "" } });
  await now({ ref: "b", state: "failed", error: { message: "" } });
  assert.deepEqual(heard, ["conv.failed Closed.", "conv.failed Closed."]);
});

test("who joins is said, although nothing is left to say of the queue", async () => {
  const { time, store, heard, voice } = listener();
  store.state.value = { rows: {}, queue: { t: { ahead: 0 } } };
  voice.look();
  await time.pass(1_000);
  voice.heard("t", { kind: "event", event: { name: "joined", data: { name: "Maja" } } });
  store.state.value = { rows: {}, queue: {} };
  voice.look();
  await time.pass(6_000);
  assert.deepEqual(heard, ["queue.next", "queue.joined Maja"]);
  store.status.value = "offline";
  voice.look();
  await time.pass(1_000);
  store.status.value = "online";
  voice.look();
  await time.pass(6_000);
  assert.equal(heard.at(-1), "");
});

test("of more than three messages in two seconds only the number is said", async () => {
  const { time, store, heard, voice } = listener();
  for (let n = 0; n < 3; n += 1) voice.heard("t", said(n, "agent"));
  voice.heard("other", said(9, "agent"));
  assert.equal(store.quiet.value, false);
  for (let n = 3; n < 6; n += 1) voice.heard("t", said(n, "agent"));
  assert.equal(store.quiet.value, true);
  await time.pass(2_600);
  assert.equal(store.quiet.value, false);
  assert.deepEqual(heard, ["conv.fresh 6"]);
});

test("one sentence at a time, and the newest of several", async () => {
  const { time, heard, voice } = listener();
  voice.say("one");
  await time.pass(100);
  voice.say("two");
  voice.say("three");
  await time.pass(4_000);
  assert.deepEqual(heard, ["one"]);
  await time.pass(1_000);
  await settle();
  assert.deepEqual(heard, ["one", "three"]);
});
