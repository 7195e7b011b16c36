// @ts-check
/** The visitor's chat, inside its frame: puts store, page and views together. */
import icons from "../icons/widget.js";
import { html, render, useEffect, useState } from "../shared/view.js";
import { translator } from "../shared/i18n.js";
import { Chat } from "./chat.js";
import { HELP, Home } from "./home.js";
import { Host, keepFor } from "./host.js";
import { Later, withEach } from "./later.js";
import { Failure, Skeleton } from "./parts.js";
import { Prechat } from "./prechat.js";
import { Store } from "./store.js";
import { applyTextSize } from "./text-size.js";
import { tellMessage, tidings } from "./tidings.js";
import { Voice } from "./voice.js";

const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur"]);

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

function App({ app }) {
  const { store, t } = app;
  const [, redraw] = useState(0);
  useEffect(() => store.listen(() => redraw((count) => count + 1)), []);
  const view = store.view.value;
  const phase = store.phase.value;
  useEffect(() => focusFirst(app), [view.name, phase, store.shown.value]);
  // Until a view has come, or if it cannot, there is no title.
  return html`<section
    class="widget widget--frame" role="dialog" aria-modal="false" aria-labelledby=${phase === "ready" ? "title" : undefined}
    aria-label=${t("talk.title")}
    onKeyDown=${(event) => event.key === "Escape" && app.minimise()}
  >${phase === "ready" ? html`<${Screen} app=${app} view=${view} />` : html`<${Waiting} app=${app} phase=${phase} />`}</section>`;
}

const LATER = {
  messages: () => import("./messages.js"),
  help: HELP,
  search: HELP,
  article: HELP,
  queue: () => import("./queue.js"),
  message: () => import("./leave.js"),
  callback: () => import("./callback.js"),
  thanks: () => import("./thanks.js"),
  rating: () => import("./rating.js"),
  privacy: () => import("./privacy.js"),
};

function Screen({ app, view }) {
  if (view.name === "chat") return html`<${Chat} app=${app} ticket=${view.ticket} />`;
  if (view.name === "prechat") return html`<${Prechat} app=${app} view=${view} />`;
  const load = LATER[view.name];
  return load ? html`<${Later} load=${load} app=${app} view=${view} ticket=${view.ticket} />` : html`<${Home} app=${app} />`;
}

function Waiting({ app, phase }) {
  const { t, store } = app;
  if (phase === "loading") return html`<div class="hero hero--empty"></div><${Skeleton} />`;
  if (phase === "outdated") return html`<${Failure} app=${app} text=${t("err.reload")} />`;
  const retry = () => {
    store.phase.value = "loading";
    store.start();
  };
  return html`<${Failure} app=${app} text=${t("err.load")} onRetry=${phase === "failed" ? retry : undefined} />`;
}

/** Opening leads to where one goes on: the search, the composer, or the first thing to do. */
function focusFirst(app) {
  if (!app.store.shown.value || !app.greeted || root.contains(document.activeElement)) return;
  const first = root.querySelector("[data-first]");
  // On a phone a field with the focus brings the keyboard, which hides what there is to read.
  const covers = first?.matches(".input") && matchMedia("(pointer: coarse)").matches;
  const target = (covers ? null : first) ?? root.querySelector("#title");
  if (target instanceof HTMLElement) target.focus({ preventScroll: true });
}

/** Texts, icons and styles of what is shown later. */
async function fetchMore(catalogue) {
  const [texts, paths] = await Promise.all([import(`./copy/${config.lang}-later.js`), import("./icons-later.js"), fetchStyles()]);
  Object.assign(catalogue, texts.default);
  Object.assign(icons, paths.default);
}

let styles = /** @type {Promise<any> | null} */ (null);

/** The sheets that wait in the page; what did not come is asked for anew. */
function fetchStyles() {
  const waiting = /** @type {HTMLTemplateElement} */ (document.getElementById("later")).content;
  styles ??= Promise.all([...waiting.children].map(arrival)).catch((error) => {
    styles = null;
    throw error;
  });
  return styles;
}

const arrival = (sheet) =>
  new Promise((resolve, reject) => {
    const link = sheet.cloneNode();
    link.onload = resolve;
    link.onerror = () => {
      link.remove();
      reject(new Error(link.href));
    };
    document.head.append(link);
  });

async function main() {
  dress();
  const { default: catalogue } = await import(`./copy/${config.lang}.js`);
  const t = translator(config.lang, catalogue);
  withEach(() => fetchMore(catalogue));
  const host = new Host();
  const around = await host.meet();
  const keep = keepFor(config.inbox.id, host, around.stored);
  applyTextSize(keep);
  const store = new Store(config, keep, { message: (ticket, message) => heard(ticket, message) });
  const voice = new Voice(store, t, /** @type {HTMLElement} */ (document.getElementById("status")));
  const app = { config, lang: config.lang, mode: around.mode, t, host, store, announce: (text) => voice.say(text), greeted: false, minimise: () => host.tell("close"), focusFirst: () => focusFirst(app) };

  function heard(ticket, message) {
    voice.heard(ticket, message);
    if (message.kind !== "reply") return;
    tellMessage(host, ticket, message, { shown: store.shown.value, name: t("conv.agent") });
    if (!store.shown.value || document.visibilityState === "hidden") store.sound.note();
  }

  host.on("open", (wish) => {
    app.greeted = true;
    if (wish?.view) store.openAt(wish.view);
    store.show(true);
    focusFirst(app);
  });
  store.identity.listenTo(host, around);
  host.on("close", () => store.show(false));
  host.on("page", (page) => store.setPage(page));
  store.setPage(around.page);
  host.on("stage", ({ stage }) => stage && (store.stage.value = stage));
  host.on("invited", (invitation) => (store.invited.value = invitation));
  if (around.stage) store.stage.value = around.stage;
  store.invited.value = around.invited;
  const tell = tidings(host, store, t);
  store.listen(() => {
    tell();
    voice.look();
  });
  render(html`<${App} app=${app} />`, root);
  // A chat that stands inside a page must not take the focus from it.
  app.greeted = around.open && around.mode !== "inline";
  if (around.open) store.show(true);
  else store.start();
}

main();
