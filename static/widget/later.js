// @ts-check
/** Views that most visits never need come when they are shown, and stay. */
import { html, useEffect, useState } from "../shared/view.js";
import { Failure, Skeleton } from "./parts.js";

/** @typedef {() => Promise<{default: any}>} Load */

/** By the text of what loads them: two functions that import the same module are the same. */
const here = /** @type {Map<string, any>} */ (new Map());

/** The view, if it has come already. @param {Load} load */
export const viewOf = (load) => here.get(String(load));

/** @param {Load} load @returns {Promise<any>} the view; rejects if it cannot be had */
export async function fetchView(load) {
  if (viewOf(load)) return viewOf(load);
  const [module] = await Promise.all([load(), fetchTheirs()]);
  here.set(String(load), module.default);
  return module.default;
}

let fetchTheirs = () => Promise.resolve();

/** @param {() => Promise<any>} fetch texts and icons that only such views need */
export function withEach(fetch) {
  fetchTheirs = fetch;
}

/**
 * @param {object} props the view's own, and
 * @param {Load} props.load
 * @param {any} props.app
 * @param {boolean} [props.quiet] a part of another view: nothing is said while it comes, or if it cannot
 */
export const Later = (props) => html`<${Coming} ...${props} key=${String(props.load)} />`;

function Coming({ load, quiet = false, ...props }) {
  const [View, setView] = useState(() => viewOf(load));
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!View) fetchView(load).then((view) => setView(() => view), () => setFailed(true));
  }, []);
  useEffect(() => {
    if (View && !quiet) props.app.focusFirst();
  }, [View]);
  if (View) return html`<${View} ...${props} />`;
  if (quiet) return null;
  // A browser may remember that a module did not come: only the page anew asks for it again.
  if (failed) return html`<${Failure} app=${props.app} text=${props.app.t("err.load")} onRetry=${() => location.reload()} />`;
  return html`<${Skeleton} />`;
}
