// @ts-check
/** The trail of views, kept so that the widget opens again where it was. */
import { cell } from "../shared/cell.js";
import * as route from "./route.js";

export class Way {
  #trail = [route.HOME];

  /**
   * @param {import("../shared/keep.js").Keep} keep
   * @param {() => void} changed
   * @param {(view: route.View) => void} entered another view than before is on screen
   */
  constructor(keep, changed, entered) {
    this.keep = keep;
    this.entered = entered;
    this.view = cell(route.HOME, changed);
  }

  /** @param {route.View} view */
  go(view) {
    this.#walk(route.visit(this.#trail, view));
  }

  /** In place of what is on screen. @param {route.View} view */
  turn(view) {
    this.#walk(route.replace(this.#trail, view));
  }

  back() {
    this.#walk(route.back(this.#trail));
  }

  /** @param {(ticket: string) => boolean} knows */
  restore(knows) {
    this.#walk(route.restored(this.keep.get("trail"), knows));
  }

  rename(from, to) {
    this.#walk(route.renamed(this.#trail, from, to));
  }

  /** @param {route.View[]} trail */
  #walk(trail) {
    const view = trail[trail.length - 1];
    this.#trail = trail;
    this.keep.set("trail", trail);
    if (view === this.view.value) return;
    this.view.value = view;
    this.entered(view);
  }
}
