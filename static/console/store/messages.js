// @ts-check
/** A thread's messages: ordered by `seq`, each once, however often and late they come. */

/** @typedef {import("./state.js").Message} Message */
/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Thread} Thread */

/**
 * @param {Message[]} messages  ascending seq
 * @param {number} seq
 */
function place(messages, seq) {
  let index = messages.length;
  while (index > 0 && messages[index - 1].seq >= seq) index -= 1;
  return index;
}

/**
 * @param {Message[]} messages
 * @param {Message} message
 */
export function withMessage(messages, message) {
  const index = place(messages, message.seq);
  if (messages[index]?.seq === message.seq) return messages;
  return [...messages.slice(0, index), message, ...messages.slice(index)];
}

/**
 * Replaces a message that is shown; one that is not loaded is left alone.
 * @param {Message[]} messages
 * @param {Message} message
 */
export function withUpdate(messages, message) {
  const index = place(messages, message.seq);
  if (messages[index]?.seq !== message.seq) return messages;
  return [...messages.slice(0, index), message, ...messages.slice(index + 1)];
}

/**
 * Wishes to be called, the newest first, after the event that tells of one.
 * @param {any[]} calls
 * @param {Message} message
 */
export function withCall(calls, { event }) {
  if (event?.name !== "callback") return calls;
  const { by_name, ...call } = event.data;
  return [call, ...calls.filter((known) => known.id !== call.id)].sort((a, b) => b.id - a.id);
}

/**
 * Joins a snapshot's page with what is known; the snapshot's text wins where both have a seq.
 * @param {Message[]} known
 * @param {Message[]} page
 */
export function mergePage(known, page) {
  /** @type {Map<number, Message>} */
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of page) bySeq.set(message.seq, message);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/**
 * Staff see every number, so a hole means an event that has not come (yet).
 * @param {Message[]} messages
 */
export function hasGap(messages) {
  return messages.some((message, index) => index > 0 && message.seq !== messages[index - 1].seq + 1);
}

/**
 * @param {State} state
 * @param {string} ticket
 * @param {(thread: Thread) => Thread} change
 * @returns {State}
 */
export function changeThread(state, ticket, change) {
  const thread = state.threads[ticket];
  if (!thread) return state;
  const next = change(thread);
  return next === thread ? state : { ...state, threads: { ...state.threads, [ticket]: next } };
}
