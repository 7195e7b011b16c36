// @ts-check
/** The conversation itself: follows the newest message, keeps its place when older ones come. */
import { isAtEnd } from "../../shared/dom.js";
import { html, useEffect, useLayoutEffect, useRef } from "../view.js";
import { loadOlder } from "../actions/load.js";
import { acknowledged, markRead, pending } from "../actions/messages.js";
import { dayOf, t } from "../i18n.js";
import { useFocusWish } from "../parts/focus.js";
import { Icon } from "../parts/icon.js";
import { blocksOf, withOwn } from "../store/blocks.js";
import { contactPeek, contactTyping } from "../store/select.js";
import { state } from "../store/store.js";
import * as ui from "../ui.js";
import { DayLine, EventLine, Group, NewLine, Typing } from "./message.js";

const OLDER_WITHIN_PX = 240;

/** @param {any} block @param {any} row */
function draw(block, row) {
  if (block.type === "day") return html`<${DayLine} key=${block.key} moment=${block.moment} />`;
  if (block.type === "new") return html`<${NewLine} key="new" />`;
  if (block.type === "event") return html`<${EventLine} key=${block.key} message=${block.message} />`;
  return html`<${Group} key=${block.key} block=${block} contact=${row.contact} contactSeen=${row.contact_seen_seq} />`;
}

/**
 * Where the reader stands is kept in three cases: he is at the end (stay there), older messages
 * came above him (stay on the same message), he wrote himself (go to the end).
 * @param {{current: HTMLElement|null}} box
 * @param {string} ticket
 * @param {any[]} messages
 * @param {boolean} typing
 * @param {string} peek
 */
function useScroll(box, ticket, messages, typing, peek) {
  const before = useRef({ ticket: "", first: 0, last: "", height: 0, top: 0 });
  const first = messages[0]?.seq ?? 0;
  const last = messages[messages.length - 1];
  const lastKey = last ? (last.ref ?? String(last.seq)) : "";
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const was = before.current;
    const opened = was.ticket !== ticket;
    const older = !opened && first < was.first;
    const wrote = lastKey !== was.last && last?.author.id === state.value.me;
    if (older) element.scrollTop = was.top + element.scrollHeight - was.height;
    else if (opened || wrote || ui.atEnd.value) element.scrollTop = element.scrollHeight;
    before.current = { ticket, first, last: lastKey, height: element.scrollHeight, top: element.scrollTop };
  }, [ticket, first, lastKey, messages.length, typing, peek]);

  return () => {
    const element = /** @type {HTMLElement} */ (box.current);
    before.current.top = element.scrollTop;
    before.current.height = element.scrollHeight;
    ui.atEnd.value = isAtEnd(element);
    if (element.scrollTop < OLDER_WITHIN_PX) loadOlder();
  };
}

/** The composer grows, the window shrinks: who is at the end stays there. */
function useStayAtEnd(/** @type {{current: HTMLElement|null}} */ box) {
  useEffect(() => {
    const element = /** @type {HTMLElement} */ (box.current);
    const watcher = new ResizeObserver(() => {
      if (ui.atEnd.value) element.scrollTop = element.scrollHeight;
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
}

/** @param {{row: any, thread: any}} props */
export function Log({ row, thread }) {
  const box = useRef(/** @type {HTMLElement|null} */ (null));
  const { profile, me } = state.value;
  const messages = withOwn(row.id, thread.messages, pending.value, acknowledged.value, { id: me, name: profile?.name ?? "" });
  const line = ui.readLine.value?.ticket === row.id ? ui.readLine.value : null;
  const typing = contactTyping(state.value, row.id);
  const peek = contactPeek(state.value, row.id);
  const onScroll = useScroll(box, row.id, messages, typing, peek);
  useStayAtEnd(box);

  const newest = thread.messages[thread.messages.length - 1]?.seq ?? 0;
  const online = ui.connection.value !== "offline";
  const here = ui.pageVisible.value && ui.atEnd.value;
  useEffect(() => {
    if (here && newest) markRead(row.id, newest, online);
  }, [row.id, newest, here, online]);

  const toEnd = () => {
    const element = /** @type {HTMLElement} */ (box.current);
    element.scrollTop = element.scrollHeight;
    ui.atEnd.value = true;
  };
  useFocusWish("newest", toEnd);

  const busy = ui.loadingOlder.value || ui.quietLog.value;
  return html`<div class="log-box grow">
    <div class="scroll log-scroll" ref=${box} tabindex="0" role="log" aria-label=${t("log.label", { name: row.contact.name })}
      aria-live=${busy ? "off" : "polite"} aria-relevant="additions" aria-busy=${ui.loadingOlder.value ? "true" : undefined} onScroll=${onScroll}>
      ${thread.more && html`<div class="more xs faint">${ui.loadingOlder.value ? t("loading") : ""}</div>`}
      <div class="log">${blocksOf(messages, dayOf, line).map((block) => draw(block, row))}${typing && html`<${Typing} contact=${row.contact} peek=${peek} />`}</div>
    </div>
    ${!ui.atEnd.value &&
    html`<button type="button" class="btn btn--sm to-end" onClick=${toEnd}><${Icon} name="arrow-down" size="sm" />${newest > (line?.until ?? newest) ? t("new_messages") : t("to_end")}</button>`}
  </div>`;
}
