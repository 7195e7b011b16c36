// @ts-check
/**
 * One living connection to the server: says hello with the last number it has, catches up, keeps
 * unanswered messages and sends them again after every interruption, notices silence, and falls
 * back to HTTP where sockets do not work. It knows nothing of screens.
 */
import { delayMs } from "./backoff.js";
import { Heartbeat } from "./heartbeat.js";
import { SocketLink } from "./link.js";
import { Polling } from "./polling.js";
import * as wire from "./protocol.js";
import { Requests } from "./requests.js";
import { Timers } from "./timers.js";

const FAILURES_BEFORE_FALLBACK = 2;
const WELCOME_WITHIN_MS = 10_000;
const CONNECTION_TIMERS = ["retry", "welcome", "silence", "ping"];

/**
 * @typedef {"connecting" | "online" | "catching_up" | "offline" | "fallback"} Status
 *
 * @typedef {object} LiveHandlers
 * @property {(event: any) => void} event an announcement, in the order of the log
 * @property {(status: Status) => void} [status]
 * @property {() => Promise<string | null>} reset load everything anew; answers with the snapshot's `at`
 * @property {() => void} [unauthorized] the credentials are no longer good; the connection stays down
 * @property {(code: number) => void} [refused] closed for good: not yours, or another protocol version
 * @property {(frame: any) => void} [control] welcome, subscribed, unsubscribed
 * @property {(frame: any) => void} [error] an error that answers no message
 *
 * @typedef {object} LiveOptions
 * @property {string} url of the socket, ws: or wss:
 * @property {string} fallbackUrl of the HTTP twin, with a slash at the end
 * @property {() => {token?: string}} [credentials] what goes into `hello`
 * @property {() => Record<string, string>} [headers] what goes with an HTTP request
 * @property {() => Record<string, number>} [open] newest seq known of each open ticket
 * @property {LiveHandlers} handlers
 * @property {Partial<Env>} [env] for tests
 *
 * @typedef {object} Env
 * @property {typeof WebSocket} WebSocket
 * @property {typeof fetch} fetch
 * @property {(run: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} random
 */

/** @returns {Env} */
const browser = () => ({
  WebSocket: globalThis.WebSocket,
  fetch: globalThis.fetch.bind(globalThis),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer),
  random: Math.random,
});

export class Live {
  /** Newest number applied; what `hello` says. @type {string | null} */
  last = null;
  /** @type {Status} */
  status = "connecting";

  #link = /** @type {SocketLink | null} */ (null);
  #polling = /** @type {Polling | null} */ (null);
  #welcomed = false;
  #stopped = true;
  #failures = 0;
  #topics = /** @type {Set<string>} */ (new Set());
  /** Frames that describe how things stand; said again on every connection. @type {Map<string, object>} */
  #standing = new Map();
  /** Events that wait while a snapshot loads. @type {any[] | null} */
  #held = null;
  /** Over how long a restarting server wants its clients spread. */
  #comeBackWithinMs = 0;
  /** The newest number the server had when it welcomed us. @type {string | null} */
  #offered = null;

