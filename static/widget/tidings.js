// @ts-check
/** What the page around the frame is told of the visitor's conversations. */
import { isOpen } from "./reduce.js";

/**
 * @param {import("./host.js").Host} host @param {import("./store.js").Store} store
 * @param {(key: string, values?: any) => string} t
 * @returns {() => void} to be called after every change
 */
export function tidings(host, store, t) {
  const watches = [
    watch(() => store.unread, (count) => host.tell("unread", count)),
    watch(() => store.talking, (on) => host.tell("talking", { on, key: store.state.value.peek_key })),
    watch(() => placeInQueue(store, t), (text) => host.tell("queue", text && { text })),
    conversations(host, store),
  ];
  return () => watches.forEach((look) => look());
}

/** Tells when a value has become another. */
export function watch(read, tell) {
  let known;
  return () => {
    const value = read();
    if (value === known) return;
    known = value;
    tell(value);
  };
}

/** A message of somebody else, which he may not see: a preview on the page, and an event for the shop. */
export function tellMessage(host, ticket, message, { shown, name }) {
  host.tell("event", { name: "message", detail: { conversation: ticket, from: message.author.kind } });
  if (!shown) host.tell("preview", { name: message.author.name || name, text: message.body });
}

function placeInQueue({ state }, t) {
  const [place] = Object.values(state.value.queue);
  if (!place) return null;
  return place.ahead > 0 ? t("queue.ahead", { n: place.ahead }) : t("queue.next");
}

/** What was open when we came is no news. */
function conversations(host, store) {
  let known = /** @type {Set<string> | null} */ (null);
  return () => {
    if (store.phase.value !== "ready") return void (known = null);
    const open = new Set(Object.values(store.state.value.rows).filter(isOpen).map((row) => row.id));
    const tell = (name, ids) => ids.forEach((conversation) => host.tell("event", { name, detail: { conversation } }));
    if (known) {
      tell("chat-started", [...open].filter((id) => !known?.has(id)));
      tell("chat-ended", [...known].filter((id) => !open.has(id)));
    }
    known = open;
  };
}
