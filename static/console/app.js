// @ts-check
import { html } from "./view.js";
import { focusComposer } from "./drafts.js";
import { t } from "./i18n.js";
import { Details } from "./panes/details.js";
import { Layers } from "./panes/layers.js";
import { ListPane } from "./panes/list.js";
import { Sidebar, TabBar } from "./panes/sidebar.js";
import { ThreadPane } from "./panes/thread.js";
import { state } from "./store/store.js";
import { isWorkable } from "./store/views.js";
import * as ui from "./ui.js";

/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  if (focusComposer()) return;
  const row = document.querySelector("[data-row][tabindex='0']");
  /** @type {HTMLElement|null} */ (ui.ticket.value ? document.getElementById("conv-name") : row)?.focus();
}

/** @param {{siteName: string}} props */
export function App({ siteName }) {
  const id = ui.ticket.value;
  const row = id ? state.value.rows[id] : undefined;
  const thread = id ? state.value.threads[id] : undefined;
  // The column stands while the conversation loads, so that nothing jumps when it is there.
  const details = row && thread ? html`<${Details} row=${row} thread=${thread} />` : id && html`<div class="pane pane--details"></div>`;
  return html`<a class="skip" href=${row && isWorkable(row) ? "#composer" : id ? "#thread" : "#list"} onClick=${skip}>${t(id ? "skip.reply" : "skip.list")}</a>
    <div class="console ${details && !ui.detailsHidden.value ? "" : "console--no-details"}" data-view=${id ? "thread" : "list"}>
      <${Sidebar} name=${siteName} />
      <main class="panes"><h1 class="vh">${t("list.label")}</h1><${ListPane} /><${ThreadPane} />${details}</main>
      <${TabBar} />
    </div>
    <${Layers} />`;
}
