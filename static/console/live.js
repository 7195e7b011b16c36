// @ts-check
/** Joins the connection to the state: events in, how the connection fares, what was caught up. */
import { watchBrowser, socketUrl } from "../shared/browser.js";
import { batch, effect } from "./view.js";
import { Live } from "../shared/socket.js";
import { loadBoot, loadThread, reloadAll, showView } from "./actions/load.js";
import { onAnnounced } from "./actions/messages.js";
import { hasGap } from "./store/messages.js";
import { dispatch, state } from "./store/store.js";
import * as ui from "./ui.js";

const TYPING_FADES_MS = 6_000;
const CAUGHT_UP_SHOWS_MS = 4_000;
const RECOUNT_AFTER_MS = 1_500;
const GAP_PATIENCE_MS = 1_500;

const typingTimers = /** @type {Map<string, any>} */ (new Map());
let missed = 0;
let onMessage = () => {};
/** @type {any} */
let recounting = null;

/** Nobody says "I stopped" when his network is gone. @param {any} event */
function letTypingFade(event) {
  const key = `${event.ticket} ${event.who.kind} ${event.who.id}`;
  clearTimeout(typingTimers.get(key));
  typingTimers.delete(key);
  if (!event.on) return;
  const fade = () => dispatch({ ...event, on: false });
  typingTimers.set(key, setTimeout(fade, TYPING_FADES_MS));
}

/** @param {any} row */
const placeOf = (row) => (row ? `${row.status} ${row.assignee?.id}` : "unknown");

/** Counts and free places change with who has what; the server counts, we only ask less often. @param {any} event */
function recountFor(event) {
  const before = event.row && state.value.rows[event.row.id];
  if (event.type !== "ticket.gone" && (!event.row || placeOf(before) === placeOf(event.row))) return;
  if (recounting) return;
  recounting = setTimeout(() => {
    recounting = null;
    loadBoot().catch(() => {});
  }, RECOUNT_AFTER_MS);
}

/** @param {any} event */
function onEvent(event) {
  if (event.type === "ticket.typing") letTypingFade(event);
  if (event.type === "config.changed") {
    loadBoot().catch(() => {});
    showView(ui.view.value);
  }
  recountFor(event);
  batch(() => {
    dispatch(event);
    if (event.type === "message.created") onAnnounced(event.message);
  });
  const counts = event.type === "message.created" && event.message.kind !== "event";
  if (counts && ui.offlineSince.value !== null) missed += 1;
  if (counts && event.ticket === ui.ticket.value && event.message.author.kind === "contact") onMessage();
}

function cameBack() {
  const news = { messages: missed };
  batch(() => {
    ui.offlineSince.value = null;
    ui.caughtUp.value = news;
  });
  setTimeout(() => {
    if (ui.caughtUp.value === news) ui.caughtUp.value = null;
  }, CAUGHT_UP_SHOWS_MS);
}

/** @param {import("../shared/socket.js").Status} status */
function onStatus(status) {
  const interrupted = ui.offlineSince.value !== null;
  ui.connection.value = status;
  if (status === "offline") {
    if (!interrupted) ui.offlineSince.value = new Date().toISOString();
    if (!interrupted) missed = 0;
  }
  if ((status === "online" || status === "fallback") && interrupted) cameBack();
}

/** @param {any} frame */
function onControl(frame) {
  if (frame.type !== "unsubscribed") return;
  dispatch(frame);
  if (frame.topic === `ticket:${ui.ticket.value}`) ui.threadStatus.value = "missing";
  else showView(ui.view.value);
}

/** A hole in the open conversation that does not close by itself is closed by a snapshot. */
function watchForGaps() {
  /** @type {any} */
  let timer;
  effect(() => {
    const id = ui.ticket.value;
    const thread = id ? state.value.threads[id] : undefined;
    clearTimeout(timer);
    if (id && thread && hasGap(thread.messages)) timer = setTimeout(() => loadThread(id), GAP_PATIENCE_MS);
  });
}

/** The newest number known of each open conversation, for `hello`. */
const openTickets = () =>
  Object.fromEntries(
    Object.entries(state.value.threads)
      .filter(([id]) => id === ui.ticket.value)
      .map(([id, { messages }]) => [id, messages[messages.length - 1]?.seq ?? 0]),
  );

/** @param {{socket: string, fallback: string, csrf: string, onSignedOut: () => void, onMessage: () => void}} options */
export function createLive({ socket, fallback, csrf, onSignedOut, onMessage: heard }) {
  onMessage = heard;
  const live = new Live({
    url: socketUrl(socket),
    fallbackUrl: fallback,
    headers: () => ({ "X-CSRFToken": csrf }),
    open: openTickets,
    handlers: {
      event: onEvent,
      status: onStatus,
      reset: reloadAll,
      control: onControl,
      unauthorized: onSignedOut,
      refused: onSignedOut,
    },
  });
  watchBrowser(live);
  watchForGaps();
  return live;
}
