// @ts-check
/** The list of conversations: groups, what waits under the pointer, the four states, further pages. */
import { html, useEffect, useRef } from "../view.js";
import { loadMore, showView } from "../actions/load.js";
import { replyDrafts } from "../drafts.js";
import { arrange, held, holdRows, releaseRows } from "../held.js";
import { t } from "../i18n.js";
import { Icon } from "../parts/icon.js";
import { onRovingKey, settle } from "../parts/focus.js";
import { Empty, ListSkeleton } from "../parts/states.js";
import { goTo } from "../route.js";
import { rowsOf } from "../store/reduce.js";
import { capped, contactTyping, groupsOf, unreadOf } from "../store/select.js";
import { state } from "../store/store.js";
import * as ui from "../ui.js";
import { ConnectionBanner } from "./banner.js";
import { ConversationRow } from "./row.js";

/** @param {string} view */
export const viewName = (view) => {
  if (!view.startsWith("team-")) return t(`view.${view}`);
  return state.value.teams.find((team) => `team-${team.id}` === view)?.name ?? t("view.all");
};

function Segments() {
  const ref = useRef(null);
  const solved = ui.view.value === "solved";
  const count = state.value.counts[ui.openView.value];
  useEffect(() => settle(ref.current));
  const segment = (/** @type {boolean} */ pressed, /** @type {string} */ view, /** @type {any} */ children) =>
    html`<button type="button" class="grow" aria-pressed=${String(pressed)} data-item=${pressed ? "current" : ""} onClick=${() => goTo({ view, ticket: null })}>
      ${children}
    </button>`;
  return html`<div class="seg list__seg" role="group" aria-label=${t("segments")} ref=${ref} onKeyDown=${onRovingKey("horizontal")}>
    ${segment(!solved, ui.openView.value, html`${t("segment.open")}${count > 0 && html` <span class="faint num">${capped(count)}</span>`}`)}
    ${segment(solved, "solved", t("segment.solved"))}
  </div>`;
}

function NothingHere() {
  const { counts } = state.value;
  const view = ui.view.value;
  if (view === "solved") return html`<${Empty} icon="circle-check" title=${t("empty.solved")} text=${t("empty.solved_text")} />`;
  const offer = view === "mine" && counts.unassigned > 0;
  return html`<${Empty} icon="circle-check" title=${t("empty.open")} text=${t("empty.open_text")}>
    ${offer && html`<button type="button" class="btn" onClick=${() => goTo({ view: "unassigned", ticket: null })}>${t("empty.see_unassigned", { n: capped(counts.unassigned) })}</button>`}
  <//>`;
}

/** The end of the list asks for the next page when it comes near. */
function MoreRows() {
  const ref = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => {
    const watcher = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && loadMore(), { rootMargin: "600px" });
    if (ref.current) watcher.observe(ref.current);
    return () => watcher.disconnect();
  });
  return html`<div ref=${ref} class="more xs faint" role="status">${ui.loadingMore.value ? t("loading") : ""}</div>`;
}

/** @param {{groups: {name: string, rows: import("../store/state.js").Row[]}[], more: boolean}} props */
function Rows({ groups, more }) {
  const current = state.value;
  const ids = groups.flatMap((group) => group.rows.map((row) => row.id));
  const stop = ui.ticket.value && ids.includes(ui.ticket.value) ? ui.ticket.value : ids[0];
  return html`<div class="convs">
    ${groups.map(
      ({ name, rows }) => html`<div key=${name}>
        ${name && html`<h3 class="convs__group">${t(`group.${name}`)} ${!more && html`<span class="num">${rows.length}</span>`}</h3>`}
        <ul aria-label=${name ? undefined : viewName(ui.view.value)}>
          ${rows.map(
            (row) => html`<${ConversationRow}
              key=${row.id}
              row=${row}
              view=${ui.view.value}
              unread=${unreadOf(current, row)}
              typing=${contactTyping(current, row.id)}
              draft=${row.id === ui.ticket.value ? "" : (replyDrafts.value[row.id] ?? "")}
              current=${row.id === ui.ticket.value}
              stop=${row.id === stop}
              minute=${ui.clock.value}
            />`,
          )}
        </ul>
      </div>`,
    )}
    ${more && html`<${MoreRows} />`}
  </div>`;
}

/** @param {string} view */
function Body({ view, groups, more }) {
  const failed = ui.listStatus.value === "error";
  if (failed) {
    return html`<${Empty} icon="alert-triangle" title=${t("error.list")} text=${t("error.try")}>
      <button type="button" class="btn" onClick=${() => showView(view)}>${t("retry")}</button>
    <//>`;
  }
  if (ui.listStatus.value === "loading") return html`<${ListSkeleton} />`;
  return groups.length ? html`<${Rows} groups=${groups} more=${more} />` : html`<${NothingHere} />`;
}

export function ListPane() {
  const view = ui.view.value;
  const current = state.value;
  const wanted = groupsOf(view, rowsOf(current, view));
  const { groups, waiting } = arrange(wanted, held.value, (id) => current.rows[id]);
  const enter = (/** @type {PointerEvent} */ event) => event.pointerType === "mouse" && holdRows(wanted);
  return html`<section class="pane pane--list" id="list" aria-label=${t("list.label")} data-pane>
    <header class="pane__head"><h2 class="clip" tabindex="-1">${viewName(view)}</h2></header>
    <div class="list__segments"><${Segments} /></div>
    <div class="only-s"><${ConnectionBanner} /></div>
    <div class="scroll grow list__scroll" aria-busy=${ui.listStatus.value === "loading" ? "true" : undefined} onPointerEnter=${enter} onPointerLeave=${releaseRows}>
      ${waiting > 0 &&
      html`<div class="updates"><button type="button" class="btn btn--sm btn--primary" tabindex="-1" aria-keyshortcuts="." onClick=${releaseRows}><${Icon} name="arrow-up" size="sm" />${t("updates", { n: waiting })}</button></div>`}
      <${Body} view=${view} groups=${groups} more=${Boolean(current.lists[view]?.next)} />
    </div>
  </section>`;
}
