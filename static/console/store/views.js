// @ts-check
/** Which rows a view shows, and in what order: decided by the row alone. */

/** @typedef {import("./state.js").Row} Row */

const WORKABLE = new Set(["open", "pending", "on_hold"]);
export const DONE = new Set(["solved", "closed"]);

/** @param {Row} row */
export const isWorkable = (row) => WORKABLE.has(row.status);

/** @type {Record<string, (row: Row, me: number|null) => boolean>} */
const VIEWS = {
  mine: (row, me) => isWorkable(row) && row.assignee !== null && row.assignee.id === me,
  unassigned: (row) => isWorkable(row) && row.assignee === null,
  all: (row) => isWorkable(row),
  solved: (row) => DONE.has(row.status),
};

export const COUNTED_VIEWS = Object.keys(VIEWS);

/**
 * @param {string} view
 * @param {Row} row
 * @param {number|null} me
 */
export function inView(view, row, me) {
  if (view.startsWith("team-")) {
    return isWorkable(row) && row.team !== null && `team-${row.team.id}` === view;
  }
  return Boolean(VIEWS[view]?.(row, me));
}

/**
 * Newest first; the number breaks ties as it does in the server's ORDER BY.
 * @param {{last_at: string, number: number}} a
 * @param {{last_at: string, number: number}} b
 */
export function byNewest(a, b) {
  if (a.last_at !== b.last_at) return a.last_at < b.last_at ? 1 : -1;
  return b.number - a.number;
}

/**
 * Whether a row is covered by a live topic, so that `ticket.gone` on it means this row.
 * @param {string} topic
 * @param {Row} row
 */
export function covers(topic, row) {
  const [kind, first] = topic.split(":");
  if (kind === "all") return true;
  if (kind === "ticket") return row.id === first;
  if (kind === "agent") return row.assignee !== null && String(row.assignee.id) === first;
  if (kind !== "team") return false;
  // team:none:<inbox> names the inbox by a key that rows do not carry; one ticket has one inbox.
  if (first === "none") return row.team === null;
  return row.team !== null && String(row.team.id) === first;
}
