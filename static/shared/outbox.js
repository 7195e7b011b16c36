// @ts-check
/**
 * What was written and is not yet answered. Kept in storage, one record a message, so that nothing
 * typed is lost across a reload; sent in order, one at a time per ticket, with the ref it was born
 * with. A start of a conversation holds back what was written after it until the ticket is known.
 */
import { messageSend, startedBy } from "./protocol.js";

/**
 * @typedef {object} Entry
 * @property {string} ref
 * @property {string} ticket a ticket, or what stands for one that is being started
 * @property {object} [start]
 * @property {string} body
 * @property {string} kind
 * @property {number} [seenSeq]
 * @property {any[]} [files] uploaded ones, in the server's words
 * @property {string} written ISO moment of this browser's clock
 * @property {number} order
 * @property {"sending" | "failed"} state
 * @property {{code: string, message: string, field?: string}} [error]
 *
 * @typedef {object} OutboxOptions
 * @property {import("./keep.js").Keep} keep
 * @property {(frame: any) => Promise<any>} send resolves with the ack, rejects with the error frame
 * @property {(entries: Entry[]) => void} changed everything that waits, oldest first
 * @property {(entry: Entry, ack: any) => void} acknowledged
 * @property {() => string} newRef
 * @property {() => Date} [now]
 */

const PREFIX = "outbox:";

export class Outbox {
  /** @type {Map<string, Entry>} */
  #entries = new Map();
  /** Refs on their way, one a ticket. */
  #flying = /** @type {Map<string, string>} */ (new Map());
  #order = 0;

  /** @param {OutboxOptions} options */
  constructor(options) {
    this.options = options;
  }

  /** Takes up what an earlier page left behind. */
  restore() {
    const { keep } = this.options;
    const kept = keep.keys(PREFIX).map((key) => keep.get(key)).filter(Boolean);
    for (const entry of kept.sort((a, b) => a.order - b.order)) {
      this.#entries.set(entry.ref, entry);
      this.#order = Math.max(this.#order, entry.order);
    }
    this.#changed();
    for (const entry of kept) this.#pump(entry.ticket);
  }

  /**
   * @param {{ticket?: string, start?: object, body: string, kind?: string, seenSeq?: number, files?: any[]}} message
   * @returns {Entry}
   */
  add({ ticket, start, body, kind = "reply", seenSeq, files = [] }) {
    const { newRef, now = () => new Date() } = this.options;
    const ref = newRef();
    this.#order = Math.max(this.#order + 1, now().getTime());
    /** @type {Entry} */
    const entry = {
      ref,
      ticket: ticket ?? startedBy(ref),
      ...(start && { start }),
      body,
      kind,
      ...(seenSeq !== undefined && { seenSeq }),
      ...(files.length && { files }),
      written: now().toISOString(),
      order: this.#order,
      state: "sending",
    };
    this.#put(entry);
    this.#pump(entry.ticket);
    return entry;
  }

  /** @param {string} ref @param {{seenSeq?: number, start?: object, body?: string}} [change] what the writer has looked at or put right meanwhile */
  retry(ref, change = {}) {
    const entry = this.#entries.get(ref);
    if (!entry || entry.state !== "failed") return;
    const { error, ...rest } = entry;
    this.#put({ ...rest, ...change, state: "sending" });
    this.#pump(entry.ticket);
  }

  /** @param {string} ref @returns {Entry | undefined} what was discarded */
  discard(ref) {
    const entry = this.#entries.get(ref);
    if (!entry) return undefined;
    this.#remove(ref);
    if (entry.start) this.#inherit(entry);
    this.#changed();
    return entry;
  }

  /** @param {string} ticket @returns {Entry[]} oldest first */
  waiting(ticket) {
    return this.#all().filter((entry) => entry.ticket === ticket);
  }

  /** Sends the next of a ticket, unless one is under way. */
  async #pump(ticket) {
    const next = this.waiting(ticket).find((entry) => entry.state === "sending");
    if (!next || this.#flying.has(ticket) || this.#heldBack(next)) return;
    this.#flying.set(ticket, next.ref);
    try {
      const ack = await this.options.send(messageSend(next));
      this.#acknowledge(next, ack);
    } catch (error) {
      this.#fail(next, error);
    }
  }

  /** Nothing overtakes the message that starts the conversation. */
  #heldBack(entry) {
    return !entry.start && entry.ticket.startsWith(startedBy(""));
  }

  #acknowledge(entry, ack) {
    this.#flying.delete(entry.ticket);
    this.#remove(entry.ref);
    for (const follower of this.waiting(startedBy(entry.ref))) this.#put({ ...follower, ticket: ack.ticket });
    this.options.acknowledged(entry, ack);
    this.#changed();
    this.#pump(ack.ticket);
  }

  #fail(entry, { code = "invalid", message = "", field = "" }) {
    this.#flying.delete(entry.ticket);
    if (this.#entries.has(entry.ref)) this.#put({ ...entry, state: "failed", error: { code, message, ...(field && { field }) } });
    this.#pump(entry.ticket);
  }

  /** The next message starts the conversation in place of a discarded one. */
  #inherit(discarded) {
    const [heir, ...others] = this.waiting(discarded.ticket);
    if (!heir) return;
    const ticket = startedBy(heir.ref);
    this.#put({ ...heir, ticket, start: discarded.start });
    for (const other of others) this.#put({ ...other, ticket });
    this.#pump(ticket);
  }

  #all() {
    return [...this.#entries.values()].sort((a, b) => a.order - b.order);
  }

  #put(entry) {
    this.#entries.set(entry.ref, entry);
    this.options.keep.set(PREFIX + entry.ref, entry);
    this.#changed();
  }

  #remove(ref) {
    this.#entries.delete(ref);
    this.options.keep.set(PREFIX + ref, null);
  }

  #changed() {
    this.options.changed(this.#all());
  }
}
