// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import { translator } from "../../static/shared/i18n.js";
import en from "../../static/console/i18n/en.js";
import pl from "../../static/console/i18n/pl.js";
import tr from "../../static/console/i18n/tr.js";

/** @type {Record<string, Record<string, string | Record<string, string>>>} */
const CATALOGUES = { en, tr, pl };

/** @param {string | Record<string, string>} text */
const formsOf = (text) => (typeof text === "string" ? [text] : Object.values(text));

/** @param {string} text */
const placeholders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();

test("the three languages have the same keys", () => {
  for (const catalogue of Object.values(CATALOGUES)) {
    assert.deepEqual(Object.keys(catalogue), Object.keys(en));
  }
});

test("a translation has the placeholders of the original", () => {
  for (const [key, original] of Object.entries(en)) {
    const wanted = placeholders(formsOf(original)[0]);
    for (const [lang, catalogue] of Object.entries(CATALOGUES)) {
      for (const form of formsOf(catalogue[key])) assert.deepEqual(placeholders(form), wanted, `${lang} ${key}`);
    }
  }
});

test("a text that counts has every plural form of its language", () => {
  for (const [lang, catalogue] of Object.entries(CATALOGUES)) {
    const wanted = new Intl.PluralRules(lang).resolvedOptions().pluralCategories.sort();
    for (const [key, text] of Object.entries(catalogue)) {
      assert.equal(typeof text, typeof en[/** @type {keyof typeof en} */ (key)], `${lang} ${key}`);
      if (typeof text !== "string") assert.deepEqual(Object.keys(text).sort(), wanted, `${lang} ${key}`);
    }
  }
});

test("Polish chooses its form by the number", () => {
  const t = translator("pl", pl);
  const said = [1, 2, 5, 22].map((n) => t("updates", { n }));
  assert.deepEqual(said, ["1 zmiana", "2 zmiany", "5 zmian", "22 zmiany"]);
});

test("in Turkish the noun stays singular after a number", () => {
  const t = translator("tr", tr);
  assert.equal(t("updates", { n: 5 }), "5 güncelleme");
});

test("in Turkish no suffix is attached to a placeholder", () => {
  for (const [key, text] of Object.entries(tr)) {
    for (const form of formsOf(text)) assert.doesNotMatch(form, /\}['’]?\p{L}/u, key);
  }
});

test("no text is empty and none is left in English", () => {
  const alike = new Set(["channel.form", "channel.instagram", "channel.messenger", "channel.telegram", "channel.whatsapp", "key.Mod"]);
  for (const lang of ["tr", "pl"]) {
    for (const [key, text] of Object.entries(CATALOGUES[lang])) {
      for (const form of formsOf(text)) assert.ok(form.trim(), `${lang} ${key}`);
      const words = formsOf(en[/** @type {keyof typeof en} */ (key)])[0].replace(/\{\w+\}/g, "").match(/\p{L}{3,}/gu) ?? [];
      if (words.length > 1 && !alike.has(key)) assert.notDeepEqual(text, en[/** @type {keyof typeof en} */ (key)], `${lang} ${key}`);
    }
  }
});
