// @ts-check
/** Answers without a person: the help tab, the search, and an article read in place. */
import { html, useEffect, useLayoutEffect, useRef, useState } from "../shared/view.js";
import { ENOUGH, useAnswers } from "./asking.js";
import { Popular, SearchEntry, pace } from "./home.js";
import { Corner, Failure, Head, Icon, IconButton, Skeleton, Tabs } from "./parts.js";

const PAUSE_MS = 150;

export default function Help({ app, view }) {
  if (view.name === "article") return html`<${Article} app=${app} slug=${view.slug} key=${view.slug} />`;
  return view.name === "search" ? html`<${Search} app=${app} view=${view} />` : html`<${Start} app=${app} />`;
}

function Start({ app }) {
  const { t, store } = app;
  const { articles } = store.state.value;
  return html`
    <div class="widget__head"><h1 id="title" class="grow clip" tabindex="-1">${t("tab.help")}</h1><${Corner} app=${app} /></div>
    <div class="widget__body help" tabindex="0" role="group" aria-label=${t("tab.help")}>
      <${SearchEntry} app=${app} first />
      ${articles.length > 0 && html`<${Popular} app=${app} articles=${articles} />`}
    </div>
    <${Ask} app=${app} />
    <${Tabs} app=${app} here="help" />
  `;
}

/** A person is one step away from every answer. */
const Ask = ({ app }) => html`<div class="widget__foot ask">
  <div class="grow"><p class="sm medium">${app.t("search.miss")}</p><p class="xs faint">${pace(app)}</p></div>
  <button type="button" class="btn btn--brand btn--lg" onClick=${() => app.store.talk()}>${app.t("search.ask")}</button>
</div>`;

// ---- the search -------------------------------------------------------------------------------

function Search({ app, view }) {
  const { t, store } = app;
  const query = view.query ?? "";
  const answers = useAnswers(app, query, PAUSE_MS);
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));

  // At once, before the next letter is typed.
  useLayoutEffect(() => {
    const input = field.current;
    input?.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
  }, []);

  return html`
    <div class="widget__head widget__head--back">
      <${IconButton} icon="chevron-left" label=${t("back")} onClick=${() => store.back()} dir />
      <h1 id="title" class="vh">${t("search.title")}</h1>
      <div class="search grow"><${Icon} name="search" /><input
        class="input" type="search" ref=${field} value=${query} data-first autocomplete="off" maxlength="100" enterkeyhint="search"
        placeholder=${t("search.placeholder")} aria-label=${t("search.placeholder")}
        onInput=${(event) => store.turn({ name: "search", query: event.currentTarget.value })} onKeyDown=${(event) => move(event, box.current)}
      /></div>
      <${Corner} app=${app} />
    </div>
    <div class="widget__body help" role="group" aria-label=${t("search.title")} ref=${box} onKeyDown=${(event) => move(event, box.current, field.current)}>
      <${Results} app=${app} query=${query.trim()} answers=${answers} />
    </div>
    <${Ask} app=${app} />
  `;
}

function Results({ app, query, answers: { asked, results, error, retry } }) {
  const { t, store } = app;
  const { articles } = store.state.value;
  const summary = error ? "" : results && asked ? found(t, results.length, asked) : "";
  return html`
    <p class="menu__label help__summary" role="status">${summary}</p>
    ${error && html`<${Failure} app=${app} text=${t(error.status ? "err.load" : "search.offline")} onRetry=${retry} />`}
    ${!error && query.length >= ENOUGH && !results && html`<${Skeleton} />`}
    ${results?.length === 0 && html`<p class="sm muted help__none">${t("search.none.sub")}</p>`}
    ${results?.map((result) => html`<${Hit} app=${app} result=${result} key=${result.slug} />`)}
    ${(query.length < ENOUGH || results?.length === 0) && articles.length > 0 && html`<${Popular} app=${app} articles=${articles} />`}
  `;
}

const found = (t, n, q) => (n ? t("search.results", { n, q }) : t("search.none", { q }));

const Marked = ({ parts }) => parts.map(([text, hit]) => (hit ? html`<mark>${text}</mark>` : text));

