// @ts-check
/** The middle of the screen: a conversation, or what stands there without one. */
import { html, useEffect } from "../view.js";
import { loadThread } from "../actions/load.js";
import { tellViewing } from "../actions/messages.js";
import { reopen } from "../actions/tickets.js";
import { t } from "../i18n.js";
import { Empty, ThreadSkeleton } from "../parts/states.js";
import { goTo } from "../route.js";
import { state } from "../store/store.js";
import * as ui from "../ui.js";
import { ConnectionBanner } from "./banner.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { ThreadHead } from "./thread-head.js";

const back = () => goTo({ ticket: null });

/** @param {{label: string, children: any}} props */
const Frame = ({ label, children }) =>
  html`<section class="pane pane--thread" id="thread" aria-label=${label} data-pane><${ConnectionBanner} />${children}</section>`;

function Nothing() {
  return html`<${Frame} label=${t("thread.label")}><${Empty} icon="messages" title=${t("thread.none")} text=${t("thread.none_text")} /><//>`;
}

/** @param {{id: string}} props */
function Unavailable({ id }) {
  if (ui.threadStatus.value === "loading") return html`<${Frame} label=${t("thread.label")}><div class="grow" aria-busy="true"><${ThreadSkeleton} /></div><//>`;
  const missing = ui.threadStatus.value === "missing";
  return html`<${Frame} label=${t("thread.label")}>
    <${Empty} icon="alert-triangle" title=${t(missing ? "thread.missing" : "error.thread")} text=${t(missing ? "thread.missing_text" : "error.try")}>
      <button type="button" class="btn" onClick=${missing ? back : () => loadThread(id)}>${t(missing ? "back" : "retry")}</button>
    <//>
  <//>`;
}

/** @param {{row: any}} props */
function Foot({ row }) {
  if (row.status !== "closed" && row.status !== "solved") return html`<${Composer} row=${row} />`;
  if (row.status === "closed") return html`<p class="thread-closed sm">${t("closed")}</p>`;
  return html`<div class="thread-closed sm"><span>${t("solved")}</span><button type="button" class="btn btn--sm" onClick=${() => reopen(row.id)}>${t("reopen")}</button></div>`;
}

export function ThreadPane() {
  const id = ui.ticket.value;
  useEffect(() => {
    if (!id) tellViewing(null, false);
  }, [id]);
  if (!id) return html`<${Nothing} />`;
  const row = state.value.rows[id];
  const thread = state.value.threads[id];
  if (!row || !thread) return html`<${Unavailable} id=${id} />`;
  return html`<section class="pane pane--thread" id="thread" aria-labelledby="conv-name" data-pane>
    <${ThreadHead} row=${row} thread=${thread} />
    <${ConnectionBanner} />
    <${Log} key=${id} row=${row} thread=${thread} />
    <${Foot} row=${row} />
  </section>`;
}
