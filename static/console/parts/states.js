// @ts-check
/** What stands where data will be, is not, or could not be had. */
import { html, useEffect, useState } from "../view.js";
import { Icon } from "./icon.js";

const SKELETON_AFTER_MS = 200;

/** @param {{icon: string, title: string, text?: string, children?: any}} props */
export function Empty({ icon, title, text, children }) {
  return html`<div class="empty">
    <span class="empty__icon"><${Icon} name=${icon} size="lg" /></span>
    <h3>${title}</h3>
    ${text && html`<p class="sm">${text}</p>`} ${children}
  </div>`;
}

/** Quick answers come without a flicker. */
function useLate() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return late;
}

export function ListSkeleton() {
  if (!useLate()) return null;
  return html`<div class="convs" aria-hidden="true">
    ${[0, 1, 2, 3, 4, 5].map(
      (index) => html`<div class="conv conv--skeleton" key=${index}><span class="avatar skel"></span><div><div class="skel skel--name"></div><div class="skel skel--text"></div><div class="skel skel--short"></div></div></div>`,
    )}
  </div>`;
}

export function ThreadSkeleton() {
  if (!useLate()) return null;
  return html`<div class="log" aria-hidden="true">
    ${[0, 1, 2, 3].map((index) => html`<div class="skel skel--bubble ${index % 2 ? "skel--out" : ""}" key=${index}></div>`)}
  </div>`;
}
