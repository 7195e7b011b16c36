// @ts-check
/** When the customer wants to be called, and what became of it. */
import { html } from "../view.js";
import { settleCall } from "../actions/tickets.js";
import { shortSpan, t } from "../i18n.js";
import { Icon } from "../parts/icon.js";
import { state } from "../store/store.js";

/** @param {{row: any, call: any}} props */
function Call({ row, call }) {
  const own = shortSpan(call.starts_at, call.ends_at);
  const theirs = shortSpan(call.starts_at, call.ends_at, call.time_zone);
  const open = call.state === "requested" && state.value.profile?.permissions.includes("reply");
  const settle = (/** @type {string} */ verb) => () => settleCall(row.id, call.id, verb);
  return html`<li class="call">
    <div class="cluster"><${Icon} name="phone-call" size="sm" /><a class="link num" href="tel:${call.phone}"><bdi>${call.phone}</bdi></a><span class="tag push">${t(`call.state.${call.state}`)}</span></div>
    <div class="sm num">${own}</div>
    ${theirs !== own && html`<div class="xs faint num">${t("call.customer", { time: theirs })}</div>`}
    ${open &&
    html`<div class="cluster call__verbs">
      <button type="button" class="btn btn--sm" onClick=${settle("done")}><${Icon} name="check" size="sm" />${t("call.done")}</button>
      <button type="button" class="btn btn--sm btn--ghost" onClick=${settle("cancel")}>${t("call.cancel")}</button>
    </div>`}
  </li>`;
}

/** @param {{row: any, calls: any[]}} props */
export function Calls({ row, calls }) {
  if (!calls.length) return null;
  return html`<div class="section">
    <h3>${t("section.calls")}</h3>
    <ul class="calls">${calls.map((call) => html`<${Call} key=${call.id} row=${row} call=${call} />`)}</ul>
  </div>`;
}
