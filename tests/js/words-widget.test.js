import assert from "node:assert/strict";
import { test } from "node:test";

import { translator } from "../../static/shared/i18n.js";
import { nearDay } from "../../static/shared/time.js";
import en from "../../static/widget/copy/en.js";
import pl from "../../static/widget/copy/pl.js";
import tr from "../../static/widget/copy/tr.js";
import { sectionsOf } from "../../static/widget/sections.js";
import { dayAt, placeSentence, range } from "../../static/widget/words.js";

const plain = (text) => text.replaceAll("\u00a0", " ");
const say = { en: translator("en", en), tr: translator("tr", tr), pl: translator("pl", pl) };
const NOW = new Date(2026, 10, 25, 16, 30); // a Wednesday
const at = (days, hour) => new Date(2026, 10, 25 + days, hour, 0);

test("a wait is a range, and the shortest one names no nought", () => {
  assert.equal(plain(range(say.en, { low: 4, high: 6 })), "4 to 6 min");
  assert.equal(plain(range(say.en, { low: 0, high: 1 })), "under 1 min");
  assert.equal(plain(range(say.en, { low: 3, high: 3 })), "about 3 min");
  assert.equal(plain(range(say.tr, { low: 4, high: 6 })), "4–6 dk");
});

test("a place is told anew only when it or the range has moved", () => {
  const place = { ahead: 2, wait: { low: 4, high: 6 }, heard: 1 };
  assert.equal(plain(placeSentence(say.en, place)), "2 people ahead of you. Expected wait: 4 to 6 min");
  assert.equal(placeSentence(say.en, place), placeSentence(say.en, { ...place, heard: 2 }));
  assert.equal(placeSentence(say.en, { ahead: 0, wait: null }), "You’re next");
});

test("a day near by has a name, in each language's own way", () => {
  const days = (lang) => [0, 1, 5, 9].map((days) => nearDay(lang, at(days, 9), NOW));
  assert.deepEqual(days("en"), ["today", "tomorrow", "Monday", "December 4"]);
  assert.deepEqual(days("pl"), ["dzisiaj", "jutro", "poniedziałek", "4 grudnia"]);
  assert.deepEqual(days("tr"), ["bugün", "yarın", "Pazartesi", "4 Aralık"]);
  assert.equal(dayAt({ t: say.en, lang: "en" }, at(5, 9), NOW), "Monday, 09:00");
  assert.equal(dayAt({ t: say.tr, lang: "tr" }, at(5, 9), NOW), "Pazartesi 09:00");
});

test("the order of the ways in follows the stage of the purchase", () => {
  const orders = { before: ["faq", "bot", "people"], during: ["bot", "faq", "people"], after: ["people", "faq", "bot"] };
  const there = new Set(["faq", "people"]);
  assert.deepEqual(sectionsOf(orders, "after", there), ["people", "faq"]);
  assert.deepEqual(sectionsOf(orders, "during", new Set(["faq", "bot", "people"])), ["bot", "faq", "people"]);
  assert.deepEqual(sectionsOf(orders, "later", there), ["faq", "people"]);
  assert.deepEqual(sectionsOf(undefined, "before", there), ["faq", "people"]);
});
