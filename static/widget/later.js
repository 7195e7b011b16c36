// @ts-check
/** A view that most visits never need comes when it is shown. */
import { html, useEffect, useState } from "../shared/view.js";
import { Failure, Skeleton } from "./parts.js";

/** Once here, a view is drawn at once; by the text of the function that loads it. @type {Map<string, any>} */
const here = new Map();

/**
 * @param {object} props
 * @param {() => Promise<{default: any}>} props.load
 * @param {any} props.app
 * @param {boolean} [props.quiet] nothing is said while it loads, or if it cannot be loaded
 */
export const Later = (props) => html`<${Loading} ...${props} key=${String(props.load)} />`;

function Loading({ load, quiet = false, ...props }) {
  const name = String(load);
  const [View, setView] = useState(() => here.get(name));
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (View) return;
    load().then(
      (module) => (here.set(name, module.default), setView(() => module.default)),
      () => setFailed(true),
    );
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
