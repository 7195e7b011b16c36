import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { translator } from "../../static/shared/i18n.js";
import firstEn from "../../static/widget/copy/en.js";
import laterEn from "../../static/widget/copy/en-later.js";
import firstPl from "../../static/widget/copy/pl.js";
import laterPl from "../../static/widget/copy/pl-later.js";
import firstTr from "../../static/widget/copy/tr.js";
import laterTr from "../../static/widget/copy/tr-later.js";
import firstIcons from "../../static/icons/widget.js";
import laterIcons from "../../static/widget/icons-later.js";

const WIDGET = path.join(import.meta.dirname, "../../static/widget");
const [en, tr, pl] = [{ ...firstEn, ...laterEn }, { ...firstTr, ...laterTr }, { ...firstPl, ...laterPl }];
const catalogues = { en, tr, pl };
const placeholders = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]))].sort();
const sentences = (value) => (typeof value === "string" ? [value] : Object.values(value));

test("the three languages have the same texts with the same placeholders", () => {
  for (const [lang, catalogue] of Object.entries(catalogues)) {
    assert.deepEqual(Object.keys(catalogue).sort(), Object.keys(en).sort(), lang);
    for (const [key, value] of Object.entries(catalogue)) {
      for (const text of sentences(value)) assert.deepEqual(placeholders(text), placeholders(sentences(en[key])[0]), `${lang} ${key}`);
    }
  }
});

test("a text that counts has every plural form its language knows", () => {
  for (const [lang, catalogue] of Object.entries(catalogues)) {
    const forms = new Intl.PluralRules(lang).resolvedOptions().pluralCategories;
    for (const [key, value] of Object.entries(catalogue)) {
      if (typeof value === "object" && lang !== "tr") assert.deepEqual(Object.keys(value).sort(), [...forms].sort(), `${lang} ${key}`);
    }
  }
});

/** Keys whose last part is made up while running. */
const MADE_UP = /^(conv\.(sending|failed|sent|read))$/;

test("every text a view names exists, and every text is named", () => {
  const folders = [WIDGET, path.join(WIDGET, "../shared")];
  const files = folders.flatMap((folder) => fs.readdirSync(folder).filter((name) => name.endsWith(".js")).map((name) => path.join(folder, name)));
  const source = files.map((file) => fs.readFileSync(file, "utf8")).join("\n");
  const quoted = new Set([...source.matchAll(/"([\w.]+)"/g)].map((found) => found[1]));
  const asked = [...source.matchAll(/\bt\("([\w.]+)"/g)].map((found) => found[1]);
  assert.deepEqual(asked.filter((key) => !(key in en)), []);
  assert.deepEqual(Object.keys(en).filter((key) => !quoted.has(key) && !MADE_UP.test(key)), []);
});

/** Modules that come at once. */
const AT_ONCE = ["frame.js"];

function graph(file, seen = new Set()) {
  if (seen.has(file) || !fs.existsSync(file)) return seen;
  seen.add(file);
  const text = fs.readFileSync(file, "utf8");
  for (const [, name] of text.matchAll(/(?:from|^import)\s*"(\.[^"]+)"/gm)) graph(path.join(path.dirname(file), name), seen);
  return seen;
}

test("what the first views name comes with them, and nothing else does", () => {
  const files = AT_ONCE.flatMap((name) => [...graph(path.join(WIDGET, name))]).filter((file) => !file.includes("/icons/"));
  const source = files.map((file) => fs.readFileSync(file, "utf8")).join("\n");
  const quoted = new Set([...source.matchAll(/"([\w.-]+)"/g)].map((found) => found[1]));
  const misplaced = (first, later) => [
    ...Object.keys(later).filter((key) => quoted.has(key)),
    ...Object.keys(first).filter((key) => !quoted.has(key) && !MADE_UP.test(key)),
  ];
  assert.deepEqual(misplaced(firstEn, laterEn), []);
  assert.deepEqual(misplaced(firstIcons, laterIcons), []);
  for (const [first, later] of [[firstTr, laterTr], [firstPl, laterPl]]) {
    assert.deepEqual(Object.keys(first).sort(), Object.keys(firstEn).sort());
    assert.deepEqual(Object.keys(later).sort(), Object.keys(laterEn).sort());
  }
});

test("Polish counts in its four forms, Turkish leaves the noun alone", () => {
  const [polish, turkish, english] = [translator("pl", pl), translator("tr", tr), translator("en", en)];
  const ahead = (t, n) => t("queue.ahead", { n });
  assert.deepEqual([1, 2, 5, 22, 25].map((n) => ahead(polish, n)), [
    "Przed Tobą jest 1 osoba", "Przed Tobą są 2 osoby", "Przed Tobą jest 5 osób", "Przed Tobą są 22 osoby", "Przed Tobą jest 25 osób",
  ]);
  assert.equal(ahead(turkish, 1), "Önünüzde 1 kişi var");
  assert.equal(ahead(turkish, 3), "Önünüzde 3 kişi var");
  assert.equal(ahead(english, 1), "1 person ahead of you");
});

test("what stands in a placeholder is taken as it is", () => {
  const t = translator("en", { hello: "Hello {name}, {n} and {unknown}" });
  assert.equal(t("hello", { name: "$& {n}", n: 1200 }), "Hello $& {n}, 1,200 and {unknown}");
  assert.equal(t("missing"), "missing");
});
