// @ts-check
/**
 * Where the visitor is: a trail of views, the last of which is on screen. Pure.
 *
 * @typedef {object} View
 * @property {"home" | "messages" | "help" | "search" | "article" | "prechat" | "chat" | "queue" | "message" | "callback" | "thanks" | "rating" | "privacy"} name
 * @property {string | null} [ticket] null: a conversation that begins with the first message
 * @property {string} [slug] of an article
 * @property {string} [query] of a search
 * @property {string} [ref] of a first message that was refused
 * @property {boolean} [writing] he waits, and writes on meanwhile
 * @property {{starts_at: string, ends_at: string, phone: string}} [callback]
 */

const TABS = new Set(["home", "messages", "help"]);
const OF_A_TICKET = new Set(["chat", "queue", "rating", "thanks"]);
const MOST = 8;

/** @type {View} */
export const HOME = { name: "home" };

export const isTab = (view) => TABS.has(view.name);

const same = (a, b) => a.name === b.name && (a.ticket ?? null) === (b.ticket ?? null) && a.slug === b.slug;

/** A tab begins anew; a view that lies behind us is returned to. @param {View[]} trail @param {View} view */
export function visit(trail, view) {
  if (isTab(view)) return [view];
  const known = trail.findIndex((one) => same(one, view));
  const way = known >= 0 ? trail.slice(0, known) : trail;
  return [...way, view].slice(-MOST);
}

/** A form gives way to what comes of it. @param {View[]} trail @param {View} view */
export const replace = (trail, view) => visit(trail.slice(0, -1), view);

/** @param {View[]} trail */
export const back = (trail) => (trail.length > 1 ? trail.slice(0, -1) : [HOME]);

/** The start of a conversation has been acknowledged: it has an id now. */
export const renamed = (trail, from, to) => trail.map((view) => (view.ticket === from ? { ...view, ticket: to } : view));

/**
 * What an earlier page left behind, without conversations that are no more.
 * @param {any} kept @param {(ticket: string) => boolean} knows @returns {View[]}
 */
export function restored(kept, knows) {
  if (!Array.isArray(kept)) return [HOME];
  const trail = kept.filter((view) => view?.name && (!OF_A_TICKET.has(view.name) || !view.ticket || knows(view.ticket)));
  return trail.length ? trail : [HOME];
}

/**
 * Where what has happened leads by itself: into the queue and out of it, and back to the form whose
 * answers the server has refused.
 * @param {View} view @param {import("./reduce.js").State} state
 * @param {import("../shared/outbox.js").Entry[]} pending
 * @param {(row: any) => boolean} isOpen
 * @returns {View} the same object if it leads nowhere
 */
export function settled(view, { rows, queue }, pending, isOpen) {
  const { name, ticket } = view;
  if (!ticket) return view;
  const row = rows[ticket];
  if (name === "chat" && queue[ticket] && !view.writing) return { name: "queue", ticket };
  if (name === "queue" && row && !queue[ticket]) return { name: "chat", ticket };
  // An agent took the end back: the conversation goes on.
  if (name === "rating" && row && isOpen(row)) return { name: "chat", ticket };
  const refused = (name === "chat" || name === "thanks") && pending.find((entry) => entry.ticket === ticket && isRefused(entry));
  return refused ? formOf(refused) : view;
}

/** What the visitor himself can put right. */
export const isRefused = (entry) => Boolean(entry.start && entry.state === "failed" && entry.error?.field);

const formOf = ({ start, ref }) => ({ name: start.via === "message" ? "message" : "prechat", ref });
