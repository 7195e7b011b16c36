// @ts-check
import assert from "node:assert/strict";
import test from "node:test";

import en from "../../static/console/i18n/en.js";
import { AFTER_G, ANYWHERE, commandOf, KEY_HELP, SINGLE } from "../../static/console/keys/map.js";

/** @param {string} key @param {object} changes */
function press(key, changes = {}) {
  const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, repeat: false, isComposing: false };
  return /** @type {any} */ ({ key, ...none, getModifierState: () => false, ...changes });
}

const outside = { typing: false, afterG: false };
const inField = { typing: true, afterG: false };

test("a letter is a command outside text fields only", () => {
  assert.equal(commandOf(press("e"), outside), "solve_next");
  assert.equal(commandOf(press("e"), inField), null);
});

test("Shift makes another command of a letter, and Caps Lock does not", () => {
  assert.equal(commandOf(press("E", { shiftKey: true }), outside), "solve_stay");
  assert.equal(commandOf(press("E"), outside), "solve_next");
});

test("a Turkish keyboard's ı and İ count as i", () => {
  assert.equal(commandOf(press("ı"), outside), "details");
  assert.equal(commandOf(press("ı"), { typing: false, afterG: true }), "go_mine");
  assert.equal(commandOf(press("İ"), outside), "details");
});

test("what types Polish letters is left alone", () => {
  assert.equal(commandOf(press("e", { altKey: true }), outside), null);
  assert.equal(commandOf(press("n", { getModifierState: (/** @type {string} */ name) => name === "AltGraph" }), outside), null);
});

test("the browser's own combinations are left alone", () => {
  for (const key of ["a", "r", "e", "n", "z"]) assert.equal(commandOf(press(key, { ctrlKey: true }), outside), null);
});

test("a held key repeats walking and nothing else", () => {
  assert.equal(commandOf(press("j", { repeat: true }), outside), "next");
  assert.equal(commandOf(press("e", { repeat: true }), outside), null);
});

test("nothing happens while a word is being composed", () => {
  assert.equal(commandOf(press("e", { isComposing: true }), outside), null);
});

test("a question mark needs Shift on some keyboards and not on others", () => {
  assert.equal(commandOf(press("?", { shiftKey: true }), outside), "help");
  assert.equal(commandOf(press("?"), outside), "help");
});

test("Escape and F6 work in a text field too", () => {
  assert.equal(commandOf(press("Escape"), inField), "escape");
  assert.equal(commandOf(press("F6", { shiftKey: true }), inField), "previous_pane");
});

test("every key that is listed has a text, and no key wants Alt", () => {
  for (const { group, keys } of KEY_HELP) {
    assert.ok(`keys.${group}` in en, group);
    for (const [combination, name] of keys) {
      assert.ok(`keys.${name}` in en, name);
      assert.doesNotMatch(combination, /Alt|Option/);
    }
  }
  for (const name of Object.keys({ ...SINGLE, ...AFTER_G, ...ANYWHERE })) assert.doesNotMatch(name, /alt/);
});
