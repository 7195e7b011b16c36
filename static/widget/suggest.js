// @ts-check
/** While the first message is written: what may answer it already. Says nothing, and can be sent away. */
import { html, useState } from "../shared/view.js";
import { useAnswers } from "./asking.js";
import { Icon } from "./parts.js";

const MOST = 3;
const PAUSE_MS = 600;

/** Sent away, it stays away until the page is loaded anew. */
let unwanted = false;

export default function Suggest({ app, text }) {
  const { t, store } = app;
  const [gone, setGone] = useState(unwanted);
  const { results } = useAnswers(app, gone ? "" : text, PAUSE_MS);
  if (gone || !results?.length) return null;
  return html`<aside class="suggest" aria-label=${t("suggest.title")}>
    <p class="suggest__head xs medium"><span class="grow">${t("suggest.title")}</span>
      <button type="button" class="btn btn--ghost btn--icon btn--sm" aria-label=${t("suggest.away")} title=${t("suggest.away")} onClick=${() => ((unwanted = true), setGone(true))}><${Icon} name="x" size="sm" /></button>
    </p>
    ${results.slice(0, MOST).map(({ slug, title }) => html`<button type="button" class="popular__link" onClick=${() => store.go({ name: "article", slug })} key=${slug}>
      <span class="grow" dir="auto">${title}</span><${Icon} name="chevron-right" size="sm" dir />
    </button>`)}
  </aside>`;
}
