// @ts-check
/**
 * What a person who does not see the screen hears: one sentence at a time in the status region.
 * Messages are read out by the log itself, unless too many come at once.
 */
import { burstCounter } from "../shared/bursts.js";
import { placeSentence } from "./words.js";

const EVERY_MS = 5_000;
const TYPING_AFTER_MS = 2_000;
const QUIET_MS = 2_500;

export class Voice {
  #next = 0;
  #waiting = /** @type {any} */ (0);
  #typing = { key: "", told: "", timer: /** @type {any} */ (0) };
  #known = "";
  #count = burstCounter();

  /** @param {any} store @param {any} t @param {HTMLElement} region */
  constructor(store, t, region) {
    this.store = store;
    this.t = t;
    this.region = region;
  }

  /** @param {string} text */
  say(text) {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => {
      this.#next = Date.now() + EVERY_MS;
      this.region.textContent = text;
    }, Math.max(50, this.#next - Date.now()));
  }

  /** A message of somebody else, in the conversation on screen or in another. @param {string} ticket @param {any} message */
  heard(ticket, message) {
    if (message.event?.name === "joined") this.say(this.t("queue.joined", message.event.data));
    if (message.kind !== "reply" || ticket !== this.store.view.value.ticket) return;
    const many = this.#count();
    if (!many) return;
    this.store.quiet.value = true;
    setTimeout(() => (this.store.quiet.value = false), QUIET_MS);
    this.say(this.t("conv.fresh", { n: many }));
  }

  /** To be called after every change. */
  look() {
    const sentence = this.#sentence();
    if (sentence !== this.#known) {
      this.#known = sentence;
      this.say(sentence);
    }
    this.#lookForTyping();
  }

  #sentence() {
    const { status, phase, view, state } = this.store;
    if (status.value === "offline" && phase.value === "ready") return this.t("conv.offline");
    const { name, ticket } = view.value;
    const place = name === "chat" || name === "queue" ? state.value.queue[ticket] : null;
    return place ? placeSentence(this.t, place) : "";
  }

  /** Once a turn, when it lasts: who begins and stops is not worth a word each time. */
  #lookForTyping() {
    const { typing, view, state } = this.store;
    const { name: place, ticket } = view.value;
    const who = place === "chat" ? (typing.value[ticket] ?? "") : "";
    const key = who && `${ticket} ${state.value.rows[ticket]?.last_seq}`;
    if (key === this.#typing.key) return;
    this.#typing.key = key;
    clearTimeout(this.#typing.timer);
    if (!key || key === this.#typing.told) return;
    this.#typing.timer = setTimeout(() => {
      this.#typing.told = key;
      this.say(this.t("conv.typing", { name: who }));
    }, TYPING_AFTER_MS);
  }
}
