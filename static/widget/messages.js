// @ts-check
/** The visitor's conversations, across his visits. */
import { shortMoment } from "../shared/time.js";
import { html } from "../shared/view.js";
import { Avatar, Corner, Icon, Tabs } from "./parts.js";
import { conversations, isOpen, isOpenChat, unreadOf } from "./reduce.js";

export default function Messages({ app }) {
  const { t, store } = app;
  const rows = conversations(store.state.value);
  return html`
    <div class="widget__head"><h1 id="title" class="grow clip" tabindex="-1">${t("tab.messages")}</h1><${Corner} app=${app} /></div>
    <div class="widget__body" tabindex="0" role="group" aria-label=${t("home.yours")}>
      ${rows.length ? html`<ul class="rows">${rows.map((row) => html`<li key=${row.id}><${Row} app=${app} row=${row} /></li>`)}</ul>` : html`<${Empty} app=${app} />`}
    </div>
    ${rows.length > 0 && html`<div class="widget__foot"><button type="button" class="btn btn--brand btn--lg btn--block" onClick=${() => store.talk()}>
      <${Icon} name="message-circle" />${t(rows.some(isOpenChat) ? "talk.continue" : "conv.new")}
    </button></div>`}
    <${Tabs} app=${app} here="messages" />
  `;
}

const Empty = ({ app }) => html`<div class="empty">
  <span class="empty__icon"><${Icon} name="messages" size="lg" /></span>
  <h2>${app.t("home.none")}</h2>
  <p>${app.t("home.none.sub")}</p>
  <button type="button" class="btn btn--brand btn--lg" data-first onClick=${() => app.store.talk()}>${app.t("talk.start")}</button>
</div>`;

const KINDS = { message: "home.left", callback: "home.call" };
const KIND_ICONS = { message: "mail", callback: "phone-call" };

function Row({ app, row }) {
  const { t, store, lang } = app;
  const unread = unreadOf(row);
  const who = row.assignee?.name ?? t(KINDS[row.via] ?? "conv.agent");
  const state = isOpen(row) ? (store.state.value.queue[row.id] ? t("home.waits") : "") : t("home.ended");
  return html`<button type="button" class="choice" onClick=${() => store.open(row.id)}>
    ${row.assignee ? html`<${Avatar} name=${who} />` : html`<span class="choice__icon"><${Icon} name=${KIND_ICONS[row.via] ?? "message-circle"} /></span>`}
    <span class="grow">
      <span class="choice__line"><span class="medium clip" dir="auto">${who}</span><span class="xs faint num push">${shortMoment(lang, row.last_at)}${state && ` · ${state}`}</span></span>
      <span class="choice__line"><span class=${`sm clip ${unread ? "medium" : "muted"}`} dir="auto">${row.last_preview}</span>
        ${unread > 0 && html`<span class="count push"><span aria-hidden="true">${unread > 99 ? "99+" : unread}</span><span class="vh">${t("home.unread", { n: unread })}</span></span>`}
      </span>
    </span>
  </button>`;
}
