// @ts-check
/** The wire's words: frames a client may send, codes it may hear, and how log numbers compare. */

export const VERSION = 1;
export const BODY_LIMIT = 10_000;
export const TYPING_EVERY_MS = 2_000;

export const CLOSE = Object.freeze({
  RESTARTING: 4012,
  BAD_FRAMES: 4400,
  WHO_ARE_YOU: 4401,
  NOT_YOURS: 4403,
  PROTOCOL_VERSION: 4406,
  TOO_SLOW: 4408,
  TOO_MANY: 4429,
});

export const ERROR = Object.freeze({
  INVALID: "invalid",
  TOO_LONG: "too_long",
  TOO_MANY: "too_many",
  NOT_ALLOWED: "not_allowed",
  NOT_FOUND: "not_found",
  CLOSED: "closed",
  NEWER_EXISTS: "newer_exists",
  FILE_REFUSED: "file_refused",
  BUSY: "busy",
});

/** The server may take the same frame a little later; any other error is final for that frame. */
export const RETRY_LATER = new Set([ERROR.BUSY, ERROR.TOO_MANY]);

/** Frames of the connection itself; every other type is an event with `at` and `topic`. */
export const CONTROL = new Set(["welcome", "reset", "restarting", "ack", "error", "pong", "subscribed", "unsubscribed"]);

/** @param {{token?: string, last: string | null, open?: Record<string, number>}} state */
export const hello = ({ token, last, open }) => ({ type: "hello", v: VERSION, ...(token && { token }), last, open: open ?? {} });
/** @param {string[]} topics @param {string | null} [last] `at` of the snapshot on screen: what was said since is replayed */
export const subscribe = (topics, last) => ({ type: "subscribe", topics, ...(last && { last }) });
/** @param {string[]} topics */
export const unsubscribe = (topics) => ({ type: "unsubscribe", topics });
/** @param {string} ticket @param {boolean} on @param {string} [text] so far, where the inbox lets the team see it */
export const typing = (ticket, on, text = "") => ({ type: "typing", ticket, on, ...(text && { text }) });
/** @param {string} ticket @param {number} seq */
export const read = (ticket, seq) => ({ type: "read", ticket, seq });
/** @param {string | null} ticket @param {boolean} replying */
export const viewing = (ticket, replying) => ({ type: "viewing", ticket, replying });
/** @param {string} availability */
export const status = (availability) => ({ type: "status", availability });
/**
 * As much of a page as the server takes; a character is not cut in two.
 * @param {{url: string, title: string, referrer: string}} page
 */
export const place = ({ url, title, referrer }) => ({ url: begun(url, 2_000), title: begun(title, 300), referrer: begun(referrer, 2_000) });
const begun = (text, length) => text.slice(0, length).replace(/[\ud800-\udbff]$/, "");

/** @param {{url: string, title: string, referrer: string}} page */
export const page = (page) => ({ type: "page", ...place(page) });
/** @param {string | null} seen the newest `at` applied: lets the server count what is unconfirmed */
export const ping = (seen) => ({ type: "ping", ...(seen && { seen }) });

/**
 * @param {{ref: string, body: string, kind?: string, ticket?: string, start?: object, seenSeq?: number, files?: {id: string}[]}} message
 */
export function messageSend({ ref, body, kind = "reply", ticket, start, seenSeq, files = [] }) {
  const where = start ? { start } : { ticket };
  const attachments = files.map((file) => file.id);
  return {
    type: "message.send", ref, ...where, body, kind,
    ...(attachments.length && { attachments }),
    ...(seenSeq !== undefined && { seen_seq: seenSeq }),
  };
}

/** What stands for a ticket whose start is not yet acknowledged. @param {string} ref */
export const startedBy = (ref) => `start:${ref}`;

const AT = /^(.+)\.(\d+)-(\d+)$/;

/**
 * Where an event stands in the log: "<epoch>.<ms>-<n>".
 * @param {string | null | undefined} at
 */
export function parseAt(at) {
  const found = AT.exec(at ?? "");
  return found && { epoch: found[1], ms: Number(found[2]), n: Number(found[3]) };
}

/**
 * Negative, zero or positive; null when the two cannot be compared (another epoch, or no number).
 * @param {string | null | undefined} a @param {string | null | undefined} b
 */
export function compareAt(a, b) {
  const [left, right] = [parseAt(a), parseAt(b)];
  if (!left || !right || left.epoch !== right.epoch) return null;
  return left.ms - right.ms || left.n - right.n;
}

/** The newer of the two; `next` wins when they cannot be compared. */
export function newestAt(known, next) {
  const order = compareAt(known, next);
  return order !== null && order >= 0 ? known : (next ?? known);
}

/** How far `b` is ahead of `a` in milliseconds; 0 when not comparable. */
export function aheadMs(a, b) {
  const [left, right] = [parseAt(a), parseAt(b)];
  return left && right && left.epoch === right.epoch ? Math.max(0, right.ms - left.ms) : 0;
}
