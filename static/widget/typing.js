// @ts-check
/** Who types: an agent, as we hear it, and the visitor, as we tell it. Either may be lost. */
import { cell } from "../shared/cell.js";
import * as wire from "../shared/protocol.js";

const GONE_MS = 6_000;

export class Typing {
  #timers = /** @type {Record<string, any>} */ ({});
  #toldAt = 0;

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

  /** @param {string} ticket @param {boolean} on */
  mine(ticket, on) {
    const now = Date.now();
    if (on && now - this.#toldAt < wire.TYPING_EVERY_MS) return;
    if (!on && !this.#toldAt) return;
    this.#toldAt = on ? now : 0;
    this.tell(wire.typing(ticket, on));
  }

  /** A message says it already. */
  sent() {
    this.#toldAt = 0;
  }
}
