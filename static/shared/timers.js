// @ts-check

/**
 * @typedef {object} Clock
 * @property {() => number} now milliseconds
 * @property {(run: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 */

/** The browser's own. @type {Clock} */
export const CLOCK = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer),
};

/** Timers by name: setting one again replaces it, so a state never has two. */
export class Timers {
  #running = /** @type {Map<string, any>} */ (new Map());

  /** @param {{setTimeout: (run: () => void, ms: number) => any, clearTimeout: (timer: any) => void}} clock */
  constructor(clock) {
    this.clock = clock;
  }

  after(name, ms, run) {
    this.clear(name);
    const fire = () => {
      this.#running.delete(name);
      run();
    };
    this.#running.set(name, this.clock.setTimeout(fire, ms));
  }

  has(name) {
    return this.#running.has(name);
  }

  clear(name) {
    if (this.has(name)) this.clock.clearTimeout(this.#running.get(name));
    this.#running.delete(name);
  }

  clearAll() {
    for (const name of [...this.#running.keys()]) this.clear(name);
  }
}
