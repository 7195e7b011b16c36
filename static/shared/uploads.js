// @ts-check
/**
 * Files that are being attached, by conversation: chosen, uploaded one after the other (so that
 * they stand in the message as they were chosen), and kept here until a message takes them. A look
 * elsewhere loses nothing.
 */

export const FILES_A_MESSAGE = 10;

/** Trying the same file again would end the same way. */
const FINAL = new Set(["file_refused", "not_allowed", "too_long", "big", "empty", "many"]);

/**
 * @typedef {object} Item
 * @property {string} id
 * @property {string} place the conversation
 * @property {File | null} file
 * @property {string} name
 * @property {number} size bytes
 * @property {"waiting" | "uploading" | "ready" | "failed"} state
 * @property {number} progress from 0 to 1
 * @property {{code: string, message?: string}} [error]
 * @property {any} [stored] what the server says of it, once it is ready
 *
 * @typedef {object} UploadsOptions
 * @property {(file: File, progressed: (part: number) => void, signal: AbortSignal) => Promise<any>} send
 *   rejects with {code, message}
 * @property {(id: string) => void} discard tells the server that a stored file is not wanted
 * @property {() => string} newRef
 * @property {number} limit bytes of one file
 */

export class Uploads {
  /** @type {Item[]} */
  #items = [];
  #listeners = /** @type {Set<() => void>} */ (new Set());
  #aborts = /** @type {Map<string, AbortController>} */ (new Map());
  #running = false;

  /** @param {UploadsOptions} options */
  constructor(options) {
    this.options = options;
  }

  /** @param {() => void} listener @returns {() => void} stops listening */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {string} place */
  of(place) {
    return this.#items.filter((item) => item.place === place);
  }

  /** @param {string} place @param {Iterable<File>} files */
  add(place, files) {
    for (const file of files) {
      const error = this.#wrong(place, file);
      this.#items = [
        ...this.#items,
        { id: this.options.newRef(), place, file, name: file.name || "file", size: file.size, progress: 0,
          state: error ? "failed" : "waiting", ...(error && { error }) },
      ];
    }
    this.#changed();
    this.#run();
  }

  /** Stored files come back, because the message that took them did not leave. @param {string} place @param {any[]} stored */
  putBack(place, stored) {
    const items = stored.map((file) => ({
      id: file.id, place, file: null, name: file.name, size: file.size, progress: 1, state: /** @type {const} */ ("ready"), stored: file,
    }));
    this.#items = [...this.#items, ...items];
    this.#changed();
  }

  /** The conversation is known by another name from now on. @param {string} from @param {string} to */
  move(from, to) {
    this.#items = this.#items.map((item) => (item.place === from ? { ...item, place: to } : item));
    this.#changed();
  }

  /** @param {string} id */
  retry(id) {
    const item = this.#find(id);
    if (!item || !canRetry(item)) return;
    this.#put({ ...item, state: "waiting", progress: 0, error: undefined });
    this.#run();
  }

  /** @param {string} id */
  remove(id) {
    const item = this.#find(id);
    if (!item) return;
    this.#items = this.#items.filter((other) => other !== item);
    this.#aborts.get(id)?.abort();
    if (item.stored) this.options.discard(item.stored.id);
    this.#changed();
  }

  /**
   * Waits for what is there now. @param {string} place
   * @returns {Promise<string[] | null>} ids to take; null when something did not go well
   */
  async settled(place) {
    const ids = this.of(place).map((item) => item.id);
    const left = () => this.#items.filter((item) => ids.includes(item.id));
    while (left().some(isUnderWay)) await new Promise((resolve) => this.#onceChanged(resolve));
    return left().every((item) => item.state === "ready") ? ids : null;
  }

  /** What a message takes with it. @param {string[]} ids @returns {any[]} the server's words about each */
  take(ids) {
    const taken = this.#items.filter((item) => ids.includes(item.id) && item.state === "ready");
    this.#items = this.#items.filter((item) => !taken.includes(item));
    if (taken.length) this.#changed();
    return taken.map((item) => item.stored);
  }

  #wrong(place, file) {
    if (this.of(place).filter((item) => item.error?.code !== "many").length >= FILES_A_MESSAGE) return { code: "many" };
    if (file.size > this.options.limit) return { code: "big" };
    return file.size === 0 ? { code: "empty" } : undefined;
  }

  async #run() {
    if (this.#running) return;
    this.#running = true;
    for (let next; (next = this.#items.find((item) => item.state === "waiting")); ) await this.#upload(next);
    this.#running = false;
  }

  /** @param {Item} item */
  async #upload(item) {
    const abort = new AbortController();
    this.#aborts.set(item.id, abort);
    this.#put({ ...item, state: "uploading" });
    const progressed = (part) => this.#update(item.id, { progress: part });
    try {
      const stored = await this.options.send(/** @type {File} */ (item.file), progressed, abort.signal);
      if (this.#find(item.id)) this.#update(item.id, { state: "ready", progress: 1, stored });
      else this.options.discard(stored.id);
    } catch (error) {
      this.#update(item.id, { state: "failed", error });
    }
    this.#aborts.delete(item.id);
  }

  #find(id) {
    return this.#items.find((item) => item.id === id);
  }

  #update(id, change) {
    const item = this.#find(id);
    if (item) this.#put({ ...item, ...change });
  }

  #put(item) {
    this.#items = this.#items.map((other) => (other.id === item.id ? item : other));
    this.#changed();
  }

  #changed() {
    for (const listener of [...this.#listeners]) listener();
  }

  #onceChanged(resolve) {
    const stop = this.listen(() => {
      stop();
      resolve(undefined);
    });
  }
}

/** @param {Item} item */
export const isUnderWay = (item) => item.state === "waiting" || item.state === "uploading";

/** @param {Item} item */
export const canRetry = (item) => item.state === "failed" && item.file !== null && !FINAL.has(item.error?.code ?? "");
