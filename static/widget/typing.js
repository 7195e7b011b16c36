// @ts-check
/** Who types: an agent, as we hear it, and the visitor, as we tell it. Either may be lost. */
import { cell } from "../shared/cell.js";
import * as wire from "../shared/protocol.js";
import { CLOCK, Timers } from "../shared/timers.js";

const GONE_MS = 6_000;
/** Letters, as the server counts them. */
const PEEK_LIMIT = 500;
const MINE = "mine";

export class Typing {
  #toldAt = 0;

  /** @param {() => void} changed @param {(frame: object) => void} tell @param {import("../shared/timers.js").Clock} [clock] */
  constructor(changed, tell, clock = CLOCK) {
    this.tell = tell;
    this.clock = clock;
    this.timers = new Timers(clock);
    /** Names by ticket. */
    this.names = cell(/** @type {Record<string, string>} */ ({}), changed);
  }

  /** @param {string} ticket @param {string} name "": nobody any more */
  heard(ticket, name) {
    this.timers.clear(ticket);
    if (name) this.timers.after(ticket, GONE_MS, () => this.heard(ticket, ""));
    if ((this.names.value[ticket] ?? "") !== name) this.names.value = { ...this.names.value, [ticket]: name };
  }

  /**
   * @param {string} ticket @param {boolean} on
   * @param {string} [text] so far, where the team may see it: then its newest state is told, too
   */
  mine(ticket, on, text = "") {
    const now = this.clock.now();
    const wait = this.#toldAt + wire.TYPING_EVERY_MS - now;
    this.timers.clear(MINE);
    if (on && wait > 0) {
      if (text) this.timers.after(MINE, wait, () => this.mine(ticket, on, text));
      return;
    }
    if (!on && !this.#toldAt) return;
    this.#toldAt = on ? now : 0;
    this.tell(wire.typing(ticket, on, [...text].slice(-PEEK_LIMIT).join("")));
  }

  /** A message says it already. */
  sent() {
    this.timers.clear(MINE);
    this.#toldAt = 0;
  }
}
