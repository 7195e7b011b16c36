// @ts-check
/**
 * state = reduce(state, event): the one place that knows what the wire's events mean for the
 * console. Pure, and free of the DOM, so that the server's tests run this very file to prove
 * "a snapshot and the events after it equal a fresh snapshot".
 */
import { changeThread, withCall, withMessage, withUpdate } from "./messages.js";
import { putRow, recount, rowGone, ticketSeen, without } from "./rows.js";
import { byNewest, covers, inView } from "./views.js";

export { emptyState } from "./state.js";
export { applyBoot, applyList, applyOlder, applyThread, forget } from "./snapshots.js";

/** @typedef {import("./state.js").State} State */

/** @param {any} who */
const whoKey = (who) => `${who.kind}:${who.id ?? ""}`;

/**
 * @param {State} state
 * @param {string} ticket
 * @param {any} who
 * @param {boolean} on
 * @param {string} [text] what he has typed so far, where the inbox lets us see it
 * @returns {State}
 */
function setTyping(state, ticket, who, on, text = "") {
  const others = (state.typing[ticket] ?? []).filter((each) => whoKey(each) !== whoKey(who));
  const typing = on ? [...others, text ? { ...who, text } : who] : others;
  if (!typing.length) return { ...state, typing: without(state.typing, ticket) };
  return { ...state, typing: { ...state.typing, [ticket]: typing } };
}

/**
 * @param {State} state
 * @param {any} event
 */
function messageCreated(state, event) {
  const { message, row } = event;
  let next = row ? putRow(state, row, event.at) : state;
  next = changeThread(next, event.ticket, (thread) => {
    const messages = withMessage(thread.messages, message);
    // Below what is loaded: it comes with its page when the reader scrolls up.
    const early = thread.more && message.seq < (thread.messages[0]?.seq ?? 0);
    if (messages === thread.messages || early) return thread;
    return { ...thread, messages, callbacks: withCall(thread.callbacks ?? [], message) };
  });
  return setTyping(next, event.ticket, message.author, false);
}

/**
 * @param {State} state
 * @param {any} event
 * @returns {State}
 */
function agentStatus(state, event) {
  const agent = { ...state.agents[event.agent.id], ...event.agent };
  const profile =
    state.profile && agent.id === state.me ? { ...state.profile, ...event.agent } : state.profile;
  return { ...state, profile, agents: { ...state.agents, [agent.id]: agent } };
}

/**
 * A right was withdrawn: what only this topic showed goes at once.
 * @param {State} state
 * @param {any} event
 * @returns {State}
 */
function unsubscribed(state, event) {
  let next = state;
  for (const row of Object.values(state.rows)) {
    if (!covers(event.topic, row)) continue;
    next = {
      ...next,
      rows: without(next.rows, row.id),
      threads: without(next.threads, row.id),
      counts: recount(next.counts, row, undefined, state.me),
    };
  }
  const [kind, ticket] = event.topic.split(":");
  return kind === "ticket" ? { ...next, threads: without(next.threads, ticket) } : next;
}

/** @type {Record<string, (state: State, event: any) => State>} */
const EVENTS = {
  "message.created": messageCreated,
  "message.updated": (state, event) =>
    changeThread(state, event.ticket, (thread) => {
      const messages = withUpdate(thread.messages, event.message);
      return messages === thread.messages ? thread : { ...thread, messages };
    }),
  "ticket.created": (state, event) => putRow(state, event.row, event.at),
  "ticket.changed": (state, event) => putRow(state, event.row, event.at),
  "ticket.gone": rowGone,
  "ticket.seen": ticketSeen,
  "ticket.typing": (state, event) => setTyping(state, event.ticket, event.who, event.on, event.text),
  "ticket.viewers": (state, event) => ({
    ...state,
    viewers: { ...state.viewers, [event.ticket]: event.viewers },
  }),
  "agent.status": agentStatus,
  unsubscribed,
};

/**
 * Unknown types are ignored: an older page must survive a newer server.
 * @param {State} state
 * @param {any} event
 * @returns {State}
 */
export function reduce(state, event) {
  const apply = EVENTS[event.type];
  return apply ? apply(state, event) : state;
}

/**
 * The rows that a view shows now, in order.
 * @param {State} state
 * @param {string} view
 */
export function rowsOf(state, view) {
  const floor = state.lists[view]?.floor ?? null;
  return Object.values(state.rows)
    .filter((row) => inView(view, row, state.me))
    .filter((row) => !floor || byNewest(row, floor) <= 0)
    .sort(byNewest);
}

/**
 * What must be equal in a state kept up by events and one loaded afresh.
 * @param {State} state
 * @param {string} view
 */
export function comparable(state, view) {
  const rows = rowsOf(state, view);
  const threads = Object.fromEntries(
    Object.entries(state.threads).map(([ticket, thread]) => [
      ticket,
      { row: state.rows[ticket] ?? null, messages: thread.messages, callbacks: thread.callbacks },
    ]),
  );
  const shown = new Set([...rows.map((row) => row.id), ...Object.keys(threads)]);
  const seen = Object.fromEntries(
    Object.entries(state.seen).filter(([ticket, each]) => shown.has(ticket) && each.seq > 0),
  );
  return { rows, threads, seen };
}
