// @ts-check
/** The visitor's chat, inside its frame: puts store, page and views together. */
import { html, render, useEffect, useState } from "../shared/view.js";
import { translator } from "../shared/i18n.js";
import { Chat } from "./chat.js";
import { Home } from "./home.js";
import { Host, keepFor } from "./host.js";
import { Failure } from "./parts.js";
import { Store } from "./store.js";
import { tellMessage, tidings, watch } from "./tidings.js";

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);
const ANNOUNCE_EVERY_MS = 5_000;

const config = JSON.parse(document.getElementById("config")?.textContent ?? "{}");
const root = /** @type {HTMLElement} */ (document.getElementById("app"));

function dress() {
  const { documentElement: page } = document;
  page.lang = config.lang;
  page.dir = RIGHT_TO_LEFT.has(config.lang) ? "rtl" : "ltr";
  const dark = config.theme === "system" ? matchMedia("(prefers-color-scheme: dark)").matches : config.theme === "dark";
  const theme = dark ? "dark" : "light";
  page.dataset.theme = theme;
  page.style.setProperty("--brand", config.inbox.brand);
  page.style.setProperty("--brand-ink", config.inbox.ink);
  page.style.setProperty("--brand-text", config.inbox.brand_text[theme]);
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
  const [, redraw] = useState(0);
  useEffect(() => store.listen(() => redraw((count) => count + 1)), []);
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
  if (view.name === "rating") return html`<${Later} load=${() => import("./rating.js")} app=${app} ticket=${view.ticket} />`;
  return html`<${Chat} app=${app} ticket=${view.ticket} />`;
}

/** A view that most visits never need. */
function Later({ load, ...props }) {
  const [View, setView] = useState(/** @type {any} */ (null));
  useEffect(() => {
    load().then((module) => setView(() => module.default), () => props.app.store.home());
  }, []);
  return View && html`<${View} ...${props} />`;
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
  const keep = keepFor(config.inbox.id, host, around.stored);
  const announce = announcer();
  const store = new Store(config, keep, { message: (ticket, message) => heard(ticket, message) });
  const app = { config, lang: config.lang, mode: around.mode, t, host, store, announce, greeted: false, minimise: () => host.tell("close") };

  function heard(ticket, message) {
    if (message.event?.name === "joined") announce(t("queue.joined", message.event.data));
    if (message.kind !== "reply") return;
    tellMessage(host, ticket, message, { shown: store.shown.value, name: t("conv.agent") });
    if (!store.shown.value || document.visibilityState === "hidden") store.sound.note();
  }

  host.on("open", () => {
    app.greeted = true;
    store.show(true);
    focusFirst(app);
  });
  host.on("close", () => store.show(false));
  host.on("page", (page) => store.setPage(page));
  store.setPage(around.page);
  const watches = [tidings(host, store, t), watch(() => sentence(store, t), announce)];
  store.listen(() => watches.forEach((look) => look()));
  render(html`<${App} app=${app} />`, root);
  // A chat that stands inside a page must not take the focus from it.
  app.greeted = around.open && around.mode !== "inline";
  if (around.open) store.show(true);
  else store.start();
}

/** What a person who does not see the screen should know now: once, not with every letter typed. */
function sentence(store, t) {
  const view = store.view.value;
  if (store.status.value === "offline" && store.phase.value === "ready") return t("conv.offline");
  if (view.name === "home") return "";
  const typing = store.typing.value[view.ticket];
  const queue = store.state.value.queue[view.ticket];
  if (typing) return t("conv.typing", { name: typing });
  if (queue) return queue.ahead > 0 ? t("queue.ahead", { n: queue.ahead }) : t("queue.next");
  return "";
}

main();
