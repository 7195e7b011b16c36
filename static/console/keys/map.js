// @ts-check
/**
 * Which key does what. No Alt, Option or AltGr anywhere: Polish letters are typed with them.
 * Pure: what a key means is decided here, what is then done in keys/commands.js.
 */

/** Plain keys, outside text fields. */
export const SINGLE = /** @type {Record<string, string>} */ ({
  j: "next",
  k: "previous",
  arrowdown: "next",
  arrowup: "previous",
  r: "reply",
  enter: "enter",
  n: "note",
  e: "solve_next",
  "shift+e": "solve_stay",
  a: "assign",
  "shift+a": "assign_me",
  i: "details",
  ".": "updates",
  z: "undo",
  "shift+m": "me",
  end: "newest",
  "?": "help",
});

/** After G. */
export const AFTER_G = /** @type {Record<string, string>} */ ({ i: "go_mine", u: "go_unassigned", a: "go_all", s: "go_solved" });

/** Everywhere, text fields included. */
export const ANYWHERE = /** @type {Record<string, string>} */ ({
  escape: "escape",
  f6: "next_pane",
  "shift+f6": "previous_pane",
});

/** For the list of keys: a combination, and the text that says what it does. */
export const KEY_HELP = /** @type {{group: string, keys: [string, string][]}[]} */ ([
  {
    group: "anywhere",
    keys: [["G I", "go_mine"], ["G U", "go_unassigned"], ["G A", "go_all"], ["G S", "go_solved"], ["F6", "next_pane"], ["Z", "undo"], ["Shift M", "me"], ["Esc", "escape"], ["?", "help"]],
  },
  { group: "list", keys: [["J", "next"], ["K", "previous"], ["Enter", "enter"], [".", "updates"]] },
  {
    group: "conversation",
    keys: [["R", "reply"], ["N", "note"], ["E", "solve_next"], ["Shift E", "solve_stay"], ["A", "assign"], ["Shift A", "assign_me"], ["I", "details"], ["End", "newest"]],
  },
  { group: "composer", keys: [["Enter", "send"], ["Shift Enter", "new_line"], ["Mod Shift Enter", "send_solve"]] },
]);

/**
 * The key's name, the same on every layout: by what it types, not where it is. A Turkish keyboard
 * types "ı" where others type "i", so that counts as "i"; lower-casing must not be Turkish.
 * @param {{key: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean}} event
 */
export function nameOf({ key, shiftKey, ctrlKey, metaKey }) {
  const base = key === "ı" || key === "İ" ? "i" : key.toLowerCase();
  const letter = /^[a-z]$/.test(base) || base.length > 1;
  const parts = [(ctrlKey || metaKey) && "mod", shiftKey && letter && "shift", base];
  return parts.filter(Boolean).join("+");
}

/**
 * @param {{key: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean, altKey: boolean, repeat: boolean, isComposing: boolean, getModifierState: (name: string) => boolean}} event
 * @param {{typing: boolean, afterG: boolean}} where
 * @returns {string|null} a command, "g" when a second key is awaited, or nothing of ours
 */
export function commandOf(event, { typing, afterG }) {
  if (event.isComposing || event.altKey || event.getModifierState("AltGraph")) return null;
  const name = nameOf(event);
  if (ANYWHERE[name]) return ANYWHERE[name];
  if (typing || event.ctrlKey || event.metaKey) return null;
  if (afterG) return AFTER_G[name] ?? null;
  const command = name === "g" ? "g" : (SINGLE[name] ?? null);
  const repeats = command === "next" || command === "previous";
  return event.repeat && !repeats ? null : command;
}
