// @ts-check
/** What the page around us knows: the network, attention, and where the server is. */

/** @param {import("./socket.js").Live} live */
export function watchBrowser(live) {
  addEventListener("online", () => live.wake());
  addEventListener("offline", () => live.lost());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && live.wake());
}

/** The address of a socket beside the page's own. @param {string} path */
export function socketUrl(path, { protocol, host } = location) {
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}${path}`;
}

/** Storage that may be forbidden, full or cleared: then the value lives as long as the page. */
export class Keep {
  #memory = new Map();
  /** False once something could not be kept. */
  durable = true;

  /** @param {string} prefix @param {() => Storage} storage */
  constructor(prefix, storage = () => localStorage) {
    this.prefix = prefix;
    this.storage = storage;
  }

  get(key, otherwise = null) {
    try {
      const text = this.storage().getItem(this.prefix + key);
      if (text !== null) return JSON.parse(text);
    } catch {
      this.durable = false;
    }
    return this.#memory.has(key) ? this.#memory.get(key) : otherwise;
  }

  set(key, value) {
    this.#memory.set(key, value);
    try {
      if (value === null) this.storage().removeItem(this.prefix + key);
      else this.storage().setItem(this.prefix + key, JSON.stringify(value));
    } catch {
      this.durable = false;
    }
    if (value === null) this.#memory.delete(key);
  }
}
