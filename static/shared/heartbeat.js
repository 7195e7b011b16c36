// @ts-check
/** Notices a socket that is dead, and one that looks alive but has lost something. */
import * as wire from "./protocol.js";

const ANSWER_WITHIN_MS = 10_000;
const PING_EVERY_EVENTS = 200;
const MOST_PATIENCE = 64;

export class Heartbeat {
  #everyMs = 25_000;
  #unconfirmed = 0;
  /** What the last pong named and we had not reached. @type {string | null} */
  #missing = null;
  #patience = 1;

  /**
   * @param {import("./timers.js").Timers} timers
   * @param {{send: (frame: object) => void, last: () => string | null, dead: () => void}} socket
   */
  constructor(timers, socket) {
    this.timers = timers;
    this.socket = socket;
  }

  /** @param {number} seconds */
  begin(seconds) {
    this.#everyMs = seconds * 1000;
    this.ping();
  }

  ping() {
    this.#unconfirmed = 0;
    this.socket.send(wire.ping(this.socket.last()));
    this.expectAnswer();
    this.timers.after("ping", this.#everyMs, () => this.ping());
  }

  /** Whatever comes in counts as an answer. */
  expectAnswer() {
    if (!this.timers.has("silence")) this.timers.after("silence", ANSWER_WITHIN_MS, this.socket.dead);
  }

  heard() {
    this.timers.clear("silence");
  }

  /** The server closes a socket with too many unconfirmed events. */
  applied() {
    this.#unconfirmed += 1;
    if (this.#unconfirmed >= PING_EVERY_EVENTS) this.ping();
  }

  /**
   * Two pongs in a row must disagree with us, because an event may be on its way behind the first.
   * A reconnection that brings nothing makes us slower to doubt again.
   * @param {string | null} newest
   */
  pong(newest) {
    const last = this.socket.last();
    const lost = this.#missing !== null && (wire.compareAt(this.#missing, last) ?? 0) > 0;
    const ahead = wire.aheadMs(last, newest) > this.#everyMs * this.#patience;
    this.#missing = ahead && !lost ? newest : null;
    if (lost) {
      this.#patience = Math.min(MOST_PATIENCE, this.#patience * 2);
      this.socket.dead();
    } else if (!ahead) this.#patience = 1;
  }
}