  /** @param {LiveOptions} options */
  constructor(options) {
    this.options = options;
    this.env = { ...browser(), ...options.env };
    this.timers = new Timers(this.env);
    this.heartbeat = new Heartbeat(this.timers, {
      send: (frame) => this.#link?.send(frame),
      last: () => this.last,
      dead: () => this.#interrupted(1006, ""),
    });
    this.requests = new Requests(this.timers, this.env.random, (frame) => this.#transmit(frame));
  }

  // ---- for the application --------------------------------------------------------------

  /** @param {string | null} [last] the `at` of the snapshot already on screen */
  connect(last = this.last) {
    this.last = last;
    this.#stopped = false;
    this.#open();
  }

  close() {
    this.#stopped = true;
    this.#drop();
    this.#setStatus("offline");
  }

  /** Say it now if somebody listens, else never. @param {object} frame */
  tell(frame) {
    if (this.#welcomed) this.#link?.send(frame);
    else this.#polling?.send(frame);
  }

  /** Say it now and again on every new connection, until said otherwise under the same key. */
  keepTelling(key, frame) {
    if (frame) this.#standing.set(key, frame);
    else this.#standing.delete(key);
    if (frame) this.tell(frame);
  }

  /**
   * Send a message; it is sent again, with the same ref, until the server has answered.
   * @param {{ref: string}} frame
   * @returns {Promise<any>} the ack; rejects with the error frame
   */
  request(frame) {
    return this.requests.add(frame);
  }

  /** @param {string[]} topics @param {string | null} [last] the `at` of the snapshot these topics belong to */
  subscribe(topics, last = this.last) {
    const fresh = topics.filter((topic) => !this.#topics.has(topic));
    for (const topic of fresh) this.#topics.add(topic);
    if (!fresh.length) return;
    if (this.#welcomed) this.#link?.send(wire.subscribe(fresh, last));
    else this.#polling?.again(last);
  }

  /** @param {string[]} topics */
  unsubscribe(topics) {
    const known = topics.filter((topic) => this.#topics.delete(topic));
    if (known.length && this.#welcomed) this.#link?.send(wire.unsubscribe(known));
  }

  /** The network came back or the tab is looked at again: do not wait for a timer. */
  wake() {
    if (this.#stopped) return;
    if (this.#welcomed) this.heartbeat.ping();
    else if (this.timers.has("retry")) this.#open();
  }

  /** The network is gone: sockets often do not notice for minutes. */
  lost() {
    if (this.#stopped) return;
    this.#failures ||= 1;
    this.#interrupted(1006, "");
  }

  // ---- the socket -----------------------------------------------------------------------

  #open() {
    this.#drop({ keepPolling: true });
    if (!this.#polling) this.#setStatus(this.#failures ? "offline" : "connecting");
    const link = new SocketLink(this.env.WebSocket, this.options.url, {
      onOpen: () => this.#greet(link),
      onFrame: (frame) => this.#link === link && this.#receive(frame),
      onClose: (code, reason) => this.#link === link && this.#interrupted(code, reason),
    });
    this.#link = link;
    this.timers.after("welcome", WELCOME_WITHIN_MS, () => link.close());
  }

  /** @param {SocketLink} link */
  #greet(link) {
    link.send(wire.hello({ ...this.options.credentials?.(), last: this.last, open: this.options.open?.() }));
  }

  #interrupted(code, reason) {
    const failed = this.#welcomed ? 0 : 1;
    this.#drop({ keepPolling: true });
    if (this.#stopped) return;
    if (code === wire.CLOSE.WHO_ARE_YOU) return this.#giveUp(() => this.options.handlers.unauthorized?.());
    if (code === wire.CLOSE.NOT_YOURS || code === wire.CLOSE.PROTOCOL_VERSION) {
      return this.#giveUp(() => this.options.handlers.refused?.(code));
    }
    this.#failures += failed;
    if (this.#failures >= FAILURES_BEFORE_FALLBACK && !this.#polling) this.#fallBack();
    if (!this.#polling) this.#setStatus(this.#failures ? "offline" : "connecting");
    this.timers.after("retry", this.#delay(code), () => this.#open());
  }

  #delay(code = 0) {
    const { random } = this.env;
    return delayMs({ failures: this.#failures, random, code, withinMs: this.#comeBackWithinMs, polling: this.#polling !== null });
  }

  #giveUp(tell) {
    this.#stopped = true;
    this.#drop();
    this.#setStatus("offline");
    tell();
  }

  #drop({ keepPolling = false } = {}) {
    const link = this.#link;
    this.#link = null;
    this.#welcomed = false;
    link?.close();
    if (!keepPolling) this.#stopPolling();
    if (this.#polling) for (const name of CONNECTION_TIMERS) this.timers.clear(name);
    else this.timers.clearAll();
  }

  // ---- what the server says ---------------------------------------------------------------

  #receive(frame) {
    this.heartbeat.heard();
    switch (frame.type) {
      case "welcome":
        return this.#welcome(frame);
      case "reset":
        return this.#reset(frame.delay_ms ?? 0);
      case "restarting":
        return void (this.#comeBackWithinMs = frame.delay_ms ?? 0);
      case "pong":
        return this.#pong(frame.last);
      case "ack":
        return this.requests.acknowledged(frame);
      case "error":
        return this.#refusal(frame);
      case "subscribed":
        return this.options.handlers.control?.(frame);
      case "unsubscribed":
        return this.#evicted(frame);
      default:
        return this.#event(frame);
    }
  }

  #welcome(frame) {
    this.#welcomed = true;
    this.#comeBackWithinMs = 0;
    this.#failures = 0;
    this.#offered = frame.last ?? null;
    this.timers.clear("welcome");
    this.#stopPolling();
    this.options.handlers.control?.(frame);
    if (this.#topics.size) this.#link?.send(wire.subscribe([...this.#topics], this.last));
    // The pong comes behind the replay, so it marks the moment we are up to date.
    this.#setStatus("catching_up");
    this.#resume();
    this.heartbeat.begin(frame.heartbeat_s ?? 25);
  }

  #resume() {
    if (this.last === null) this.#reset(0);
    for (const frame of this.#standing.values()) this.tell(frame);
    this.requests.resend();
  }

  #event(event) {
    if (this.#held) return void this.#held.push(event);
    if (event.at) this.last = wire.newestAt(this.last, event.at);
    this.options.handlers.event(event);
    if (this.#welcomed) this.heartbeat.applied();
  }

  /** Forget, load anew after a random while, then apply what was announced meanwhile. */
  #reset(delayMs) {
    this.last = null;
    this.#held = [];
    if (this.#welcomed) this.#setStatus("catching_up");
    this.timers.after("reset", delayMs * this.env.random(), () => this.#reload(this.#held));
  }

  async #reload(held) {
    let at;
    try {
      at = await this.options.handlers.reset();
    } catch {
      // The snapshot could not be had; the connection is as good as interrupted.
      if (this.#held === held) this.timers.after("reset", this.#delay(), () => this.#reload(held));
      return;
    }
    if (this.#held !== held) return;
    this.#held = null;
    this.last = at;
    for (const event of held ?? []) this.#event(event);
    if (this.#welcomed) this.#setStatus("online");
  }

  #evicted(frame) {
    this.#topics.delete(frame.topic);
    this.options.handlers.control?.(frame);
  }

  #refusal(frame) {
    if (!this.requests.refused(frame)) this.options.handlers.error?.(frame);
  }

  #transmit(frame) {
    this.tell(frame);
    if (this.#welcomed) this.heartbeat.expectAnswer();
  }

  #pong(newest) {
    if (this.#held || !this.#welcomed) return;
    if (this.status === "catching_up") {
      this.last = wire.newestAt(this.last, this.#offered);
      this.#setStatus("online");
    }
    this.heartbeat.pong(newest);
  }

  // ---- HTTP ---------------------------------------------------------------------------------

  #fallBack() {
    const polling = new Polling({
      fetch: this.env.fetch,
      url: this.options.fallbackUrl,
      headers: () => this.options.headers?.() ?? {},
      position: () => ({ last: this.last, topics: [...this.#topics] }),
      onOpen: () => {
        this.#setStatus("fallback");
        this.#resume();
      },
      onFrame: (frame) => this.#receive(frame),
      onPosition: (last) => {
        if (!this.#held) this.last = last;
      },
      pause: (ms) => new Promise((resolve) => this.env.setTimeout(resolve, ms)),
      onFailure: (code) => this.#pollingFailed(code),
    });
    this.#polling = polling;
    polling.start();
  }

  #pollingFailed(code) {
    this.#polling = null;
    if (code === 401 || code === 403) return this.#giveUp(() => this.options.handlers.unauthorized?.());
    this.#setStatus("offline");
    this.timers.after("retry", this.#delay(), () => this.#open());
  }

  #stopPolling() {
    this.#polling?.stop();
    this.#polling = null;
  }

  // ---- small things -----------------------------------------------------------------------

  /** @param {Status} status */
  #setStatus(status) {
    if (status === this.status) return;
    this.status = status;
    this.options.handlers.status?.(status);
  }
}
