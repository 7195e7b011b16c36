// @ts-check
/**
 * The visitor's state and every way it changes. Pure: snapshots, announcements and acks in, a new
 * state out, so that what the tests prove here holds in the browser.
 */
import { hasGap, mergeMessages } from "../shared/thread.js";

const MINUTE = 60_000;

/**
 * @typedef {object} Thread
 * @property {any[]} messages ascending seq
 * @property {boolean} more older ones exist on the server
 * @property {boolean} whole false while something in the middle is missing
 *
 * @typedef {object} Place where a conversation waits
 * @property {number} position
 * @property {number} ahead
 * @property {{low: number, high: number} | null} [wait] minutes left; null: nobody can tell
 * @property {number} [heard] when the server said so, by our clock, in milliseconds
 * @property {number} [promised] until when, at the latest, somebody should have come
 * @property {boolean} [late] that moment has passed, and another one was named
 *
 * @typedef {object} State
 * @property {Record<string, any>} rows tickets by id
 * @property {Record<string, Thread>} threads only of tickets that were opened
 * @property {Record<string, Place>} queue
 * @property {any[]} surveys offered and not answered
 * @property {string} peek_key with which the page asks how things stand, without us
 * @property {any} visitor
 * @property {any} inbox
 * @property {any} prechat what is asked before the next conversation; null: nothing
 * @property {any} team
 * @property {{low: number, high: number} | null} wait minutes that a new chat would wait
 * @property {any[]} articles
 */

/** @returns {State} */
export const empty = () => ({
  rows: {}, threads: {}, queue: {}, surveys: [], peek_key: "", visitor: null, inbox: {}, prechat: null,
  team: { online: 0, people: [], reply_minutes: null }, wait: null, articles: [],
});

/**
 * @param {State} state @param {any} boot
 * @param {{shown: string | null, after: "reset" | "look"}} how after a reset only the snapshot counts; a
 *   mere look must not lose what was announced while it was on its way. The thread on screen stays
 *   until its messages have been loaded anew; others are loaded when they are opened.
 */
export function withBoot(state, boot, { shown, after }) {
  const fresh = Object.fromEntries(boot.tickets.map((row) => [row.id, newerRow(state.rows[row.id], row)]));
  const thread = shown && state.threads[shown];
  return {
    ...state,
    visitor: boot.visitor,
    inbox: boot.inbox,
    prechat: boot.prechat,
    team: boot.team,
    wait: boot.wait,
    articles: boot.articles ?? [],
    surveys: boot.surveys ?? [],
    peek_key: boot.peek_key,
    rows: after === "reset" ? fresh : { ...state.rows, ...fresh },
    threads: thread ? { [shown]: thread } : {},
    queue: keepQueued(state.queue, boot.tickets),
  };
}

/**
 * The newest page of a thread. What is older and known stays only if the page reaches it.
 * @param {State} state @param {string} id @param {any} page @param {number} now milliseconds
 */
export function withThread(state, id, { row, messages, more, queue }, now) {
  const known = state.threads[id]?.messages ?? [];
  const reaches = messages.length > 0 && known.some((message) => message.seq >= messages[0].seq);
  const joined = reaches ? mergeMessages(known, messages) : messages;
  const older = reaches && joined[0].seq < messages[0].seq;
  const placed = withQueue(state, id, queue, now);
  return withMessages(withRow(placed, row), id, joined, older ? state.threads[id].more : more);
}

/**
 * What the server has just said of a place in the queue; null: it waits no more.
 * @param {State} state @param {string} id @param {Place | null | undefined} place @param {number} now milliseconds
 */
export function withQueue(state, id, place, now) {
  const { [id]: known, ...others } = state.queue;
  if (!place) return known ? { ...state, queue: others } : state;
  return { ...state, queue: { ...others, [id]: { ...place, heard: now, ...promiseOf(known, place.wait, now) } } };
}

/** The first upper bound counts, until it has passed: then we say so, and name another. */
function promiseOf(known, wait, now) {
  const late = Boolean(known?.late || (known?.promised && now > known.promised));
  const stands = known?.promised && now <= known.promised;
  return { late, promised: stands ? known.promised : wait ? now + wait.high * MINUTE : undefined };
}

export function withOlder(state, id, { messages, more }) {
  return withMessages(state, id, mergeMessages(messages, state.threads[id]?.messages ?? []), more);
}

/**
 * A message of our own that the server has acknowledged, before its announcement has come. What was
 * asked before a chat is not asked again.
 */
export function withAck(state, entry, ack) {
  return withOwn(entry.start ? withAnswers(state, entry.start) : state, entry, ack);
}

/** @param {State} state */
function withAnswers(state, { via, name, email, phone }) {
  const { visitor } = state;
  const told = { name: name || visitor?.name, email: email || visitor?.email, phone: phone || visitor?.phone };
  return { ...state, visitor: { ...visitor, ...told }, prechat: via === "message" ? state.prechat : null };
}

