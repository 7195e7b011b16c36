// @ts-check
/**
 * A conversation as one person sees it: messages in order, each once, however often and late they
 * come. Works for the visitor's numbering (a public message names the one before in `prev`) and for
 * what is on its way (no `seq` yet).
 */

/** Messages within this time by the same author stand together. */
const GROUP_MS = 3 * 60_000;

/**
 * @param {any[]} known ascending seq
 * @param {any[]} fresh in any order
 */
export function mergeMessages(known, fresh) {
  const bySeq = new Map(known.map((message) => [message.seq, message]));
  for (const message of fresh) bySeq.set(message.seq, { ...bySeq.get(message.seq), ...message });
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** A hole: a message says that another stood before it which we do not have. @param {any[]} messages */
export function hasGap(messages) {
  return messages.some((message, i) => i > 0 && message.prev !== undefined && message.prev !== messages[i - 1].seq);
}

/**
 * Cuts a thread into what is drawn: day lines, events, groups of bubbles by one author, and the line
 * before what is new.
 * @param {any[]} messages
 * @param {(message: any) => string} dayOf
 * @param {any} [fresh] the first of the new messages, if there are any
 */
export function layOut(messages, dayOf, fresh) {
  const blocks = /** @type {any[]} */ ([]);
  let day = "";
  for (const message of messages) {
    const itsDay = dayOf(message.created_at);
    if (itsDay !== day) blocks.push({ type: "day", key: `day ${itsDay}`, moment: message.created_at });
    day = itsDay;
    if (message === fresh) blocks.push({ type: "new", key: "new" });
    const last = blocks[blocks.length - 1];
    if (message.kind === "event") blocks.push({ type: "event", key: keyOf(message), message });
    else if (last.type === "group" && together(last.messages[last.messages.length - 1], message)) last.messages.push(message);
    else blocks.push({ type: "group", key: keyOf(message), author: message.author, messages: [message] });
  }
  return blocks;
}

/** The same before and after the ack, so that a bubble is not drawn anew. */
export const keyOf = (message) => message.ref ?? `seq ${message.seq}`;

function together(before, after) {
  if (before.state === "failed" || after.state === "failed") return false;
  const sameAuthor = before.author.kind === after.author.kind && before.author.name === after.author.name;
  const apart = new Date(after.created_at).getTime() - new Date(before.created_at).getTime();
  return sameAuthor && before.kind === after.kind && apart < GROUP_MS;
}
