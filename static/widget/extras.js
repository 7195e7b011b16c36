// @ts-check
/** What a message carries beside its words: quick replies, and the card of a help article. */
import { html } from "../shared/view.js";
import { Icon } from "./parts.js";

/** Opens inside the widget, or beside it with any key that asks for a new tab. */
export function ArticleCard({ app, article }) {
  const { t, store } = app;
  const open = (/** @type {MouseEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    store.go({ name: "article", slug: article.slug });
  };
  return html`<a class="articlecard" href=${article.url} target="_blank" rel="noopener" onClick=${open}>
    <span class="articlecard__icon"><${Icon} name="file-text" /></span>
    <span class="grow articlecard__words"><span class="articlecard__title" dir="auto">${article.title}</span><span class="articlecard__note">${t("card.article")} · ${t("card.minutes", { n: article.minutes })}</span></span>
    <${Icon} name="chevron-right" size="sm" dir />
  </a>`;
}

/** Buttons under the newest message; what is pressed is said, and the buttons are gone with it. */
export function QuickReplies({ app, choices }) {
  return html`<div class="quick" role="group" aria-label=${app.t("card.choices")}>
    ${choices.map(({ value, label }) => html`<button type="button" class="btn quick__choice" key=${value} dir="auto" onClick=${() => say(app, label)}>${label}</button>`)}
  </div>`;
}

/** The button that had the focus goes; the composer is where one goes on. */
function say(app, label) {
  app.store.send(label);
  document.getElementById("message")?.focus();
}

/** Only the newest message may still ask: what stands further up has been answered. @param {any[]} messages */
export function openChoices(messages) {
  const said = messages.filter((message) => message.kind === "reply");
  const last = said[said.length - 1];
  return last && last.author.kind !== "contact" ? (last.choices ?? []) : [];
}
