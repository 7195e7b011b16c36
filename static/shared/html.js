// @ts-check
/** The view library with signals, for the console; the widget does without them. */
export * from "./view.js";
export { batch, computed, effect, signal, untracked, useComputed, useSignal, useSignalEffect } from "../vendor/signals.js";
