// @ts-check
/**
 * Rows do not move under the pointer. While it is over the list the order stands still and what
 * would have changed is counted; it changes when the pointer leaves or the agent asks.
 */
import { signal } from "./view.js";

/** @typedef {{name: string, ids: string[]}} HeldGroup */

export const held = signal(/** @type {HeldGroup[]|null} */ (null));

/** @param {{name: string, rows: {id: string}[]}[]} groups */
export const holdRows = (groups) => {
  held.value = groups.map(({ name, rows }) => ({ name, ids: rows.map((row) => row.id) }));
};

export const releaseRows = () => {
  held.value = null;
};

/** @param {HeldGroup[]} groups */
const placesOf = (groups) => groups.flatMap(({ name, ids }) => ids.map((id) => `${name} ${id}`));

/**
 * How many rows would come, go or move.
 * @param {HeldGroup[]} before
 * @param {HeldGroup[]} after
 */
export function countChanges(before, after) {
  const [was, is] = [placesOf(before), placesOf(after)];
  const [had, has] = [new Set(was), new Set(is)];
  const differing = [...was.filter((place) => !has.has(place)), ...is.filter((place) => !had.has(place))];
  // A row that changes its group is in both halves, and is one change.
  const changed = new Set(differing.map((place) => place.split(" ")[1]));
  const stayed = is.filter((place) => had.has(place));
  const order = was.filter((place) => has.has(place));
  return changed.size + (stayed.some((place, index) => place !== order[index]) ? 1 : 0);
}

/**
 * The groups to draw: as they should stand, or as they stood when the pointer came.
 * @template {{id: string}} T
 * @param {{name: string, rows: T[]}[]} groups
 * @param {HeldGroup[]|null} kept
 * @param {(id: string) => T|undefined} find  a row that may have left the view
 */
export function arrange(groups, kept, find) {
  if (!kept) return { groups, waiting: 0 };
  const shown = kept.map(({ name, ids }) => ({ name, rows: ids.flatMap((id) => find(id) ?? []) }));
  const wanted = groups.map(({ name, rows }) => ({ name, ids: rows.map((row) => row.id) }));
  return { groups: shown.filter((group) => group.rows.length), waiting: countChanges(kept, wanted) };
}
