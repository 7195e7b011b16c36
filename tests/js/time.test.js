import assert from "node:assert/strict";
import { test } from "node:test";

import { clockTime, dayName, elapsed, shortMoment } from "../../static/shared/time.js";

const NOW = new Date("2026-11-25T14:00:00");
const before = (days) => new Date(NOW.getTime() - days * 86_400_000);

test("clocks have 24 hours in every language", () => {
  for (const lang of ["en", "tr", "pl"]) assert.equal(clockTime(lang, new Date("2026-11-25T00:05:00")), "00:05");
});

test("days near now have names, in the reader's language", () => {
  assert.equal(dayName("en", NOW, NOW), "Today");
  assert.equal(dayName("tr", before(1), NOW), "Dün");
  assert.equal(dayName("pl", before(1), NOW), "Wczoraj");
  assert.match(dayName("en", before(4), NOW), /^Saturday.*21/);
  assert.match(dayName("tr", new Date("2025-01-03T10:00:00"), NOW), /2025/);
});

test("a minute before midnight is yesterday a minute later", () => {
  assert.equal(dayName("en", new Date("2026-11-24T23:59:30"), new Date("2026-11-25T00:00:10")), "Yesterday");
});

test("lists show the time, then the weekday, then the date", () => {
  assert.equal(shortMoment("en", NOW, NOW), "14:00");
  assert.equal(shortMoment("en", before(2), NOW), "Mon");
  assert.match(shortMoment("pl", before(30), NOW), /26 paź/);
});

test("how long ago, in the largest unit that fits, never negative", () => {
  assert.match(elapsed("en", new Date(NOW.getTime() - 5.9 * 60_000), NOW), /^5 min/);
  assert.match(elapsed("en", before(2), NOW), /^2 day/);
  assert.match(elapsed("en", new Date(NOW.getTime() + 60_000), NOW), /^0 min/);
});
