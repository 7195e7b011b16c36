// @ts-check
import { Keep } from "../shared/keep.js";

/** The page around the frame: messages go only to, and are heard only from, its exact origin. */

export class Host {
  #listeners = /** @type {Record<string, (detail: any) => void>} */ ({});

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
   * Says that we listen; answers with the page we stand on, whether we are shown, and its storage.
   * @returns {Promise<{page: any, open: boolean, stored: Record<string, string> | null}>} `stored` is null
   *   when the page has no storage either
   */
  meet() {
    if (!this.embedded) {
      const page = { url: location.href, title: document.title, referrer: document.referrer };
      return Promise.resolve({ page, open: true, stored: null });
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