function withOwn(state, entry, ack) {
  const thread = state.threads[ack.ticket] ?? (entry.start && { messages: [], more: false });
  if (!thread || thread.messages.some((message) => message.ref === entry.ref)) return state;
  const message = {
    id: ack.id, ticket: ack.ticket, seq: ack.seq, ref: entry.ref, kind: "reply",
    author: { kind: "contact", name: "" }, body: entry.body, html: "", created_at: ack.created_at, event: null,
    files: entry.files ?? [], choices: [], article: null,
  };
  return withMessages(state, ack.ticket, mergeMessages(thread.messages, [message]), thread.more);
}

/** @param {State} state @param {any} event */
export function apply(state, event) {
  switch (event.type) {
    case "message.created":
      return withRow(withMessage(state, event.ticket, event.message), event.row);
    case "message.updated":
      return withUpdate(state, event.ticket, event.message);
    case "ticket.created":
    case "ticket.changed":
      return withRow(state, event.row);
    case "ticket.gone":
      return withoutTicket(state, event.ticket);
    case "queue.position":
      return withPlace(state, event);
    case "survey.offered":
      return withSurvey(state, { ...event.survey, ticket: event.ticket });
    default:
      return state;
  }
}

/** How long it takes from here, only the server can say. */
function withPlace(state, { ticket, position, ahead }) {
  return { ...state, queue: { ...state.queue, [ticket]: { ...state.queue[ticket], position, ahead } } };
}

/** He has left his address. @param {State} state @param {string} email */
export const withEmail = (state, email) => ({ ...state, visitor: { ...state.visitor, email } });

export const withoutSurvey = (state, id) => ({ ...state, surveys: state.surveys.filter((survey) => survey.id !== id) });

/** @param {State} state @param {string} id @param {number} seq */
export function withSeen(state, id, seq) {
  const row = state.rows[id];
  if (!row || row.contact_seen_seq >= seq) return state;
  const seen = seq >= row.last_seq ? row.outbound_count : row.contact_seen_outbound;
  return { ...state, rows: { ...state.rows, [id]: { ...row, contact_seen_seq: seq, contact_seen_outbound: seen } } };
}

// ---- questions ------------------------------------------------------------------------------

/** Newest first. @param {State} state */
export const conversations = (state) => Object.values(state.rows).sort((a, b) => moment(b) - moment(a));

export const isOpen = (row) => row.status !== "solved" && row.status !== "closed";
/** A left message or a call asked for is no chat that one goes on with. */
export const isOpenChat = (row) => isOpen(row) && row.via !== "message" && row.via !== "callback";
export const unreadOf = (row) => Math.max(0, row.outbound_count - row.contact_seen_outbound);
/** @param {State} state */
export const unreadTotal = (state) => Object.values(state.rows).reduce((sum, row) => sum + unreadOf(row), 0);

const moment = (row) => new Date(row.last_at ?? row.created_at).getTime();

// ---- steps ----------------------------------------------------------------------------------

const newerRow = (known, row) => (known && known.version > row.version ? known : row);

function withRow(state, row) {
  if (!row) return state;
  const next = newerRow(state.rows[row.id], row);
  if (next !== row) return state;
  const surveys = isOpen(row) ? state.surveys.filter((survey) => survey.ticket !== row.id) : state.surveys;
  return { ...state, rows: { ...state.rows, [row.id]: row }, queue: keepQueued(state.queue, [row]), surveys };
}

/** Nobody waits once somebody has taken or answered the conversation, once it is over, or once we
 * answer it by mail or telephone. */
function keepQueued(queue, rows) {
  const waits = (row) => isOpen(row) && !row.assignee && row.last_author !== "agent" && (row.via ?? "chat") === "chat";
  const over = rows.filter((row) => queue[row.id] && !waits(row));
  if (!over.length) return queue;
  const rest = { ...queue };
  for (const row of over) delete rest[row.id];
  return rest;
}

function withMessage(state, id, message) {
  const thread = state.threads[id];
  if (!thread) return state;
  return withMessages(state, id, mergeMessages(thread.messages, [message]), thread.more);
}

function withUpdate(state, id, message) {
  const known = state.threads[id]?.messages.some((other) => other.seq === message.seq);
  return known ? withMessage(state, id, message) : state;
}

function withMessages(state, id, messages, more) {
  const thread = { messages, more, whole: !hasGap(messages) };
  return { ...state, threads: { ...state.threads, [id]: thread } };
}

function withSurvey(state, survey) {
  if (state.surveys.some((known) => known.id === survey.id)) return state;
  return { ...state, surveys: [...state.surveys, survey] };
}

function withoutTicket(state, id) {
  const { [id]: row, ...rows } = state.rows;
  const { [id]: thread, ...threads } = state.threads;
  return { ...state, rows, threads };
}
