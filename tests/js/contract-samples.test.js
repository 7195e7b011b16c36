// @ts-check
/** Every event that Python says, as the reducers take it: known, harmless twice, never an error. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

import { applyList, applyThread, emptyState, reduce } from "../../static/console/store/reduce.js";
import * as widget from "../../static/widget/reduce.js";

const folder = new URL("../contract/events/", import.meta.url);
const samples = Object.fromEntries(
  readdirSync(folder).map((name) => [name.replace(".json", ""), JSON.parse(readFileSync(new URL(name, folder), "utf8"))]),
);
const at = (/** @type {number} */ n) => `epoch.${n}-0`;
const { row: staffRow, message } = samples["message.created"].staff;
const { row: publicRow } = samples["message.created"].public;
const ME = staffRow.assignee.id;
// Of the connection's concern, or told to another part of the screen than the reducer.
const ELSEWHERE = new Set(["config.changed", "ticket.visit", "ticket.typing", "ticket.viewers"]);

/** What an update changes is on screen before it. */
const before = (sample) => (sample.staff?.type === "message.updated" ? [{ ...sample.staff.message, body: "As it was" }] : []);

const console_ = (sample) => {
  const older = { ...staffRow, version: 0, agents_seen_seq: 0 };
  const listed = applyList(emptyState(ME), "all", { at: at(1), topics: ["all"], rows: [older], seen: {}, next: null });
  return applyThread(listed, { at: at(1), row: older, messages: before(sample), more: false, seen: null, history: [] });
};
const widget_ = () => {
  const older = { ...publicRow, version: 0, last_author: "contact", assignee: null };
  const boot = { visitor: {}, inbox: {}, team: {}, tickets: [older] };
  const started = widget.withBoot(widget.empty(), boot, { shown: null, after: "reset" });
  return widget.withThread(started, older.id, { row: older, messages: [], more: false, queue: null });
};

for (const [type, sample] of Object.entries(samples)) {
  const frame = (/** @type {any} */ body) => ({ ...body, at: at(2), topic: sample.topics[0], ...(body.ticket && { ticket: staffRow.id }) });

  test(`the console takes ${type}`, { skip: !sample.staff }, () => {
    const once = reduce(console_(sample), frame(sample.staff));
    assert.deepEqual(reduce(once, frame(sample.staff)), once);
    if (!ELSEWHERE.has(type)) assert.notDeepEqual(once, console_(sample));
  });

  test(`the widget takes ${type}`, { skip: !sample.public }, () => {
    const once = widget.apply(widget_(), frame(sample.public));
    assert.deepEqual(widget.apply(once, frame(sample.public)), once);
    if (!ELSEWHERE.has(type)) assert.notDeepEqual(once, widget_());
  });
}

test("a message of the sample stands in the thread", () => {
  const state = reduce(console_(samples["message.created"]), { ...samples["message.created"].staff, at: at(2), topic: "all" });
  assert.equal(state.threads[staffRow.id].messages[0].body, message.body);
});
