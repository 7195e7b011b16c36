// @ts-check
/** One conversation in the list. */
import { html, useMemo } from "../view.js";
import { language, languageName, listMoment, t } from "../i18n.js";
import { Icon } from "../parts/icon.js";
import { Avatar, Channel } from "../parts/people.js";
import { addressOf, goTo } from "../route.js";
import { capped } from "../store/select.js";
import * as ui from "../ui.js";

/** @typedef {import("../store/state.js").Row} Row */

/** @param {{row: Row, typing: boolean, draft: string}} props */
function Preview({ row, typing, draft }) {
  if (typing) return html`<span class="conv__typing">${t("typing", { name: row.contact.name })}</span>`;
  if (draft) return html`<span class="conv__draft">${t("draft")}</span> <span dir="auto">${draft}</span>`;
  const ours = row.last_author === "agent" || row.last_author === "bot";
  const icon = row.last_kind === "note" ? "lock" : "arrow-back-up";
  return html`${ours && html`<${Icon} name=${icon} dir=${true} /><span class="vh">${t(row.last_kind === "note" ? "preview.note" : "preview.us")} </span>`}
    <span dir="auto">${row.last_preview || row.subject}</span>`;
}

/** @param {Row} row */
function metaOf(row, /** @type {number} */ unread) {
  const foreign = row.language && row.language !== language();
  const parts = [
    foreign && html`<span class="tag" title=${languageName(row.language)}><span aria-hidden="true">${row.language.toUpperCase()}</span><span class="vh">${languageName(row.language)}</span></span>`,
    row.via !== "chat" && html`<span class="tag"><${Icon} name=${row.via === "callback" ? "phone-call" : "mail"} size="sm" />${t(`via.${row.via}`)}</span>`,
    row.status === "on_hold" && html`<span class="tag">${t("status.on_hold")}</span>`,
    ...row.labels.map((label) => html`<span class="tag clip" key=${label.name}>${label.name}</span>`),
    unread > 0 && html`<span class="count push"><span class="vh">${t("unread")} </span>${capped(unread)}</span>`,
  ].filter(Boolean);
  return parts.length ? html`<div class="conv__meta">${parts}</div>` : null;
}

/**
 * @param {{row: Row, view: string, unread: number, typing: boolean, draft: string, current: boolean, stop: boolean, minute: number}} props
 * `stop`: whether it is the list's tab stop; `minute` only makes it be drawn anew as time passes.
 */
export function ConversationRow({ row, view, unread, typing, draft, current, stop, minute }) {
  const open = (/** @type {MouseEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    goTo({ ticket: row.id });
    // A click or Enter goes to the conversation; J and K stay in the list.
    ui.focusWish.value = "heading";
  };
  return useMemo(
    () => html`<li>
      <a
        class="conv ${unread > 0 ? "conv--unread" : ""}"
        href=${addressOf({ view, ticket: row.id })}
        data-row=${row.id}
        aria-current=${current ? "true" : undefined}
        tabindex=${stop ? 0 : -1}
        onClick=${open}
      >
        <${Avatar} id=${row.contact.id} name=${row.contact.name}><${Channel} channel=${row.channel} /><//>
        <div>
          <div class="conv__top">
            ${(row.priority === "high" || row.priority === "urgent") &&
            html`<${Icon} name="flag-3-filled" size="sm" className="prio" label=${t(`priority.${row.priority}`)} />`}
            <span class="conv__name clip" dir="auto">${row.contact.name}</span>
            <time class="conv__time" datetime=${row.last_at}>${listMoment(row.last_at, minute)}</time>
          </div>
          <p class="conv__text"><${Preview} row=${row} typing=${typing} draft=${draft} /></p>
          ${metaOf(row, unread)}
        </div>
      </a>
    </li>`,
    [row, view, unread, typing, draft, current, stop, minute],
  );
}
