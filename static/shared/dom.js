// @ts-check

/** A random UUID, also on pages without a secure context, where crypto.randomUUID is missing. */
export function newRef(crypto = globalThis.crypto) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Up to two initials; an empty name gives a question mark. @param {string} name */
export function initials(name) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = (words.length > 1 ? [words[0], words[words.length - 1]] : words).map((word) => [...word][0]);
  return letters.join("").toLocaleUpperCase() || "?";
}

/** One of the eight avatar tints, the same for the same key everywhere. @param {string | number} key */
export function tint(key) {
  let sum = 0;
  for (const letter of String(key)) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return (sum % 8) + 1;
}

/** Grows a textarea with its text; the style sheet sets the limit. @param {HTMLTextAreaElement} area */
export function fitHeight(area) {
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight}px`;
}

/** @param {HTMLElement} box @param {number} slack */
export const isAtEnd = (box, slack = 48) => box.scrollHeight - box.scrollTop - box.clientHeight <= slack;
