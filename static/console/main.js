// @ts-check
/** The console's start: settings from the page, the first snapshots, then the live connection. */
import { effect, html, render } from "../shared/html.js";
import { Keep } from "../shared/keep.js";
import { loadBoot, loadThread, showView } from "./actions/load.js";
import { startOutbox } from "./actions/messages.js";
import { heardMessage, startAnnouncing } from "./announce.js";
import { createApi } from "./api.js";
import { App } from "./app.js";
import { startDrafts } from "./drafts.js";
import { loadLanguage } from "./i18n.js";
import { listenToKeys } from "./keys/listen.js";
import { createLive, hearAboutMe } from "./live.js";
import { viewName } from "./panes/list.js";
import { parse, startRouting } from "./route.js";
import { services } from "./services.js";
import { rowsOf } from "./store/reduce.js";
import { unreadRows } from "./store/select.js";
import { state, update } from "./store/store.js";
import * as ui from "./ui.js";

const MINUTE_MS = 60_000;

/** @typedef {{me_id: number, csrf: string, site_name: string, urls: Record<string, string>}} Config */

/** "(2) Elif Şahin · My inbox". */
function keepTitle() {
  effect(() => {
    const current = state.value;
    const unread = unreadRows(current, rowsOf(current, "mine"));
    const row = ui.ticket.value ? current.rows[ui.ticket.value] : undefined;
    const place = [row?.contact.name, viewName(ui.view.value)].filter(Boolean).join(" · ");
    document.title = unread ? `(${unread > 99 ? "99+" : unread}) ${place}` : place;
  });
}

/** The visitor's page and presence have no event of their own. */
function keepFactsFresh() {
  setInterval(() => {
    ui.clock.value = Date.now();
    const id = ui.ticket.value;
    if (id && ui.pageVisible.value && state.value.threads[id]?.visit) loadThread(id);
  }, MINUTE_MS);
}

function watchPage() {
  document.addEventListener("visibilitychange", () => {
    ui.pageVisible.value = document.visibilityState === "visible";
    const id = ui.ticket.value;
    if (!id) return;
    const last = state.value.rows[id]?.last_seq ?? 0;
    if (!ui.pageVisible.value) ui.readLine.value = { ticket: id, seq: last, until: Infinity };
    else if (ui.readLine.value) ui.readLine.value = { ...ui.readLine.value, until: last };
  });
}

async function start() {
  const config = /** @type {Config} */ (JSON.parse(document.getElementById("config")?.textContent ?? "{}"));
  const onSignedOut = () => location.assign(`${config.urls.sign_in}?next=${encodeURIComponent(location.pathname + location.search)}`);
  const { csrf, urls } = config;
  const keep = new Keep(`console:${config.me_id}:`);
  Object.assign(services, {
    urls,
    csrf,
    api: createApi({ root: urls.api, csrf, onSignedOut }),
    live: createLive({ socket: urls.socket, fallback: urls.fallback, csrf, onSignedOut, onMessage: heardMessage }),
  });
  update((known) => ({ ...known, me: config.me_id }));
  startDrafts(keep);
  await loadLanguage(document.documentElement.lang);
  const place = parse(location.search);
  ui.view.value = place.view;
  ui.ticket.value = place.ticket;
  render(html`<${App} siteName=${config.site_name} />`, /** @type {HTMLElement} */ (document.getElementById("app")));
  listenToKeys();
  startRouting();
  startAnnouncing();
  keepTitle();
  watchPage();
  keepFactsFresh();

  // Shown at once over HTTP; the connection loads it again when it hears what comes after.
  loadBoot().catch(() => {});
  showView(place.view);
  if (place.ticket) loadThread(place.ticket);
  hearAboutMe(config.me_id);
  services.live.connect(null);
  startOutbox(keep);
}

start();
