// @ts-check
/** Who types: an agent, as we hear it, and the visitor, as we tell it. Either may be lost. */
import { cell } from "../shared/cell.js";
import * as wire from "../shared/protocol.js";

const GONE_MS = 6_000;
/** Letters, as the server counts them. */
const PEEK_LIMIT = 500;

export class Typing {
  #timers = /** @type {Record<string, any>} */ ({});
  #toldAt = 0;
  #later = /** @type {any} */ (0);

  /** @param {() => void} changed @param {(frame: object) => void} tell */
  constructor(changed, tell) {
    this.tell = tell;
    /** Names by ticket. */
    this.names = cell(/** @type {Record<string, string>} */ ({}), changed);
  }

  /** @param {string} ticket @param {string} name "": nobody any more */
  heard(ticket, name) {
    clearTimeout(this.#timers[ticket]);
    if (name) this.#timers[ticket] = setTimeout(() => this.heard(ticket, ""), GONE_MS);
    if ((this.names.value[ticket] ?? "") !== name) this.names.value = { ...this.names.value, [ticket]: name };
  }

  /**
   * @param {string} ticket @param {boolean} on
   * @param {string} [text] so far, where the team may see it: then its newest state is told, too
   */
  mine(ticket, on, text = "") {
    const now = Date.now();
    clearTimeout(this.#later);
    if (on && now - this.#toldAt < wire.TYPING_EVERY_MS) {
      if (text) this.#later = setTimeout(() => this.mine(ticket, on, text), this.#toldAt + wire.TYPING_EVERY_MS - now);
      return;
    }
    if (!on && !this.#toldAt) return;
    this.#toldAt = on ? now : 0;
    this.tell(wire.typing(ticket, on, [...text].slice(-PEEK_LIMIT).join("")));
  }

  /** A message says it already. */
  sent() {
    clearTimeout(this.#later);
    this.#toldAt = 0;
  }
}
