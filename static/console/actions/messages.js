// @ts-check
/** Writing in a conversation: the outbox, typing, reading, and telling colleagues who is here. */
import { newRef } from "../../shared/dom.js";
import { signal } from "../view.js";
import { Outbox } from "../../shared/outbox.js";
import { read, typing, TYPING_EVERY_MS, viewing } from "../../shared/protocol.js";
import { releaseRows } from "../held.js";
import { services } from "../services.js";
import { dispatch, state } from "../store/store.js";

const STOPPED_TYPING_MS = 5_000;

/** What is on its way, oldest first. */
export const pending = signal(/** @type {import("../../shared/outbox.js").Entry[]} */ ([]));

/** What has been acknowledged and whose announcement has not come yet; drawn as sent. */
export const acknowledged = signal(/** @type {any[]} */ ([]));

/** @type {Outbox} */
let outbox;

/** @param {import("../../shared/keep.js").Keep} keep */
export function startOutbox(keep) {
  outbox = new Outbox({
    keep,
    newRef,
    send: (frame) => services.live.request(frame),
    changed: (entries) => (pending.value = entries),
    acknowledged: onAcknowledged,
  });
  outbox.restore();
}

/** @param {import("../../shared/outbox.js").Entry} entry @param {any} ack */
function onAcknowledged(entry, ack) {
  const profile = state.value.profile;
  const message = {
    id: ack.id,
    ticket: ack.ticket,
    seq: ack.seq,
    prev: ack.seq - 1,
    kind: entry.kind,
    author: { kind: "agent", id: state.value.me, name: profile?.name ?? "" },
    body: entry.body,
    html: "",
    ref: entry.ref,
    created_at: ack.created_at,
    event: null,
    files: entry.files ?? [],
    choices: [],
    article: null,
  };
  acknowledged.value = [...acknowledged.value, message];
}

/** The announcement is there: the bubble is drawn from it now. @param {any} message */
export function onAnnounced(message) {
  if (!acknowledged.value.some((each) => each.ref === message.ref)) return;
  acknowledged.value = acknowledged.value.filter((each) => each.ref !== message.ref);
}

/** @param {string} ticket */
const lastSeq = (ticket) => {
  const messages = state.value.threads[ticket]?.messages ?? [];
  return messages[messages.length - 1]?.seq ?? 0;
};

/** @param {string} ticket @param {string} body @param {"reply"|"note"} kind @param {any[]} [files] uploaded ones */
export function send(ticket, body, kind, files = []) {
  outbox.add({ ticket, body, kind, files, seenSeq: kind === "reply" ? lastSeq(ticket) : undefined });
  stopTyping(ticket);
  releaseRows();
}

/** What has come meanwhile is on screen, so it counts as looked at. @param {import("../../shared/outbox.js").Entry} entry */
export const retry = (entry) => outbox.retry(entry.ref, { seenSeq: lastSeq(entry.ticket) });

/** @param {string} ref */
export const discard = (ref) => outbox.discard(ref);

let typingIn = /** @type {string|null} */ (null);
let toldAt = 0;
/** @type {any} */
let stopTimer;

/** Only replies: a note is never shown to the visitor, nor that one is being written. @param {string} ticket */
export function startTyping(ticket) {
  clearTimeout(stopTimer);
  stopTimer = setTimeout(() => stopTyping(ticket), STOPPED_TYPING_MS);
  const now = Date.now();
  if (typingIn === ticket && now - toldAt < TYPING_EVERY_MS) return;
  if (typingIn && typingIn !== ticket) stopTyping(typingIn);
  typingIn = ticket;
  toldAt = now;
  services.live.tell(typing(ticket, true));
}

/** @param {string} ticket */
export function stopTyping(ticket) {
  if (typingIn !== ticket) return;
  clearTimeout(stopTimer);
  typingIn = null;
  services.live.tell(typing(ticket, false));
}

/** @param {string|null} ticket @param {boolean} replying */
export const tellViewing = (ticket, replying) =>
  services.live.keepTelling("viewing", ticket ? viewing(ticket, replying) : null);

let lastRead = "";

/** @param {string} ticket @param {number} seq @param {boolean} online */
export function markRead(ticket, seq, online) {
  const row = state.value.rows[ticket];
  const key = `${ticket} ${seq} ${online}`;
  if (!row || key === lastRead) return;
  lastRead = key;
  services.live.tell(read(ticket, seq));
  dispatch({ type: "ticket.seen", at: "", ticket, seq, inbound_count: row.inbound_count });
}
