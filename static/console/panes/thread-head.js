// @ts-check
/** Who it is, where he is, who else looks, and what can be done with the conversation. */
import { html, useEffect, useRef } from "../view.js";
import { assign, reopen, solve } from "../actions/tickets.js";
import { t } from "../i18n.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";
import { Avatar, channelName, Presence } from "../parts/people.js";
import { onRovingKey, settle } from "../parts/focus.js";
import { goTo } from "../route.js";
import { assignable, othersViewing } from "../store/select.js";
import { state } from "../store/store.js";
import { isWorkable } from "../store/views.js";
import { toggleDetails } from "../details.js";
import { useFocusWish } from "../parts/focus.js";
import * as ui from "../ui.js";
import { pathOf } from "../visit.js";

/** @param {{row: any, thread: any}} props */
function Headline({ row, thread }) {
  const { visit, here } = thread;
  const path = here && visit ? pathOf(visit.url) : "";
  return html`<div class="headline">
    ${row.channel === "chat" && html`<${Presence} state=${here ? "online" : "offline"} label=${t(here ? "presence.online" : "presence.offline")} />`}
    <span class="clip">${channelName(row.channel)}${path && html` · ${t("on_page")} <span class="muted">${path}</span>`}${!isWorkable(row) && html` · ${t(`status.${row.status}`)}`}</span>
  </div>`;
}

function Viewers({ id }) {
  const others = othersViewing(state.value, id);
  if (!others.length) return null;
  const names = others.map((viewer) => viewer.name).join(", ");
  return html`<span class="avatars hide-s" role="img" aria-label=${t("viewing", { names })} title=${t("viewing", { names })}>
    ${others.slice(0, 3).map((viewer) => html`<${Avatar} key=${viewer.id} id=${viewer.id} name=${viewer.name} size="sm" />`)}
  </span>`;
}

/** @param {{row: any, name?: string, place?: string, button: (props: any) => any}} props */
export function AssignMenu({ row, name = "assign", place = "menu--end", button }) {
  const { me } = state.value;
  const others = assignable(state.value).filter((agent) => agent.id !== me);
  const mine = row.assignee?.id === me;
  return html`<${Menu} name=${name} label=${t("assign")} place=${place} button=${button}>
    ${!mine && html`<${MenuItem} onChoose=${() => assign(row.id, me)}><${Icon} name="hand-grab" /><span class="grow">${t("assign.me")}</span><//>`}
    ${row.assignee && html`<${MenuItem} onChoose=${() => assign(row.id, null)}><${Icon} name="user-question" /><span class="grow">${t("assign.nobody")}</span><//>`}
    ${others.length > 0 && html`<div class="menu__label">${t("assign.colleagues")}</div>`}
    ${others.map((agent) => {
      const status = agent.availability === "online" && !agent.online ? "offline" : agent.availability;
      return html`<${MenuItem} key=${agent.id} onChoose=${() => assign(row.id, agent.id)} disabled=${row.assignee?.id === agent.id} hint=${agent.capacity ? `${agent.load ?? 0}/${agent.capacity}` : ""}>
        <${Avatar} id=${agent.id} name=${agent.name} size="xs" /><span class="clip">${agent.name}</span><${Presence} state=${status} label=${t(`availability.${status}`)} />
      <//>`;
    })}
  <//>`;
}

/** @param {{row: any, thread: any}} props */
export function ThreadHead({ row, thread }) {
  const tools = useRef(/** @type {HTMLElement|null} */ (null));
  const heading = useRef(/** @type {HTMLElement|null} */ (null));
  useEffect(() => settle(tools.current));
  useFocusWish("heading", () => heading.current?.focus());
  const workable = isWorkable(row);
  const assignButton = (/** @type {any} */ props) =>
    html`<button type="button" class="btn btn--ghost btn--icon" data-item aria-label=${t("assign")} title="${t("assign")} (A)" aria-keyshortcuts="a" ...${props}><${Icon} name="user-plus" /></button>`;
  return html`<header class="pane__head">
    <button type="button" class="btn btn--ghost btn--icon only-s" aria-label=${t("back")} onClick=${() => goTo({ ticket: null })}><${Icon} name="chevron-left" size="lg" dir=${true} /></button>
    <div class="grow"><h2 class="clip" id="conv-name" tabindex="-1" ref=${heading} dir="auto">${row.contact.name}</h2><${Headline} row=${row} thread=${thread} /></div>
    <${Viewers} id=${row.id} />
    <div class="tools" role="toolbar" aria-label=${t("tools")} ref=${tools} onKeyDown=${onRovingKey("horizontal")}>
      <${AssignMenu} row=${row} button=${assignButton} />
      ${workable && html`<button type="button" class="btn" data-item="current" aria-keyshortcuts="e" title="${t("solve")} (E)" onClick=${() => solve(row.id, { next: true })}><${Icon} name="check" size="sm" />${t("solve")}</button>`}
      ${row.status === "solved" && html`<button type="button" class="btn" data-item="current" aria-keyshortcuts="Shift+E" title="${t("reopen")} (Shift E)" onClick=${() => reopen(row.id)}><${Icon} name="rotate-2" size="sm" />${t("reopen")}</button>`}
      <button type="button" class="btn btn--ghost btn--icon" data-item data-details-toggle aria-label=${t("details")} title="${t("details")} (I)" aria-keyshortcuts="i" onClick=${toggleDetails}><${Icon} name="layout-sidebar-right" /></button>
    </div>
  </header>`;
}
