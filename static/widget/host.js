// @ts-check
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
   * @returns {Promise<{page: any, open: boolean, stored: Record<string, string>}>}
   */
  meet() {
    if (!this.embedded) {
      const page = { url: location.href, title: document.title, referrer: document.referrer };
      return Promise.resolve({ page, open: true, stored: {} });
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

/** A frame's own storage may be forbidden; only trying tells. */
export function ownStorageWorks(storage = () => localStorage) {
  try {
    storage().setItem("helpdesk:probe", "1");
    storage().removeItem("helpdesk:probe");
    return true;
  } catch {
    return false;
  }
}
