// @ts-check

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

  /** Forgets all of it. */
  empty() {
    for (const key of this.keys("")) this.set(key, null);
  }

  /** What is still said after this is not kept. */
  seal() {
    this.set = () => {};
  }

  /** @param {string} start */
  keys(start) {
    const wanted = this.prefix + start;
    let stored = /** @type {string[]} */ ([]);
    try {
      stored = Object.keys(this.storage()).filter((key) => key.startsWith(wanted));
    } catch {
      this.durable = false;
    }
    const known = new Set(stored.map((key) => key.slice(this.prefix.length)));
    for (const key of this.#memory.keys()) if (key.startsWith(start)) known.add(key);
    return [...known];
  }
}
