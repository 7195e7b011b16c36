// @ts-check
/** The one door to the view library, with the signals that only the console uses. */
export * from "../shared/view.js";
export { batch, computed, effect, signal } from "../vendor/signals.js";
