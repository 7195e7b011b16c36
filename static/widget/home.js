// @ts-check
/** Where one begins: an answer at once, or a person, in the order that suits the stage of the purchase. */
import { html, useEffect, useRef } from "../shared/view.js";
import { Later, fetchView, viewOf } from "./later.js";
import { Avatar, Choice, Corner, Icon, Tabs } from "./parts.js";
import { conversations, isOpenChat, unreadOf } from "./reduce.js";
import { sectionsOf } from "./sections.js";
import { dayAt, range, replyBy } from "./words.js";

export const HELP = () => import("./help.js");
const LOOK_EVERY_MS = 30_000;
const CHANNEL_ICONS = {
  whatsapp: "brand-whatsapp", telegram: "brand-telegram", messenger: "brand-messenger", email: "mail", phone: "phone",
};
const SECTIONS = { faq: Answers, people: People };
const THERE = new Set(Object.keys(SECTIONS));

export function Home({ app }) {
  const { t, store } = app;
  const { inbox } = store.state.value;
  useEffect(() => {
    const timer = setInterval(() => store.shown.value && store.look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return html`
    <div class="widget__body" tabindex="0" role="group" aria-label=${t("tab.home")}>
      <${Hero} app=${app} />
      <div class="sections">
        ${sectionsOf(inbox.home, store.stage.value, THERE).map((name) => html`<${SECTIONS[name]} app=${app} key=${name} />`)}
        <${Ways} app=${app} />
        <button type="button" class="btn btn--ghost yours" onClick=${() => store.go({ name: "privacy" })}><${Icon} name="shield-lock" size="sm" />${t("home.privacy")}</button>
      </div>
    </div>
    <${Tabs} app=${app} here="home" />
  `;
}

function Hero({ app }) {
  const { t, store } = app;
  const { inbox, team } = store.state.value;
  const away = !team.is_free && !openChat(store);
  return html`<div class="hero">
    <div class="hero__top">
      ${away && team.next_open
        ? html`<span class="hero__tag"><${Icon} name="moon" size="sm" />${t("off.back", { when: dayAt(app, team.next_open) })}</span>`
        : html`<span class="hero__name strong clip">${inbox.name ?? app.config.inbox.name}</span>`}
      <${Corner} app=${app} />
    </div>
    <h1 id="title" tabindex="-1">${t(away ? awayTitle(team) : "home.title")}</h1>
    ${!away && html`<p class="hero__sub">${t("home.sub")}</p>`}
  </div>`;
}

/** Closed, all at work, or nobody there: three different things. */
const awayTitle = (team) => (!team.is_open ? "off.title" : team.online ? "off.busy" : "off.nobody");

const openChat = (store) => conversations(store.state.value).find(isOpenChat);

function Answers({ app }) {
  const { t, store } = app;
  const { articles } = store.state.value;
  return html`<section class="lift answers" aria-label=${t("search.title")}>
    <${SearchEntry} app=${app} first />
    ${articles.length > 0 && html`<${Popular} app=${app} articles=${articles} />`}
  </section>`;
}

/** Typing leads to the results; no letter is lost on the way, and none while they are fetched. */
export function SearchEntry({ app, first = false }) {
  const { t, store } = app;
  const waiting = useRef(false);

  function typed(event) {
    const input = event.currentTarget;
    const lead = () => store.go({ name: "search", query: input.value });
    if (event.isComposing || !input.value || waiting.current) return;
    if (viewOf(HELP)) return lead();
    waiting.current = true;
    fetchView(HELP).then(lead, lead); // what did not come is said where it is missing
  }

  return html`<div class="search">
    <${Icon} name="search" />
    <input
      class="input search__entry" type="search" data-first=${first} enterkeyhint="search" autocomplete="off" maxlength="100"
      placeholder=${t("search.placeholder")} aria-label=${t("search.placeholder")} onInput=${typed} onCompositionEnd=${typed}
    />
  </div>`;
}

export const Popular = ({ app, articles }) => html`<nav aria-labelledby="popular">
  <h2 class="menu__label popular__title" id="popular">${app.t("home.popular")}</h2>
  ${articles.map(
    ({ title, slug }) => html`<button type="button" class="popular__link" onClick=${() => app.store.go({ name: "article", slug })} key=${slug}>
      <span class="grow" dir="auto">${title}</span><${Icon} name="chevron-right" size="sm" dir />
    </button>`,
  )}
</nav>`;

function People({ app }) {
  const { t, store } = app;
  const { team } = store.state.value;
  const open = openChat(store);
  if (!open && !team.is_free) return html`<${Later} load=${() => import("./absence.js")} quiet app=${app} />`;
  const people = team.people.slice(0, 3);
  const unread = open ? unreadOf(open) : 0;
  return html`<section class="card talk" aria-label=${t("talk.title")}>
    <div class="talk__people">
      ${people.length > 0 && html`<span class="avatars">${people.map(({ name }) => html`<${Avatar} name=${name} />`)}</span>`}
      <div class="grow">
        <p class="talk__online">
          <span class=${`presence presence--${team.online ? "online" : "offline"}`}></span>
          ${team.online ? t("talk.online", { n: team.online }) : t("talk.nobody")}
        </p>
        <p class="xs faint">${pace(app)}</p>
      </div>
    </div>
    <button type="button" class="btn btn--brand btn--lg btn--block" onClick=${() => store.talk()}>
      <${Icon} name="message-circle" />${open ? t("talk.continue") : t("talk.start")}
      ${unread > 0 && html`<span class="count"><span aria-hidden="true">${unread}</span><span class="vh">${t("home.unread", { n: unread })}</span></span>`}
    </button>
  </section>`;
}

/** How long it takes, if that is known. */
export function pace({ t, store }) {
  const { wait, team } = store.state.value;
  if (wait) return t("queue.expect", { range: range(t, wait) });
  return team.online && team.reply_minutes ? t("talk.reply", { n: team.reply_minutes }) : t("talk.later");
}

/** All other ways to reach the company. */
function Ways({ app }) {
  const { t, store } = app;
  const { team, inbox } = store.state.value;
  const { leave_message: leave, callback } = inbox.absence;
  const asked = !team.is_free && !openChat(store); // by the form above
  return html`<section class="ways" aria-label=${t("ways.title")}>
    ${callback && html`<${Choice} icon="phone-call" title=${t("alt.call")} note=${t("cb.pick")} onClick=${() => store.go({ name: "callback" })} />`}
    ${leave && !asked && html`<${Choice} icon="mail" title=${t("alt.message")} note=${replyBy(app)} onClick=${() => store.go({ name: "message" })} />`}
    ${inbox.channels.map((channel) => html`<${Channel} app=${app} channel=${channel} key=${channel.kind} />`)}
  </section>`;
}

const CHANNEL_TITLES = {
  whatsapp: "ways.whatsapp", telegram: "ways.telegram", messenger: "ways.messenger", email: "ways.email", phone: "ways.phone",
};

export const Channel = ({ app, channel: { kind, url, text } }) =>
  html`<${Choice} icon=${CHANNEL_ICONS[kind]} title=${app.t(CHANNEL_TITLES[kind])} note=${html`<bdi>${text}</bdi>`} href=${url} />`;
