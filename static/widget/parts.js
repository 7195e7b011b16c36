// @ts-check
/** Small pieces that several views share. */
import icons from "../icons/widget.js";
import { initials, tint } from "../shared/dom.js";
import { startedBy } from "../shared/protocol.js";
import { html, useEffect, useState } from "../shared/view.js";
import { iconsFrom } from "../shared/icon.js";

export const Icon = iconsFrom(icons);

export const Avatar = ({ name, size = "", online = false }) => html`<span
  class=${["avatar", `avatar--${tint(name)}`, size && `avatar--${size}`].filter(Boolean).join(" ")}
  aria-hidden="true"
>${initials(name)}${online && html`<span class="presence presence--online"></span>`}</span>`;

export const IconButton = ({ icon, label, onClick, dir = false, ...rest }) => html`<button
  type="button"
  class="btn btn--ghost btn--icon btn--lg"
  aria-label=${label}
  title=${label}
  onClick=${onClick}
  ...${rest}
><${Icon} name=${icon} size="lg" dir=${dir} /></button>`;

/** What stands in the corner of every view: the phone number, and the way out. */
export function Corner({ app }) {
  const { t, store, config } = app;
  const phone = store.state.value.inbox.phone ?? config.inbox.phone;
  const call = t("call.us", { phone });
  return html`<div class="corner">
    ${phone && html`<a class="btn btn--ghost btn--icon btn--lg" href=${`tel:${phone.replace(/[^\d+]/g, "")}`} aria-label=${call} title=${call}><${Icon} name="phone" size="lg" /></a>`}
    ${app.mode === "panel" && html`<${IconButton} icon="chevron-down" label=${t("launcher.close")} onClick=${app.minimise} />`}
  </div>`;
}

/** @param {{app: any, title: string, onBack?: () => void, children?: any}} props */
export const Head = ({ app, title, onBack = () => app.store.back(), children }) => html`<div class="widget__head widget__head--back">
  <${IconButton} icon="chevron-left" label=${app.t("back")} onClick=${onBack} dir />
  <h1 id="title" class="grow clip" tabindex="-1">${title}</h1>
  ${children}
  <${Corner} app=${app} />
</div>`;

/** The three places one is never lost from. */
export function Tabs({ app, here }) {
  const { t, store } = app;
  const { unread } = store;
  const tab = (name, icon, label) => html`<button type="button" aria-current=${name === here ? "page" : undefined} onClick=${() => store.go({ name })}>
    <${Icon} name=${icon} /><span>${label}</span>
    ${name === "messages" && unread > 0 && html`<span class="count wtabs__count"><span aria-hidden="true">${unread > 99 ? "99+" : unread}</span><span class="vh">${t("home.unread", { n: unread })}</span></span>`}
  </button>`;
  return html`<nav class="wtabs" aria-label=${t("tab.all")}>
    ${tab("home", "home", t("tab.home"))}${tab("messages", "messages", t("tab.messages"))}${tab("help", "help-circle", t("tab.help"))}
  </nav>`;
}

/** One of several ways on; `href` leads out of the widget, `onClick` further in. */
export function Choice({ icon, title, note = "", href = "", onClick }) {
  const inside = html`<span class="choice__icon"><${Icon} name=${icon} /></span>
    <span class="grow"><span class="medium choice__title">${title}</span>${note && html`<span class="xs faint">${note}</span>`}</span>
    <${Icon} name=${href.startsWith("http") ? "external-link" : "chevron-right"} size="sm" dir />`;
  const leaves = href.startsWith("http");
  return href
    ? html`<a class="choice" href=${href} target=${leaves ? "_blank" : undefined} rel="noopener">${inside}</a>`
    : html`<button type="button" class="choice" onClick=${onClick}>${inside}</button>`;
}

/** What he was invited with stands at the beginning of the conversation that comes of it. */
export function Invitation({ app, ticket = "" }) {
  const { invited, keep } = app.store;
  const begun = ticket && !ticket.startsWith(startedBy(""));
  const text = begun ? keep.get(`invited:${ticket}`) : invited.value?.text;
  return text && html`<div class="msg"><span class="avatar avatar--sm avatar--brand" aria-hidden="true"><${Icon} name="message-circle" size="sm" /></span><div class="msg__body"><div class="bubble bubble--plain" dir="auto">${text}</div></div></div>`;
}

const SKELETON_AFTER_MS = 200;

/** The shape of what is coming, once it takes long enough to be noticed. */
export function Skeleton({ lines = 4 }) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return html`<div class="widget__body skeleton" aria-busy="true">${shown && Array.from({ length: lines }, () => html`<div class="skel"></div>`)}</div>`;
}

/** What failed, in words, and the way on. */
export const Failure = ({ app, text, onRetry }) => html`<div class="empty">
  <span class="empty__icon"><${Icon} name="alert-circle" size="lg" /></span>
  <p>${text}</p>
  ${onRetry && html`<button type="button" class="btn btn--lg" onClick=${onRetry}>${app.t("err.retry")}</button>`}
</div>`;
