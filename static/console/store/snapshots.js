// @ts-check
/** What the server's snapshots mean for what is known already. Pure. */
import { compareAt } from "../../shared/protocol.js";
import { changeThread, hasGap, mergePage } from "./messages.js";
import { newerRow, ticketSeen } from "./rows.js";
import { emptyState } from "./state.js";
import { byNewest, inView } from "./views.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Row} Row */

/**
 * Of two epochs neither is newer: the snapshot holds then.
 * @param {string|undefined} a
 * @param {string} b
 */
const isNewer = (a, b) => (compareAt(a, b) ?? 0) > 0;

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
    answers: snapshot.answers ?? [],
    callbacks: snapshot.callbacks ?? [],
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
