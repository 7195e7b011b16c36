// @ts-check
/** Snapshots: lists, conversations, older pages, and everything anew after a reset. */
import { batch } from "../view.js";
import { compareAt } from "../../shared/protocol.js";
import { services } from "../services.js";
import { applyBoot, applyList, applyOlder, applyThread, forget } from "../store/reduce.js";
import { state, update } from "../store/store.js";
import * as ui from "../ui.js";

const ticketTopic = (/** @type {string} */ id) => `ticket:${id}`;

/** What was said on these topics since the snapshot is replayed. @param {string} view */
async function loadList(view) {
  const snapshot = await services.api.tickets(view);
  update((known) => applyList(known, view, snapshot));
  services.live.subscribe(snapshot.topics, snapshot.at);
  return snapshot;
}

/** @param {string} view */
export async function showView(view) {
  batch(() => {
    ui.view.value = view;
    if (view !== "solved") ui.openView.value = view;
    ui.listStatus.value = state.value.lists[view] ? "ready" : "loading";
  });
  try {
    await loadList(view);
    if (ui.view.value === view) ui.listStatus.value = "ready";
  } catch {
    if (ui.view.value === view && !state.value.lists[view]) ui.listStatus.value = "error";
  }
}

export async function loadMore() {
  const view = ui.view.value;
  const next = state.value.lists[view]?.next;
  if (!next || ui.loadingMore.value) return;
  ui.loadingMore.value = true;
  try {
    const page = await services.api.tickets(view, next);
    if (state.value.lists[view]?.next === next) update((known) => applyList(known, view, page, true));
  } catch {
    // The end of the list asks again when it is scrolled to.
  } finally {
    ui.loadingMore.value = false;
  }
}

/** @param {string} id */
async function fetchThread(id) {
  const snapshot = await services.api.ticket(id);
  update((known) => applyThread(known, snapshot));
  if (ui.ticket.value === id) services.live.subscribe([ticketTopic(id)], snapshot.at);
  return snapshot;
}

/** @param {string} id */
const lineOf = (id) => ({
  ticket: id,
  seq: state.value.seen[id]?.seq ?? 0,
  until: state.value.rows[id]?.last_seq ?? 0,
});

/** @param {string} id */
export async function loadThread(id) {
  ui.threadStatus.value = state.value.threads[id] ? "ready" : "loading";
  try {
    await fetchThread(id);
    if (ui.ticket.value !== id) return;
    batch(() => {
      ui.threadStatus.value = "ready";
      if (ui.readLine.value?.ticket !== id) ui.readLine.value = lineOf(id);
    });
  } catch (error) {
    const missing = /** @type {any} */ (error).status === 404 || /** @type {any} */ (error).status === 403;
    if (ui.ticket.value !== id) return;
    if (missing) ui.threadStatus.value = "missing";
    else if (!state.value.threads[id]) ui.threadStatus.value = "error";
  }
}

/** @param {string|null} id */
export function openTicket(id) {
  const previous = ui.ticket.value;
  if (previous === id) return;
  batch(() => {
    ui.ticket.value = id;
    ui.mode.value = "reply";
    ui.readLine.value = null;
    ui.detailsOpen.value = false;
  });
  if (previous) services.live.unsubscribe([ticketTopic(previous)]);
  if (id) loadThread(id);
}

export async function loadOlder() {
  const id = ui.ticket.value;
  const thread = id && state.value.threads[id];
  if (!thread || !thread.more || ui.loadingOlder.value) return;
  ui.loadingOlder.value = true;
  try {
    const page = await services.api.messages(id, thread.messages[0].seq);
    update((known) => applyOlder(known, id, page));
  } catch {
    // Scrolling to the top asks again.
  } finally {
    ui.loadingOlder.value = false;
  }
}

export async function loadBoot() {
  const boot = await services.api.boot();
  update((known) => applyBoot(known, boot));
  return boot;
}

/**
 * Everything on screen anew, after the server could not say what was missed.
 * @returns {Promise<string|null>} the oldest of the snapshots' positions
 */
export async function reloadAll() {
  const view = ui.view.value;
  const id = ui.ticket.value;
  update((known) => forget(known, view, id));
  const snapshots = await Promise.all([loadBoot(), loadList(view), id ? fetchThread(id).catch(() => null) : null]);
  batch(() => {
    ui.listStatus.value = "ready";
    if (id) ui.threadStatus.value = state.value.threads[id] ? "ready" : "missing";
    if (id && ui.readLine.value?.ticket !== id) ui.readLine.value = lineOf(id);
  });
  const positions = snapshots.flatMap((snapshot) => (snapshot ? [snapshot.at] : []));
  return positions.reduce((oldest, at) => ((compareAt(at, oldest) ?? 0) < 0 ? at : oldest));
}
