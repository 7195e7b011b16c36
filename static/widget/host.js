// @ts-check
import { Keep } from "../shared/keep.js";

/** The page around the frame: messages go only to, and are heard only from, its exact origin. */

/**
 * @typedef {object} Around
 * @property {{url: string, title: string, referrer: string} | null} page null: we may not know
 * @property {boolean} open whether we are on screen
 * @property {Record<string, string> | null} stored what the page's storage keeps for us; null: it keeps nothing
 * @property {"panel" | "inline" | "full"} mode above the page, as a part of it, or without one
 * @property {"before" | "during" | "after" | null} stage of the purchase, as the shop says
 * @property {any} cart as the shop describes it
 * @property {string | null} jwt who the visitor is, signed by the shop
 * @property {Record<string, any> | null} attributes
 * @property {{id: number, variant: number, text: string} | null} invited the invitation he took up
 */

/** @type {Omit<Around, "page" | "open" | "mode">} */
const NOTHING = { stored: null, stage: null, cart: null, jwt: null, attributes: null, invited: null };

export class Host {
  // Without a prototype, whose methods a page could name.
  #listeners = /** @type {Record<string, (detail: any) => void>} */ (Object.create(null));

  /** @param {Window & typeof globalThis} window */
  constructor(window = globalThis.window) {
    this.embedded = window.parent !== window;
    this.parent = window.parent;
    // The loader names the origin; a wrong one only means that nobody hears us.
    this.origin = window.location.hash.slice(1);
    window.addEventListener("message", (event) => {
      if (event.source !== this.parent || event.origin !== this.origin) return;
      this.#listeners[event.data?.helpdesk]?.(event.data.detail);
    });
  }

  /** @param {string} type @param {(detail: any) => void} listener */
  on(type, listener) {
    this.#listeners[type] = listener;
  }

  tell(type, detail) {
    if (this.embedded && this.origin) this.parent.postMessage({ helpdesk: type, detail }, this.origin);
  }

  /**
   * Says that we listen; answers with what the page around us has for us.
   * @returns {Promise<Around>}
   */
  meet() {
    if (!this.embedded) {
      const page = { url: location.href, title: document.title, referrer: document.referrer };
      return Promise.resolve({ ...NOTHING, page, open: true, mode: "full" });
    }
    return new Promise((resolve) => {
      this.on("host", resolve);
      this.tell("ready");
    });
  }
}

/** Storage of the page around us, for browsers that give a frame none of its own. */
export class RelayedStorage {
  #host;

  /** @param {Host} host @param {Record<string, string>} stored */
  constructor(host, stored) {
    this.#host = host;
    Object.assign(this, stored);
  }

  getItem(key) {
    return this[key] ?? null;
  }

  setItem(key, value) {
    this[key] = value;
    this.#host.tell("remember", { key, value });
  }

  removeItem(key) {
    delete this[key];
    this.#host.tell("remember", { key, value: null });
  }
}

/**
 * Where the visitor's token, drafts and unsent messages are kept: in the frame's own storage; if
 * that is forbidden (only trying tells) in the page's; else as long as the frame lives.
 * @param {string} inbox @param {Host} host @param {Record<string, string> | null} stored
 */
export function keepFor(inbox, host, stored) {
  const own = new Keep(`helpdesk:${inbox}:`);
  own.set("probe", 1);
  own.set("probe", null);
  if (own.durable || !stored) return own;
  const relayed = new RelayedStorage(host, stored);
  return new Keep("", () => relayed);
}
