// @ts-check
/** Rows: the highest version wins, whichever way and however often it came. */
import { covers, inView, COUNTED_VIEWS } from "./views.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Row} Row */

const COUNT_CAP = 100;

/**
 * What has been seen only grows and does not raise the version, so it is merged on its own.
 * @param {Row} newer
 * @param {Row} older
 * @returns {Row}
 */
function mergeSeen(newer, older) {
  const contact = Math.max(newer.contact_seen_seq, older.contact_seen_seq);
  const agents = Math.max(newer.agents_seen_seq, older.agents_seen_seq);
  if (contact === newer.contact_seen_seq && agents === newer.agents_seen_seq) return newer;
  return { ...newer, contact_seen_seq: contact, agents_seen_seq: agents };
}

/**
 * @param {Row|undefined} known
 * @param {Row} row
 */
export function newerRow(known, row) {
  if (!known) return row;
  return row.version > known.version ? mergeSeen(row, known) : mergeSeen(known, row);
}

/**
 * @param {Record<string, number>} counts
 * @param {Row|undefined} before
 * @param {Row|undefined} after
 * @param {number|null} me
 */
export function recount(counts, before, after, me) {
  /** @type {Record<string, number>|null} */
  let next = null;
  for (const view of COUNTED_VIEWS) {
    const was = before !== undefined && inView(view, before, me);
    const is = after !== undefined && inView(view, after, me);
    // The server stops counting at 100: how many there are beyond is not known here.
    if (was === is || counts[view] === undefined || counts[view] >= COUNT_CAP) continue;
    next = next ?? { ...counts };
    next[view] = Math.max(0, next[view] + (is ? 1 : -1));
  }
  return next ?? counts;
}

/**
 * Takes in a row that an event brought.
 * @param {State} state
 * @param {Row} row
 * @param {string} at
 * @returns {State}
 */
export function putRow(state, row, at) {
  const buried = state.gone[row.id];
  if (buried && row.version <= buried.version) return state;
  const known = state.rows[row.id];
  const kept = newerRow(known, row);
  if (kept === known) return state;
  return {
    ...state,
    rows: { ...state.rows, [row.id]: kept },
    stamps: { ...state.stamps, [row.id]: at },
    counts: known || row.version === 1 ? recount(state.counts, known, kept, state.me) : state.counts,
  };
}

/**
 * @template T
 * @param {Record<string, T>} map
 * @param {string} key
 */
export function without(map, key) {
  if (!(key in map)) return map;
  const { [key]: _, ...rest } = map;
  return rest;
}

/**
 * The row left a topic. A row that we hold in its later state, or that the topic does not cover
 * any more, stays; another is removed until a newer version comes by another topic.
 * @param {State} state
 * @param {{ticket: string, topic: string, at: string, version?: number}} event
 * @returns {State}
 */
export function rowGone(state, event) {
  const known = state.rows[event.ticket];
  const moved = known && event.version !== undefined && known.version >= event.version;
  if (known && (moved || !covers(event.topic, known))) return state;
  const version = event.version === undefined ? known?.version ?? 0 : event.version - 1;
  return {
    ...state,
    rows: without(state.rows, event.ticket),
    gone: { ...state.gone, [event.ticket]: { version, at: event.at } },
    counts: recount(state.counts, known, undefined, state.me),
  };
}

/**
 * How far I have read only grows.
 * @param {State} state
 * @param {{ticket: string, seq: number, inbound_count: number}} event
 * @returns {State}
 */
export function ticketSeen(state, event) {
  const known = state.seen[event.ticket];
  if (known && known.seq >= event.seq) return state;
  const seen = { seq: event.seq, inbound_count: event.inbound_count };
  return { ...state, seen: { ...state.seen, [event.ticket]: seen } };
}
