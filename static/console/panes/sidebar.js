// @ts-check
import { html, useEffect, useRef } from "../view.js";
import { t } from "../i18n.js";
import { Icon } from "../parts/icon.js";
import { onRovingKey, settle } from "../parts/focus.js";
import { addressOf, goTo } from "../route.js";
import { capped } from "../store/select.js";
import { state } from "../store/store.js";
import * as ui from "../ui.js";
import { MeMenu } from "./me-menu.js";

const VIEWS = [
  { view: "mine", icon: "inbox" },
  { view: "unassigned", icon: "user-question" },
  { view: "all", icon: "messages" },
  { view: "solved", icon: "circle-check" },
];

/** @param {Event} event @param {string} view */
function follow(event, view) {
  event.preventDefault();
  goTo({ view, ticket: null });
}

/** @param {{view: string, icon: string, name: string, count?: number}} props */
function NavLink({ view, icon, name, count }) {
  const current = ui.view.value === view;
  const counted = count !== undefined && count > 0;
  return html`<a
    class="nav"
    href=${addressOf({ view, ticket: null })}
    title=${name}
    aria-current=${current ? "page" : undefined}
    data-item=${current ? "current" : ""}
    onClick=${(/** @type {Event} */ event) => follow(event, view)}
  >
    <${Icon} name=${icon} /><span class="lbl clip">${name}</span>
    ${counted && html`<span class="count ${view === "mine" ? "" : "count--quiet"}">${capped(count)}</span>`}
  </a>`;
}

/** @param {{name: string}} props */
export function Sidebar({ name }) {
  const ref = useRef(/** @type {HTMLElement|null} */ (null));
  const { counts, teams } = state.value;
  useEffect(() => settle(ref.current));
  return html`<nav class="side" aria-label=${t("nav.main")}>
    <div class="ws"><span class="ws__logo"><${Icon} name="bulb" size="sm" /></span><span class="lbl grow clip">${name}</span></div>
    <div class="side__links scroll" ref=${ref} onKeyDown=${onRovingKey("vertical")}>
      ${VIEWS.map(
        ({ view, icon }) =>
          html`<${NavLink} key=${view} view=${view} icon=${icon} name=${t(`view.${view}`)} count=${view === "solved" ? undefined : counts[view]} />`,
      )}
      ${teams.length > 0 && html`<div class="side__label">${t("nav.teams")}</div>`}
      ${teams.map((team) => html`<${NavLink} key=${team.id} view=${`team-${team.id}`} icon="headset" name=${team.name} />`)}
    </div>
    <${MeMenu} name="me" place="menu--up" />
  </nav>`;
}

/** The phone's bar: the three lists of work and me. */
export function TabBar() {
  const { counts } = state.value;
  const tabs = VIEWS.filter(({ view }) => view !== "solved");
  return html`<nav class="tabbar" aria-label=${t("nav.main")}>
    ${tabs.map(
      ({ view, icon }) => html`<a
        key=${view}
        href=${addressOf({ view, ticket: null })}
        aria-current=${ui.view.value === view ? "page" : undefined}
        onClick=${(/** @type {Event} */ event) => follow(event, view)}
        ><${Icon} name=${icon} /><span class="clip">${t(`tab.${view}`)}${counts[view] > 0 && html` <span class="num">${capped(counts[view])}</span>`}</span></a
      >`,
    )}
    <${MeMenu} name="me-phone" place="menu--up menu--end" phone=${true} />
  </nav>`;
}
