// @ts-check
/**
 * state = reduce(state, event): the one place that knows what the wire's events mean for the
 * console. Pure, and free of the DOM, so that the server's tests run this very file to prove
 * "a snapshot and the events after it equal a fresh snapshot".
 */
import { compareAt } from "../../shared/protocol.js";
import { hasGap, mergePage, withMessage, withUpdate } from "./messages.js";
import { newerRow, putRow, recount, rowGone, without } from "./rows.js";
import { byNewest, covers, inView } from "./views.js";
import { emptyState } from "./state.js";

export { emptyState };

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Row} Row */
/** @typedef {import("./state.js").Thread} Thread */

/**
 * @param {State} state
 * @param {string} ticket
 * @param {(thread: Thread) => Thread} change
 * @returns {State}
 */
function changeThread(state, ticket, change) {
  const thread = state.threads[ticket];
  if (!thread) return state;
  const next = change(thread);
  return next === thread ? state : { ...state, threads: { ...state.threads, [ticket]: next } };
}

/**
 * Of two epochs neither is newer: the snapshot holds then.
 * @param {string|undefined} a
 * @param {string} b
 */
const isNewer = (a, b) => (compareAt(a, b) ?? 0) > 0;

/** @param {any} who */
const whoKey = (who) => `${who.kind}:${who.id ?? ""}`;

/**
 * @param {State} state
 * @param {string} ticket
 * @param {any} who
 * @param {boolean} on
 * @returns {State}
 */
function setTyping(state, ticket, who, on) {
  const others = (state.typing[ticket] ?? []).filter((each) => whoKey(each) !== whoKey(who));
  const typing = on ? [...others, who] : others;
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
    return messages === thread.messages || early ? thread : { ...thread, messages };
  });
  return setTyping(next, event.ticket, message.author, false);
}

/**
 * @param {State} state
 * @param {any} event
 * @returns {State}
 */
function ticketSeen(state, event) {
  const known = state.seen[event.ticket];
  if (known && known.seq >= event.seq) return state;
  const seen = { seq: event.seq, inbound_count: event.inbound_count };
  return { ...state, seen: { ...state.seen, [event.ticket]: seen } };
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
  "ticket.typing": (state, event) => setTyping(state, event.ticket, event.who, event.on),
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
 * Who I am, my colleagues and teams.
 * @param {State} state
 * @param {any} boot
 * @returns {State}
 */
export function applyBoot(state, boot) {
  return {
    ...state,
    me: boot.me.id,
    profile: boot.me,
    agents: Object.fromEntries(boot.agents.map((/** @type {any} */ agent) => [agent.id, agent])),
    teams: boot.teams,
    counts: boot.counts,
  };
}

/**
 * After a reset only what is on screen stays, until its snapshot replaces it.
 * @param {State} state
 * @param {string} view
 * @param {string|null} ticket
 * @returns {State}
 */
export function forget(state, view, ticket) {
  const rows = Object.values(state.rows).filter(
    (row) => row.id === ticket || inView(view, row, state.me),
  );
  const { me, profile, agents, teams, counts, lists, threads, seen } = state;
  return {
    ...emptyState(me),
    ...{ profile, agents, teams, counts, seen },
    rows: Object.fromEntries(rows.map((row) => [row.id, row])),
    lists: view in lists ? { [view]: lists[view] } : {},
    threads: ticket && ticket in threads ? { [ticket]: threads[ticket] } : {},
  };
}

/**
 * Rows in the snapshot's range that it does not have are out, unless a newer event says otherwise.
 * @param {State} state
 * @param {string} view
 * @param {any} snapshot
 * @param {{from: State["lists"][string]["floor"], to: State["lists"][string]["floor"]}} range
 */
function staleIds(state, view, snapshot, range) {
  const listed = new Set(snapshot.rows.map((/** @type {Row} */ row) => row.id));
  return Object.values(state.rows)
    .filter((row) => !listed.has(row.id) && inView(view, row, state.me))
    .filter((row) => !range.from || byNewest(range.from, row) < 0)
    .filter((row) => !range.to || byNewest(row, range.to) <= 0)
    .filter((row) => !isNewer(state.stamps[row.id], snapshot.at))
    .map((row) => row.id);
}

/**
 * @param {State} state
 * @param {Row} row
 * @param {string} at
 */
function leftSince(state, row, at) {
  const buried = state.gone[row.id];
  return buried !== undefined && row.version <= buried.version && isNewer(buried.at, at);
}

/**
 * @param {State} state
 * @param {string} view  mine, unassigned, all, solved or team-<id>
 * @param {any} snapshot  the answer of the list's address
 * @param {boolean} more  it is a further page of a list that is shown
 * @returns {State}
 */
export function applyList(state, view, snapshot, more = false) {
  const last = snapshot.rows[snapshot.rows.length - 1];
  const to = snapshot.next && last ? { last_at: last.last_at, number: last.number } : null;
  const from = more ? state.lists[view]?.floor ?? null : null;
  const rows = { ...state.rows };
  const gone = { ...state.gone };
  for (const id of staleIds(state, view, snapshot, { from, to })) delete rows[id];
  for (const row of snapshot.rows) {
    if (leftSince(state, row, snapshot.at)) continue;
    rows[row.id] = newerRow(rows[row.id], row);
    delete gone[row.id];
  }
  const list = { next: snapshot.next, topics: snapshot.topics, floor: to };
  let next = { ...state, rows, gone, counts: { ...state.counts, ...snapshot.counts } };
  next = { ...next, lists: { ...state.lists, [view]: list } };
  for (const [ticket, seen] of Object.entries(snapshot.seen ?? {})) {
    next = ticketSeen(next, { ticket, .../** @type {any} */ (seen) });
  }
  return next;
}

/**
 * @param {State} state
 * @param {any} snapshot  the answer of the ticket's address
 * @returns {State}
 */
export function applyThread(state, snapshot) {
  const { row, seen } = snapshot;
  const known = state.threads[row.id];
  const merged = mergePage(known?.messages ?? [], snapshot.messages);
  const first = snapshot.messages[0]?.seq ?? 1;
  // A hole between old pages and this one would look like a whole history: start anew from it.
  const messages = hasGap(merged) ? merged.filter((message) => message.seq >= first) : merged;
  const whole = messages[0]?.seq === known?.messages[0]?.seq && known !== undefined;
  const thread = {
    messages,
    more: whole ? known.more : snapshot.more,
    contact: snapshot.contact,
    visit: snapshot.visit,
    here: Boolean(snapshot.here),
    history: snapshot.history,
  };
  const next = {
    ...state,
    rows: { ...state.rows, [row.id]: newerRow(state.rows[row.id], row) },
    threads: { ...state.threads, [row.id]: thread },
    viewers: { ...state.viewers, [row.id]: snapshot.viewers ?? [] },
  };
  return seen ? ticketSeen(next, { ticket: row.id, ...seen }) : next;
}

/**
 * @param {State} state
 * @param {string} ticket
 * @param {{messages: import("./state.js").Message[], more: boolean}} page  older messages
 * @returns {State}
 */
export function applyOlder(state, ticket, page) {
  return changeThread(state, ticket, (thread) => ({
    ...thread,
    messages: mergePage(thread.messages, page.messages),
    more: page.more,
  }));
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
      { row: state.rows[ticket] ?? null, messages: thread.messages },
    ]),
  );
  const shown = new Set([...rows.map((row) => row.id), ...Object.keys(threads)]);
  const seen = Object.fromEntries(
    Object.entries(state.seen).filter(([ticket, each]) => shown.has(ticket) && each.seq > 0),
  );
  return { rows, threads, seen };
}
