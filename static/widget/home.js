// @ts-check
import { html } from "../shared/view.js";
import { shortMoment } from "../shared/time.js";
import { Avatar, Icon, Minimise } from "./parts.js";
import { conversations, isOpen, unreadOf } from "./reduce.js";

export function Home({ app }) {
  const { t, store } = app;
  const { inbox, articles } = store.state.value;
  return html`<div class="widget__body" tabindex="0" role="group" aria-label=${t("home.title")}>
    <div class="hero">
      <div class="hero__top">
        <span class="hero__name strong clip">${inbox.name ?? app.config.inbox.name}</span>
        <${Minimise} app=${app} />
      </div>
      <h1 id="title">${t("home.title")}</h1>
      <p class="hero__sub">${t("home.sub")}</p>
    </div>
    ${articles.length > 0 && html`<${Popular} app=${app} articles=${articles} />`}
    <div class=${articles.length ? "home" : "home home--lifted"}>
      <${Talk} app=${app} />
      <${Conversations} app=${app} />
    </div>
  </div>`;
}

const Popular = ({ app, articles }) => html`<nav class="lift popular" aria-labelledby="popular">
  <h2 class="menu__label" id="popular">${app.t("home.popular")}</h2>
  ${articles.map(
    ({ title, url }) => html`<a class="popular__link" href=${url} target="_blank" rel="noopener" key=${url}>
      <span class="grow" dir="auto">${title}</span><${Icon} name="chevron-right" size="sm" dir />
    </a>`,
  )}
</nav>`;

function Talk({ app }) {
  const { t, store } = app;
  const { team } = store.state.value;
  const open = conversations(store.state.value).find(isOpen);
  const people = team.people.slice(0, 3);
  return html`<section class="card talk" aria-label=${t("talk.title")}>
    <div class="talk__people">
      ${people.length > 0 && html`<span class="avatars">${people.map(({ name }) => html`<${Avatar} name=${name} />`)}</span>`}
      <div class="grow">
        <p class="talk__online">
          <span class=${`presence presence--${team.online ? "online" : "offline"}`}></span>
          ${team.online ? t("talk.online", { n: team.online }) : t("talk.nobody")}
        </p>
        <p class="xs faint">${team.online && team.reply_minutes ? t("talk.reply", { n: team.reply_minutes }) : t("talk.later")}</p>
      </div>
    </div>
    <button type="button" class="btn btn--brand btn--lg btn--block" data-first onClick=${() => store.open(open?.id ?? null)}>
      <${Icon} name="message-circle" />${open ? t("talk.continue") : t("talk.start")}
    </button>
  </section>`;
}

function Conversations({ app }) {
  const { t, store } = app;
  const rows = conversations(store.state.value);
  if (!rows.length) return null;
  return html`<section aria-labelledby="yours">
    <h2 class="menu__label" id="yours">${t("home.yours")}</h2>
    ${rows.map((row) => html`<${Row} app=${app} row=${row} key=${row.id} />`)}
  </section>`;
}

function Row({ app, row }) {
  const { t, store, lang } = app;
  const unread = unreadOf(row);
  const who = row.assignee?.name ?? t("conv.agent");
  const state = isOpen(row) ? "" : ` · ${t("home.ended")}`;
  return html`<button type="button" class="choice" onClick=${() => store.open(row.id)}>
    <${Avatar} name=${who} />
    <span class="grow">
      <span class="choice__line"><span class="medium clip" dir="auto">${who}</span><span class="xs faint num push">${shortMoment(lang, row.last_at)}${state}</span></span>
      <span class="choice__line"><span class=${`sm clip ${unread ? "medium" : "muted"}`} dir="auto">${row.last_preview}</span>
        ${unread > 0 && html`<span class="count push"><span aria-hidden="true">${unread > 99 ? "99+" : unread}</span><span class="vh">${t("home.unread", { n: unread })}</span></span>`}
      </span>
    </span>
  </button>`;
}