const Hit = ({ app, result }) => html`<button type="button" class="hit" onClick=${() => app.store.go({ name: "article", slug: result.slug })}>
  <span class="medium" dir="auto"><${Marked} parts=${result.title_parts} /></span>
  <span class="sm muted" dir="auto"><${Marked} parts=${result.excerpt} /></span>
  <span class="xs faint">${[result.category, app.t("search.minutes", { n: result.minutes })].filter(Boolean).join(" · ")}</span>
</button>`;

/** Arrow keys lead through the results, and from the first one back to the field; Enter in it takes the first. */
function move(event, box, field = /** @type {HTMLElement | null} */ (null)) {
  const hits = [...(box?.querySelectorAll(".hit, .popular__link") ?? [])];
  const at = hits.indexOf(document.activeElement);
  if (event.key === "Enter" && at < 0 && box?.querySelector(".hit")) hits[0].focus();
  else if (event.key === "ArrowDown") (hits[at + 1] ?? hits[at])?.focus();
  else if (event.key === "ArrowUp" && at >= 0) (hits[at - 1] ?? field)?.focus();
  else return;
  event.preventDefault();
}

// ---- an article ---------------------------------------------------------------------------------

function Article({ app, slug }) {
  const { t, store, lang } = app;
  const [article, setArticle] = useState(/** @type {any} */ (null));
  const [error, setError] = useState(/** @type {any} */ (null));
  const text = useRef(/** @type {HTMLElement | null} */ (null));
  const title = useRef(/** @type {HTMLElement | null} */ (null));

  function load() {
    setError(null);
    store.api.get(`help/${encodeURIComponent(slug)}/?lang=${lang}`).then(setArticle, setError);
  }

  useEffect(load, []);
  useEffect(() => {
    title.current?.focus();
    // The frame is no place for a page of its own.
    for (const link of text.current?.querySelectorAll("a[href]") ?? []) Object.assign(link, { target: "_blank", rel: "noopener" });
  }, [article]);

  return html`
    <div class="widget__head widget__head--back">
      <${IconButton} icon="chevron-left" label=${t("back")} onClick=${() => store.back()} dir />
      <span class="grow clip medium">${t("tab.help")}</span>
      ${article && html`<a class="btn btn--ghost btn--icon btn--lg" href=${article.url} target="_blank" rel="noopener" aria-label=${t("help.page")} title=${t("help.page")}><${Icon} name="external-link" size="lg" /></a>`}
      <${Corner} app=${app} />
    </div>
    ${error && html`<div class="widget__body"><${Failure} app=${app} text=${whatFailed(t, error)} onRetry=${error.status === 404 ? undefined : load} /></div>`}
    ${!error && !article && html`<${Skeleton} lines=${6} />`}
    ${article && html`<div class="widget__body article" tabindex="0" role="group" aria-label=${article.title}>
        <h1 id="title" class="article__title" tabindex="-1" dir="auto" ref=${title}>${article.title}</h1>
        <p class="xs faint">${t("search.minutes", { n: article.minutes })}</p>
        <div class="article__text" dir="auto" ref=${text} dangerouslySetInnerHTML=${{ __html: article.html }}></div>
      </div>
      <${Vote} app=${app} slug=${slug} />`}
  `;
}

const whatFailed = (t, { status }) => t(status === 404 ? "help.gone" : status ? "err.load" : "search.offline");

function Vote({ app, slug }) {
  const { t, store } = app;
  const [helped, setHelped] = useState(false);
  const thanks = useRef(/** @type {HTMLElement | null} */ (null));
  // A vote that is lost harms nobody; what he does next matters more.
  const vote = (yes) => void store.api.post(`help/${encodeURIComponent(slug)}/vote/`, { helped: yes }).catch(() => undefined);

  useEffect(() => {
    if (helped) thanks.current?.focus();
  }, [helped]);

  if (helped) return html`<div class="widget__foot ask"><p class="sm medium grow" tabindex="-1" ref=${thanks}>${t("help.thanks")}</p></div>`;
  return html`<div class="widget__foot ask">
    <p class="sm medium grow">${t("help.ask")}</p>
    <button type="button" class="btn btn--lg" onClick=${() => (vote(true), setHelped(true))}>${t("yes")}</button>
    <button type="button" class="btn btn--brand btn--lg" onClick=${() => (vote(false), store.talk())}>${t("help.no")}</button>
  </div>`;
}
