// @ts-check
/**
 * What a person who does not see the screen hears: one sentence at a time in the status region.
 * Messages are read out by the log itself, unless too many come at once.
 */
import { burstCounter } from "../shared/bursts.js";
import { CLOCK, Timers } from "../shared/timers.js";
import { placeSentence } from "./words.js";

const SOON_MS = 50;
const EVERY_MS = 5_000;
const TYPING_AFTER_MS = 2_000;
const QUIET_MS = 2_500;

export class Voice {
  #next = 0;
  #typing = { key: "", told: "" };
  #known = "";
  /** What was given to say last. */
  #last = "";
  #failed = /** @type {Set<string>} */ (new Set());

  /** @param {any} store @param {any} t @param {{textContent: any}} region @param {import("../shared/timers.js").Clock} [clock] */
  constructor(store, t, region, clock = CLOCK) {
    this.store = store;
    this.t = t;
    this.region = region;
    this.clock = clock;
    this.timers = new Timers(clock);
    this.count = burstCounter(clock.now);
  }

  /** @param {string} text */
  say(text) {
    this.#last = text;
    this.timers.after("say", Math.max(SOON_MS, this.#next - this.clock.now()), () => {
      this.#next = this.clock.now() + EVERY_MS;
      this.region.textContent = text;
    });
  }

  /** A message of somebody else, in the conversation on screen or in another. @param {string} ticket @param {any} message */
  heard(ticket, message) {
    if (message.event?.name === "joined") this.say(this.t("queue.joined", message.event.data));
    if (message.kind !== "reply" || ticket !== this.store.view.value.ticket) return;
    const many = this.count();
    if (!many) return;
    this.store.quiet.value = true;
    this.timers.after("quiet", QUIET_MS, () => (this.store.quiet.value = false));
    this.say(this.t("conv.fresh", { n: many }));
  }

  /** To be called after every change. */
  look() {
    const sentence = this.#sentence();
    if (sentence !== this.#known) {
      // What is no longer true is taken back, but nothing that was said since.
      if (sentence || this.#last === this.#known) this.say(sentence);
      this.#known = sentence;
    }
    this.#lookForFailures();
    this.#lookForTyping();
  }

  #sentence() {
    const { status, phase, view, state } = this.store;
    if (status.value === "offline" && phase.value === "ready") return this.t("conv.offline");
    const { name, ticket } = view.value;
    const place = name === "chat" || name === "queue" ? state.value.queue[ticket] : null;
    return place ? placeSentence(this.t, place) : "";
  }

  /** His own messages are not read out, so it has to be said that one was not sent: each time it was tried. */
  #lookForFailures() {
    const failed = this.store.pending.value.filter(({ state }) => state === "failed");
    const fresh = failed.find(({ ref }) => !this.#failed.has(ref));
    this.#failed = new Set(failed.map(({ ref }) => ref));
    if (fresh) this.say([this.t("conv.failed"), fresh.error?.message].filter(Boolean).join(" "));
  }

  /** Once a turn, when it lasts: who begins and stops is not worth a word each time. */
  #lookForTyping() {
    const { typing, view, state } = this.store;
    const { name: place, ticket } = view.value;
    const who = place === "chat" ? (typing.value[ticket] ?? "") : "";
    const key = who && `${ticket} ${state.value.rows[ticket]?.last_seq}`;
    if (key === this.#typing.key) return;
    this.#typing.key = key;
    this.timers.clear("typing");
    if (!key || key === this.#typing.told) return;
    this.timers.after("typing", TYPING_AFTER_MS, () => {
      this.#typing.told = key;
      this.say(this.t("conv.typing", { name: who }));
    });
  }
}
