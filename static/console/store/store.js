// @ts-check
/** The state as a signal: whoever reads it in a component is drawn anew when it changes. */
import { signal } from "../view.js";
import { emptyState, reduce } from "./reduce.js";

export const state = signal(emptyState());

/** @param {any} event */
export function dispatch(event) {
  state.value = reduce(state.value, event);
}

/** @param {(before: import("./state.js").State) => import("./state.js").State} change */
export function update(change) {
  state.value = change(state.value);
}
