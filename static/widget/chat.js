// @ts-check
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { Composer } from "./composer.js";
import { Later } from "./later.js";
import { Log } from "./log.js";
import { OptionsButton } from "./options-button.js";
import { Avatar, Corner, Icon, IconButton } from "./parts.js";
import { isOpen } from "./reduce.js";

export function Chat({ app, ticket }) {
  const { store } = app;
  const row = store.state.value.rows[ticket];
  const queue = store.state.value.queue[ticket];
  const ended = row && !isOpen(row);
  // He writes on it again: until it is open, or another one is on screen.
  const [again, setAgain] = useState("");
  useEffect(() => {
    if (!ended) setAgain("");
  }, [ended]);
  return html`
    <${Head} app=${app} ticket=${ticket} row=${row} />
    <${Banner} app=${app} />
    ${queue && !ended && html`<${Queue} app=${app} ticket=${ticket} queue=${queue} />`}
    <${Log} app=${app} ticket=${ticket} key=${row ? ticket : "new"} />
    <${Problem} app=${app} />
    <div class="widget__foot">
      ${ended && again !== ticket
        ? html`<${Ended} app=${app} row=${row} onWrite=${() => setAgain(ticket)} />`
        : html`<${Composer} app=${app} ticket=${ticket} />`}
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
    <${OptionsButton} app=${app} row=${row} />
    <${Corner} app=${app} />
  </div>`;
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
  return text && html`<p class="banner banner--danger" role="alert"><${Icon} name="alert-circle" size="sm" />${app.t(text)}</p>`;
}

/**
 * The conversation is over, and what can be done now: it can be rated, kept, begun anew; and whoever
 * writes on it opens it again.
 */
function Ended({ app, row, onWrite }) {
  const { t, store } = app;
  const { surveys, inbox } = store.state.value;
  const survey = surveys.find((offered) => offered.ticket === row.id);
  const start = useRef(/** @type {HTMLElement | null} */ (null));
  const [copy, setCopy] = useState(false);
  // The composer with the focus has gone; the way on takes it.
  useEffect(() => start.current?.focus(), []);
  return html`<div class="ended">
    <p class="sm muted">${t("conv.closed")}</p>
    ${survey && html`<button type="button" class="btn btn--lg btn--block" onClick=${() => store.rate(row.id)}><${Icon} name="star" />${t("conv.rate")}</button>`}
    ${inbox.conversation?.transcript && html`<button type="button" class="btn btn--lg btn--block" onClick=${() => setCopy(true)}><${Icon} name="mail" />${t("conv.copy")}</button>`}
    <button type="button" class="btn btn--brand btn--lg btn--block" ref=${start} data-first onClick=${() => store.open(null)}>${t("conv.new")}</button>
    ${row.status === "solved" && html`<p class="sm muted">${t("conv.unfinished")} <button type="button" class="linkbtn" onClick=${onWrite}>${t("conv.writeOn")}</button></p>`}
    ${copy && html`<${Later} load=${() => import("./copy-dialog.js")} quiet app=${app} ticket=${row.id} onClose=${() => setCopy(false)} />`}
  </div>`;
}
