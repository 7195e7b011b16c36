// @ts-check
/**
 * Rows do not move under the pointer. While it is over the list the order stands still and what
 * would have changed is counted; it changes when the pointer leaves or the agent asks.
 */
import { signal } from "./view.js";

export const held = signal(/** @type {import("./arrange.js").HeldGroup[]|null} */ (null));

/** @param {{name: string, rows: {id: string}[]}[]} groups */
export const holdRows = (groups) => {
  held.value = groups.map(({ name, rows }) => ({ name, ids: rows.map((row) => row.id) }));
};

export const releaseRows = () => {
  held.value = null;
};
