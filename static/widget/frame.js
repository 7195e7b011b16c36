// @ts-check
/** The visitor's chat, inside its frame: puts store, page and views together. */
import { effect, html, render, useEffect } from "../shared/html.js";
import { translator } from "../shared/i18n.js";
import { Keep } from "../shared/keep.js";
import { Chat } from "./chat.js";
import { Home } from "./home.js";
import { Host, RelayedStorage, ownStorageWorks } from "./host.js";
import { Failure } from "./parts.js";
import { Rating } from "./rating.js";
import { chime } from "./sound.js";
import { Store } from "./store.js";

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);
const ANNOUNCE_EVERY_MS = 5_000;

const config = JSON.parse(document.getElementById("config")?.textContent ?? "{}");
const root = /** @type {HTMLElement} */ (document.getElementById("app"));

function dress() {
  const { documentElement: page } = document;
  page.lang = config.lang;
  page.dir = RIGHT_TO_LEFT.has(config.lang) ? "rtl" : "ltr";
  page.dataset.theme = config.theme;
  page.style.setProperty("--brand", config.inbox.brand);
  page.style.setProperty("--brand-ink", config.inbox.ink);
}

/** One sentence at a time in the status region, so that a screen reader is not flooded. */
function announcer() {
  const region = /** @type {HTMLElement} */ (document.getElementById("status"));
  let next = 0;
  let timer = /** @type {any} */ (0);
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      next = Date.now() + ANNOUNCE_EVERY_MS;
      region.textContent = text;
    }, Math.max(50, next - Date.now()));
  };
}

function App({ app }) {
  const { store, t } = app;
  const view = store.view.value;
  const phase = store.phase.value;
  useEffect(() => focusFirst(app), [view.name, phase, store.shown.value]);
  return html`<section
    class="widget widget--frame" role="dialog" aria-modal="false" aria-labelledby=${phase === "ready" ? "title" : undefined}
    aria-label=${phase === "ready" ? undefined : t("talk.title")}
    onKeyDown=${(event) => event.key === "Escape" && app.minimise()}
  >${phase === "ready" ? html`<${Screen} app=${app} view=${view} />` : html`<${Waiting} app=${app} phase=${phase} />`}</section>`;
}

function Screen({ app, view }) {
  if (view.name === "home") return html`<${Home} app=${app} />`;
  if (view.name === "rating") return html`<${Rating} app=${app} ticket=${view.ticket} />`;
  return html`<${Chat} app=${app} ticket=${view.ticket} />`;
}

function Waiting({ app, phase }) {
  const { t, store } = app;
  if (phase === "loading") return html`<div class="widget__body" aria-busy="true"><div class="hero hero--empty"></div></div>`;
  if (phase === "outdated") return html`<${Failure} app=${app} text=${t("err.reload")} />`;
  const retry = () => {
    store.phase.value = "loading";
    store.start();
  };
  return html`<${Failure} app=${app} text=${t("err.load")} onRetry=${phase === "failed" ? retry : undefined} />`;
}

/** Opening leads to where one goes on: the composer, or the button that starts a chat. */
function focusFirst(app) {
  if (!app.store.shown.value || !app.greeted) return;
  const target = root.querySelector("[data-first]");
  if (target instanceof HTMLElement && !root.contains(document.activeElement)) target.focus();
}

async function main() {
  dress();
  const { default: catalogue } = await import(`./copy/${config.lang}.js`);
  const t = translator(config.lang, catalogue);
  const host = new Host();
  const around = await host.meet();
  const keep = ownStorageWorks()
    ? new Keep(`helpdesk:${config.inbox.id}:`)
    : new Keep("", () => new RelayedStorage(host, around.stored));
  const announce = announcer();
  const store = new Store(config, keep, { message: (ticket, message) => heard(message) });
  const app = { config, lang: config.lang, t, host, store, announce, greeted: false, minimise: () => host.tell("close") };

  function heard(message) {
    if (message.event?.name === "joined") announce(t("queue.joined", message.event.data));
    if (message.kind !== "reply") return;
    if (!store.shown.value || document.visibilityState === "hidden") chime();
  }

  host.on("open", () => {
    app.greeted = true;
    store.show(true);
    focusFirst(app);
  });
  host.on("close", () => store.show(false));
  host.on("page", (page) => store.setPage(page));
  store.setPage(around.page);
  effect(() => host.tell("unread", store.unread.value));
  effect(() => host.tell("talking", store.talking.value));
  effect(() => store.status.value === "offline" && announce(t("conv.offline")));
  effect(() => sayTyping(store, t, announce));
  effect(() => sayQueue(store, t, announce));
  render(html`<${App} app=${app} />`, root);
  app.greeted = around.open;
  if (around.open) store.show(true);
  else store.start();
}

/** Once a turn, not with every letter. */
function sayTyping(store, t, announce) {
  const { ticket } = store.view.value;
  const name = ticket && store.typing.value[ticket];
  if (name) announce(t("conv.typing", { name }));
}

function sayQueue(store, t, announce) {
  const { ticket } = store.view.value;
  const queue = ticket && store.state.value.queue[ticket];
  if (queue) announce(queue.ahead > 0 ? t("queue.ahead", { n: queue.ahead }) : t("queue.next"));
}

main();
