// @ts-check
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { Avatar, Corner, Icon, IconButton } from "./parts.js";
import { isOpen } from "./reduce.js";

export function Chat({ app, ticket }) {
  const { store } = app;
  const row = store.state.value.rows[ticket];
  const queue = store.state.value.queue[ticket];
  const ended = row && !isOpen(row);
  return html`
    <${Head} app=${app} ticket=${ticket} row=${row} />
    <${Banner} app=${app} />
    ${queue && !ended && html`<${Queue} app=${app} ticket=${ticket} queue=${queue} />`}
    <${Log} app=${app} ticket=${ticket} key=${row ? ticket : "new"} />
    <${Problem} app=${app} />
    <div class="widget__foot">
      ${ended ? html`<${Ended} app=${app} ticket=${ticket} />` : html`<${Composer} app=${app} ticket=${ticket} />`}
    </div>
  `;
}

function Head({ app, ticket, row }) {
  const { t, store } = app;
  const agent = row?.assignee?.name;
  const online = Boolean(agent) && store.state.value.team.people.some(({ name }) => name === agent);
  return html`<div class="widget__head widget__head--back">
    <${IconButton} icon="chevron-left" label=${t("back")} onClick=${() => store.back()} dir />
    ${agent && html`<${Avatar} name=${agent} online=${online} />`}
    <div class="grow">
      <h1 id="title" class="clip" dir="auto">${agent ?? (row ? t("conv.agent") : t("conv.title"))}</h1>
      ${agent && html`<p class="xs faint clip">${t("conv.agent")}${online && ` · ${t("conv.online")}`}</p>`}
    </div>
    ${row && isOpen(row) && html`<${Menu} app=${app} ticket=${ticket} />`}
    <${Corner} app=${app} />
  </div>`;
}

function Menu({ app, ticket }) {
  const { t } = app;
  const [open, setOpen] = useState(false);
  const button = useRef(/** @type {HTMLElement | null} */ (null));
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));

  function close(refocus = true) {
    setOpen(false);
    if (refocus) button.current?.querySelector("button")?.focus();
  }

  function pressed(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") close(false);
  }

  function choose() {
    close();
    dialog.current?.showModal();
  }

  return html`<div class="menubox" ref=${button} onKeyDown=${open ? pressed : undefined}
    onFocusOut=${(event) => open && !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
    <${IconButton} icon="dots" label=${t("conv.options")} onClick=${() => setOpen(!open)} aria-haspopup="menu" aria-expanded=${open} />
    ${open && html`<${Choices} t=${t} onChoose=${choose} />`}
    <${EndDialog} app=${app} ticket=${ticket} dialog=${dialog} />
  </div>`;
}

function Choices({ t, onChoose }) {
  const first = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => first.current?.focus(), []);
  return html`<div class="menu menubox__menu" role="menu" aria-label=${t("conv.options")}>
    <button type="button" role="menuitem" class="option" ref=${first} onClick=${onChoose}><${Icon} name="circle-x" />${t("conv.end")}</button>
  </div>`;
}

function EndDialog({ app, ticket, dialog }) {
  const { t, store } = app;
  const [busy, setBusy] = useState(false);

  async function end() {
    if (busy) return;
    setBusy(true);
    await store.end(ticket);
    setBusy(false);
    dialog.current?.close();
  }

  return html`<dialog class="dialog" ref=${dialog} aria-labelledby="end-ask" onKeyDown=${(event) => event.stopPropagation()}>
    <p id="end-ask">${t("conv.endAsk")}</p>
    <div class="dialog__foot">
      <button type="button" class="btn btn--lg" onClick=${() => dialog.current?.close()}>${t("conv.cancel")}</button>
      <button type="button" class="btn btn--brand btn--lg" aria-busy=${busy} onClick=${end}>${t("conv.end")}</button>
    </div>
  </dialog>`;
}

const BANNERS = { offline: "conv.offline", connecting: "conv.reconnecting", catching_up: "conv.catching" };
const BANNER_AFTER_MS = 1_200;

/** Shown once it lasts, because most interruptions are over before anybody can read a word. */
function Banner({ app }) {
  const status = app.store.status.value;
  const key = BANNERS[status];
  const [shown, setShown] = useState("");
  useEffect(() => {
    if (!key) return setShown("");
    const timer = setTimeout(() => setShown(key), shown ? 0 : BANNER_AFTER_MS);
    return () => clearTimeout(timer);
  }, [key]);
  if (shown) return html`<p class="banner banner--warning"><${Icon} name="wifi-off" size="sm" />${app.t(shown)}</p>`;
  if (!app.store.keep.durable) return html`<p class="banner">${app.t("conv.memory")}</p>`;
  return null;
}

function Queue({ app, ticket, queue }) {
  const { t, store } = app;
  return html`<div class="queue">
    <${Icon} name="clock" />
    <div>
      <p class="medium">${t("queue.title")} · ${queue.ahead > 0 ? t("queue.ahead", { n: queue.ahead }) : t("queue.next")}</p>
      <p class="sm muted">${t("queue.wait")} <button type="button" class="linkbtn" onClick=${() => store.turn({ name: "queue", ticket })}>${t("queue.details")}</button></p>
    </div>
  </div>`;
}

function Problem({ app }) {
  const text = app.store.problem.value;
  return text && html`<p class="banner banner--danger"><${Icon} name="alert-circle" size="sm" />${app.t(text)}</p>`;
}

function Ended({ app, ticket }) {
  const { t, store } = app;
  const survey = store.state.value.surveys.find((offered) => offered.ticket === ticket);
  const start = useRef(/** @type {HTMLElement | null} */ (null));
  // The composer with the focus has gone; the way on takes it.
  useEffect(() => start.current?.focus(), []);
  return html`<div class="ended">
    <p class="sm muted">${t("conv.closed")}</p>
    ${survey && html`<button type="button" class="btn btn--lg btn--block" onClick=${() => store.rate(ticket)}><${Icon} name="star" />${t("conv.rate")}</button>`}
    <button type="button" class="btn btn--brand btn--lg btn--block" ref=${start} data-first onClick=${() => store.open(null)}>${t("conv.new")}</button>
  </div>`;
}
