// @ts-check
/** Questions to the state, answered without keeping anything. */
import { DONE } from "./views.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Row} Row */

/**
 * Messages of the customer that I have not read. What is done asks nothing of anybody: whoever
 * writes again opens it again.
 * @param {State} state
 * @param {Row} row
 */
export function unreadOf(state, row) {
  if (DONE.has(row.status)) return 0;
  return Math.max(0, row.inbound_count - (state.seen[row.id]?.inbound_count ?? 0));
}

/**
 * @param {State} state
 * @param {Row[]} rows
 */
export const unreadRows = (state, rows) => rows.filter((row) => unreadOf(state, row) > 0).length;

/** A view of work in progress is split by whose turn it is. @param {string} view */
const isGrouped = (view) => view !== "solved" && view !== "unassigned";

/**
 * @param {string} view
 * @param {Row[]} rows
 * @returns {{name: "needs_reply"|"waiting"|"", rows: Row[]}[]}
 */
export function groupsOf(view, rows) {
  if (!isGrouped(view)) return [{ name: "", rows }];
  const theirs = rows.filter((row) => row.waiting_since !== null);
  const ours = rows.filter((row) => row.waiting_since === null);
  /** @type {{name: "needs_reply"|"waiting", rows: Row[]}[]} */
  const groups = [
    { name: "needs_reply", rows: theirs },
    { name: "waiting", rows: ours },
  ];
  return groups.filter((group) => group.rows.length > 0);
}

/**
 * The row to go to when one is done with: the next that needs a reply, else the next at all.
 * @param {Row[]} ordered  rows as they stand on the screen
 * @param {string} id
 */
export function rowAfter(ordered, id) {
  const index = ordered.findIndex((row) => row.id === id);
  const others = [...ordered.slice(index + 1), ...ordered.slice(0, Math.max(0, index))];
  return others.find((row) => row.waiting_since !== null) ?? others[0] ?? null;
}

/** @param {number} count  the server stops counting at 100 */
export const capped = (count) => (count > 99 ? "99+" : String(count));

/**
 * How far a reply of ours got.
 * @param {Row} row
 * @param {{seq: number, author: {kind: string}}} message
 */
export const isReadByContact = (row, message) =>
  message.author.kind === "agent" && message.seq <= row.contact_seen_seq;

/**
 * Colleagues looking at the same conversation.
 * @param {State} state
 * @param {string} id
 */
export const othersViewing = (state, id) =>
  (state.viewers[id] ?? []).filter((viewer) => viewer.id !== state.me);

/**
 * @param {State} state
 * @param {string} id
 */
export const contactTyping = (state, id) =>
  (state.typing[id] ?? []).some((who) => who.kind === "contact");

/**
 * What the customer has typed and not sent, where the inbox lets us see it; else "".
 * @param {State} state
 * @param {string} id
 */
export const contactPeek = (state, id) =>
  (state.typing[id] ?? []).find((who) => who.kind === "contact")?.text ?? "";

/**
 * @param {State} state
 * @param {string} id
 */
export const colleaguesReplying = (state, id) => {
  const typing = (state.typing[id] ?? []).filter((who) => who.kind === "agent" && who.id !== state.me);
  const replying = othersViewing(state, id).filter((viewer) => viewer.replying);
  return [...new Set([...typing, ...replying].map((who) => who.name))];
};

/**
 * The agents a ticket can go to: those who are there first, then by name.
 * @param {State} state
 */
export function assignable(state) {
  return Object.values(state.agents).sort(
    (a, b) => Number(b.online) - Number(a.online) || a.name.localeCompare(b.name),
  );
}
