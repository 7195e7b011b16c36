// @ts-check
/** The console's start: settings from the page, the first snapshots, then the live connection. */
import { effect, html, render } from "./view.js";
import { Keep } from "../shared/keep.js";
import { loadThread, reloadAll } from "./actions/load.js";
import { startOutbox } from "./actions/messages.js";
import { setFileLimit } from "./attaching.js";
import { heardMessage, startAnnouncing } from "./announce.js";
import { createApi } from "./api.js";
import { App } from "./app.js";
import { startDrafts } from "./drafts.js";
import { loadLanguage } from "./i18n.js";
import { listenToKeys } from "./keys/commands.js";
import { createLive } from "./live.js";
import { viewName } from "./panes/list.js";
import { parse, startRouting } from "./route.js";
import { services } from "./services.js";
import { rowsOf } from "./store/reduce.js";
import { unreadRows } from "./store/select.js";
import { state, update } from "./store/store.js";
import * as ui from "./ui.js";

const MINUTE_MS = 60_000;

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

/** The visitor's page and presence have no event of their own; who he is may be told with his name. */
function keepFactsFresh() {
  let asked = "";
  effect(() => {
    const id = ui.ticket.value;
    const name = id && state.value.rows[id]?.contact.name;
    const known = id && state.value.threads[id]?.contact?.name;
    if (!name || !known || name === known || asked === id + name) return;
    asked = id + name;
    setTimeout(() => loadThread(id)); // not as a part of what this effect depends on
  });
  setInterval(() => {
    ui.clock.value = Date.now();
    const id = ui.ticket.value;
    if (id && ui.pageVisible.value && state.value.rows[id]?.channel === "chat") loadThread(id);
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

/** What the page says: who I am in its JSON, where things are in the root's data. */
function readConfig() {
  const root = /** @type {HTMLElement} */ (document.getElementById("app"));
  const { me_id, file_limit_mb } = JSON.parse(document.getElementById("config")?.textContent ?? "{}");
  setFileLimit(file_limit_mb);
  return { root, me: /** @type {number} */ (me_id), .../** @type {Record<string, string>} */ ({ ...root.dataset }) };
}

async function start() {
  const { root, me, csrf, siteName, api, socket, fallback, signIn, signOut } = readConfig();
  const onSignedOut = () => location.assign(`${signIn}?next=${encodeURIComponent(location.pathname + location.search)}`);
  const keep = new Keep(`console:${me}:`);
  Object.assign(services, {
    csrf,
    signOut,
    api: createApi({ root: api, csrf, onSignedOut }),
    live: createLive({ socket, fallback, csrf, onSignedOut, onMessage: heardMessage }),
  });
  update((known) => ({ ...known, me }));
  startDrafts(keep);
  await loadLanguage(document.documentElement.lang);
  const place = parse(location.search);
  ui.view.value = place.view;
  if (place.view !== "solved") ui.openView.value = place.view;
  ui.ticket.value = place.ticket;
  render(html`<${App} siteName=${siteName} />`, root);
  listenToKeys();
  startRouting();
  startAnnouncing();
  keepTitle();
  watchPage();
  keepFactsFresh();

  startOutbox(keep);
  services.live.subscribe(["presence", `agent:${me}`]);
  services.live.connect(await firstSnapshots());
}

/** What is on screen first comes over HTTP; without it the connection loads everything itself. */
async function firstSnapshots() {
  try {
    return await reloadAll();
  } catch {
    ui.listStatus.value = "error";
    if (ui.ticket.value) ui.threadStatus.value = "error";
    return null;
  }
}

start();
