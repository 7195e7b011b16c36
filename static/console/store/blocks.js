// @ts-check
/** A conversation cut into what is drawn, with what is on its way and the line before the new. */
import { layOut } from "../../shared/thread.js";

/** @typedef {import("./state.js").Message} Message */
/** @typedef {{ticket: string, seq: number, until: number}} ReadLine */

/**
 * What I wrote and the server has not announced yet, as messages at the end of the thread.
 * @param {string} ticket
 * @param {Message[]} messages
 * @param {import("../../shared/outbox.js").Entry[]} pending
 * @param {Message[]} acknowledged
 * @param {{id: number|null, name: string}} me
 */
export function withOwn(ticket, messages, pending, acknowledged, me) {
  const known = new Set(messages.map((message) => message.seq));
  const sent = acknowledged.filter((each) => each.ticket === ticket && !known.has(each.seq));
  const waiting = pending
    .filter((entry) => entry.ticket === ticket)
    .map((entry) => ({
      ref: entry.ref,
      kind: entry.kind,
      author: { kind: "agent", id: me.id, name: me.name },
      body: entry.body,
      html: "",
      created_at: entry.written,
      event: null,
      files: entry.files,
      entry,
    }));
  return [...messages, ...sent, ...waiting];
}

/**
 * @param {any} message
 * @param {ReadLine|null} line
 */
const isNew = (message, line) =>
  line !== null &&
  message.author.kind === "contact" &&
  message.seq > line.seq &&
  message.seq <= line.until;

/**
 * @param {any[]} messages
 * @param {(moment: string) => string} dayOf
 * @param {ReadLine|null} line
 */
export function blocksOf(messages, dayOf, line) {
  return layOut(messages, dayOf, messages.find((message) => isNew(message, line)));
}
