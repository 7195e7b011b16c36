// @ts-check
/** The same conversation over HTTP, for networks where sockets do not work. */
import { compareAt, ping } from "./protocol.js";

/** Without a number a poll comes back at once. */
const NO_NUMBER_MS = 2_000;

/**
 * @typedef {object} PollingOptions
 * @property {typeof fetch} fetch
 * @property {string} url ends with a slash: `poll` and `send` are added
 * @property {() => Record<string, string>} headers credentials, asked anew for every request
 * @property {() => {last: string | null, topics: string[]}} position
 * @property {(frame: any) => void} onFrame
 * @property {() => void} onOpen the server answered, so the way is open
 * @property {(last: string) => void} onPosition everything up to here has been handed over
 * @property {(ms: number) => Promise<void>} pause
 * @property {(status: number) => void} onFailure HTTP status, or 0 when nothing answered
 */

export class Polling {
  #stopped = false;
  #abort = new AbortController();
  #poll = new AbortController();
  /** Where the snapshot of topics just added stands. @type {string | null} */
  #from = null;
  #waiting = /** @type {object[]} */ ([]);
  #sending = false;

  /** @param {PollingOptions} options */
  constructor(options) {
    this.options = options;
  }

  /** A poll may take long to come back, so a short question finds out whether anybody answers. */
  async start() {
    const answer = await this.#post("send", { frames: [ping(this.options.position().last)] });
    if (!answer || this.#stopped) return;
    this.options.onOpen();
    this.#loop();
  }

  stop() {
    this.#stopped = true;
    this.#abort.abort();
    this.#poll.abort();
  }

  /** Topics were added: the poll under way does not name them, so it is asked anew from their snapshot. */
  again(last) {
    this.#from = this.#earlier(last);
    this.#poll.abort();
  }

  /** @param {object} frame */
  send(frame) {
    this.#waiting.push(frame);
    if (!this.#sending) this.#flush();
  }

  async #loop() {
    // Through a reset the snapshot has its own number; what is announced meanwhile must not be missed.
    let { last } = this.options.position();
    while (!this.#stopped) {
      this.#poll = new AbortController();
      const { signal } = this.#poll;
      const answer = await this.#post("poll", { last, topics: this.options.position().topics }, signal);
      if (this.#stopped) return;
      if (!answer) {
        last = this.#earlier(last);
        continue;
      }
      for (const event of answer.events ?? []) this.options.onFrame(event);
      if (answer.reset) this.options.onFrame({ type: "reset", delay_ms: 0 });
      else this.options.onPosition(answer.last);
      last = this.#earlier(answer.last);
      if (last === null) await this.options.pause(NO_NUMBER_MS);
    }
  }

  #earlier(last) {
    const from = this.#from;
    this.#from = null;
    return from !== null && (compareAt(from, last) ?? 0) < 0 ? from : last;
  }

  async #flush() {
    this.#sending = true;
    while (this.#waiting.length && !this.#stopped) {
      const frames = this.#waiting.splice(0, 20);
      const answer = await this.#post("send", { frames });
      for (const frame of answer?.answers ?? []) if (frame) this.options.onFrame(frame);
    }
    this.#sending = false;
  }

  /** @param {string} name @param {object} body */
  async #post(name, body, signal = this.#abort.signal) {
    const { fetch, url, headers, onFailure } = this.options;
    let status = 0;
    try {
      const response = await fetch(url + name, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...headers() },
        body: JSON.stringify(body),
        signal,
      });
      if (response.ok) return await response.json();
      status = response.status;
    } catch {
      status = 0;
    }
    if (!this.#stopped && !signal.aborted) {
      this.stop();
      onFailure(status);
    }
    return null;
  }
}
