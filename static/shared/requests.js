// @ts-check
/** Messages the server has not answered yet, in the order they were written. */
import { RETRY_LATER } from "./protocol.js";

export class Requests {
  /** @type {Map<string, {frame: any, resolve: (ack: any) => void, reject: (error: any) => void}>} */
  #waiting = new Map();

  /**
   * @param {import("./timers.js").Timers} timers
   * @param {() => number} random
   * @param {(frame: object) => void} transmit
   */
  constructor(timers, random, transmit) {
    this.timers = timers;
    this.random = random;
    this.transmit = transmit;
  }

  /** @param {{ref: string}} frame @returns {Promise<any>} the ack; rejects with the error frame */
  add(frame) {
    return new Promise((resolve, reject) => {
      this.#waiting.set(frame.ref, { frame, resolve, reject });
      this.transmit(frame);
    });
  }

  /** A new connection: everything again, with the refs it had. */
  resend() {
    for (const { frame } of this.#waiting.values()) this.transmit(frame);
  }

  acknowledged(ack) {
    this.#take(ack.ref)?.resolve(ack);
  }

  /** @returns {boolean} whether the error answers one of ours */
  refused(error) {
    const waiting = this.#waiting.get(error.ref);
    if (!waiting) return false;
    if (RETRY_LATER.has(error.code)) {
      const pause = 1_000 + 2_000 * this.random();
      this.timers.after(`again:${error.ref}`, pause, () => this.transmit(waiting.frame));
    } else this.#take(error.ref)?.reject(error);
    return true;
  }

  #take(ref) {
    const waiting = this.#waiting.get(ref);
    this.timers.clear(`again:${ref}`);
    this.#waiting.delete(ref);
    return waiting;
  }
}
