import assert from "node:assert/strict";
import { test } from "node:test";

import * as wire from "../../static/shared/protocol.js";

test("numbers compare by milliseconds, then by counter, as numbers", () => {
  assert.ok(wire.compareAt("a1.999-0", "a1.1000-0") < 0);
  assert.ok(wire.compareAt("a1.5-10", "a1.5-9") > 0);
  assert.equal(wire.compareAt("a1.5-9", "a1.5-9"), 0);
});

test("numbers of different epochs do not compare", () => {
  assert.equal(wire.compareAt("a1.5-0", "b2.6-0"), null);
  assert.equal(wire.compareAt(null, "b2.6-0"), null);
  assert.equal(wire.compareAt("nonsense", "b2.6-0"), null);
});

test("the newest number never goes back inside an epoch and follows a new epoch", () => {
  assert.equal(wire.newestAt("a.9-0", "a.8-0"), "a.9-0");
  assert.equal(wire.newestAt("a.9-0", "a.9-1"), "a.9-1");
  assert.equal(wire.newestAt("a.9-0", "b.1-0"), "b.1-0");
  assert.equal(wire.newestAt(null, "a.1-0"), "a.1-0");
  assert.equal(wire.newestAt("a.1-0", null), "a.1-0");
});

test("a message names either a ticket or a start, never both", () => {
  assert.deepEqual(wire.messageSend({ ref: "r", body: "hi", ticket: "t" }), {
    type: "message.send", ref: "r", ticket: "t", body: "hi", kind: "reply",
  });
  const start = { language: "en" };
  assert.deepEqual(wire.messageSend({ ref: "r", body: "hi", ticket: "start:r", start }), {
    type: "message.send", ref: "r", start, body: "hi", kind: "reply",
  });
});

test("hello carries a token only when there is one", () => {
  assert.deepEqual(wire.hello({ last: null }), { type: "hello", v: 1, last: null, open: {} });
  assert.equal(wire.hello({ token: "secret", last: "a.1-0", open: { t: 4 } }).token, "secret");
});

test("of a page no more is said than the server takes, and no half characters", () => {
  const where = { url: `https://shop.example/#${"a".repeat(9_000)}`, title: `${"a".repeat(299)}😀`, referrer: "" };
  const said = wire.page(where);
  assert.equal(said.url.length, 2_000);
  assert.deepEqual([said.title, said.referrer], ["a".repeat(299), ""]);
  assert.deepEqual(wire.page({ url: "u", title: "😀", referrer: "r" }), { type: "page", url: "u", title: "😀", referrer: "r" });
});
