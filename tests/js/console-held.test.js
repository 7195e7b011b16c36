// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { arrange, countChanges } from "../../static/console/held.js";

const group = (/** @type {string} */ name, /** @type {string[]} */ ...ids) => ({ name, ids });
const rows = (/** @type {string} */ name, /** @type {string[]} */ ...ids) => ({ name, rows: ids.map((id) => ({ id })) });

test("without a pointer over the list rows stand as they should", () => {
  const groups = [rows("waiting", "a")];
  assert.deepEqual(arrange(groups, null, () => undefined), { groups, waiting: 0 });
});

test("under the pointer nothing moves and what waits is counted", () => {
  const kept = [group("needs_reply", "a", "b"), group("waiting", "c")];
  const wanted = [rows("needs_reply", "c", "a", "b", "d")];
  const { groups, waiting } = arrange(wanted, kept, (id) => ({ id }));
  assert.deepEqual(groups.map((each) => each.rows.map((row) => row.id)), [["a", "b"], ["c"]]);
  assert.equal(waiting, 2);
});

test("a row that is not known any more goes at once", () => {
  const { groups } = arrange([rows("waiting", "b")], [group("waiting", "a", "b")], (id) => (id === "a" ? undefined : { id }));
  assert.deepEqual(groups[0].rows, [{ id: "b" }]);
});

test("a change of order alone counts as one", () => {
  assert.equal(countChanges([group("", "a", "b", "c")], [group("", "c", "a", "b")]), 1);
  assert.equal(countChanges([group("", "a", "b")], [group("", "a", "b")]), 0);
});
