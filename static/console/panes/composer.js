// @ts-check
/** Where an agent writes: a reply the customer sees, or a note he never does. */
import { fitHeight } from "../../shared/dom.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "../view.js";
import { BODY_LIMIT } from "../../shared/protocol.js";
import { send, startTyping, stopTyping, tellViewing } from "../actions/messages.js";
import { solve } from "../actions/tickets.js";
import { changes, placeOf, uploads } from "../attaching.js";
import { draftOf, keepDraft, replaced, write as writeIn } from "../drafts.js";
import { t } from "../i18n.js";
import { Icon } from "../parts/icon.js";
import { channelName } from "../parts/people.js";
import { onRovingKey, settle } from "../parts/focus.js";
import { Attached, AttachButton } from "./attach.js";
import { colleaguesReplying } from "../store/select.js";
import { state } from "../store/store.js";
import * as ui from "../ui.js";

const KEEP_AFTER_MS = 300;
const COUNT_FROM = BODY_LIMIT - 500;

/** @param {{mode: "reply"|"note"}} props */
function Modes({ mode }) {
  const ref = useRef(null);
  useEffect(() => settle(ref.current));
  const item = (/** @type {"reply"|"note"} */ each, /** @type {string} */ icon) =>
    html`<button type="button" aria-pressed=${String(mode === each)} data-item=${mode === each ? "current" : ""} onClick=${() => writeIn(each)}><${Icon} name=${icon} size="sm" dir=${true} />${t(`mode.${each}`)}</button>`;
  return html`<div class="seg" role="group" aria-label=${t("mode")} ref=${ref} onKeyDown=${onRovingKey("horizontal")}>${item("reply", "arrow-back-up")}${item("note", "lock")}</div>`;
}

/**
 * The text of this conversation and mode, kept a moment after each keystroke.
 * @param {string} ticket
 * @param {"reply"|"note"} mode
 */
function useDraft(ticket, mode) {
  const [text, setText] = useState("");
  const [saved, setSaved] = useState(false);
  const latest = useRef({ ticket, mode, text: "", dirty: false });
  const keep = () => {
    const { current } = latest;
    if (!current.dirty) return;
    keepDraft(current.ticket, /** @type {any} */ (current.mode), current.text);
    current.dirty = false;
    setSaved(true);
  };
  useEffect(() => {
    const draft = draftOf(ticket, mode);
    latest.current = { ticket, mode, text: draft, dirty: false };
    setText(draft);
    setSaved(false);
    addEventListener("pagehide", keep);
    return () => {
      removeEventListener("pagehide", keep);
      keep();
    };
  }, [ticket, mode]);
  useEffect(() => {
    const timer = setTimeout(keep, KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const write = (/** @type {string} */ next) => {
    latest.current = { ticket, mode, text: next, dirty: true };
    setSaved(false);
    setText(next);
  };
  const isShown = () => latest.current.ticket === ticket && latest.current.mode === mode;
  /** As it is now, also when another conversation has come on screen meanwhile. */
  const newest = () => (isShown() ? latest.current.text : draftOf(ticket, mode));
  const empty = () => {
    keepDraft(ticket, mode, "");
    if (!isShown()) return;
    latest.current = { ticket, mode, text: "", dirty: false };
    setSaved(false);
    setText("");
  };
  const show = (/** @type {string} */ next) => {
    latest.current = { ticket, mode, text: next, dirty: false };
    setText(next);
  };
  return { text, saved, write, empty, show, newest };
}

/** @param {{row: any, mode: "reply"|"note"}} props */
function Addressee({ row, mode }) {
  if (mode === "note") return html`<span class="xs push composer__to composer__private"><${Icon} name="lock" size="sm" />${t("note.private")}</span>`;
  return html`<span class="xs faint push composer__to clip">${t("composer.to", { name: row.contact.name, channel: channelName(row.channel) })}</span>`;
}

/** @param {{row: any}} props */
export function Composer({ row }) {
  const mode = ui.mode.value;
  const area = useRef(/** @type {HTMLTextAreaElement|null} */ (null));
  const { text, saved, write, empty, show, newest } = useDraft(row.id, mode);
  const [asked, setAsked] = useState(false);
  const [waitingFor, setWaitingFor] = useState("");
  const [blocked, setBlocked] = useState(false);
  const place = placeOf(row.id, mode);
  const waiting = waitingFor === place;
  const attached = changes.value >= 0 && uploads.of(place).length > 0;
  const colleagues = mode === "reply" ? colleaguesReplying(state.value, row.id) : [];
  const tooLong = text.length > BODY_LIMIT;
  const blank = !text.trim() && !attached;
  const offline = ui.connection.value === "offline";

  useLayoutEffect(() => area.current && fitHeight(area.current), [text, mode]);
  useEffect(() => setAsked(false), [row.id, mode, colleagues.length]);
  useEffect(() => {
    const given = replaced.value;
    if (given?.ticket !== row.id || given.mode !== mode) return;
    replaced.value = null;
    show(given.text);
  });
  const replying = mode === "reply" && !blank;
  useEffect(() => tellViewing(row.id, replying), [row.id, replying]);

  const submit = async (/** @type {boolean} */ andSolve = false) => {
    if (blank || tooLong || waiting) return;
    if (colleagues.length && !asked) return setAsked(true);
    const files = attached ? await settled() : [];
    if (!files) return;
    send(row.id, newest().trim(), mode, uploads.take(files));
    empty();
    setAsked(false);
    if (andSolve) solve(row.id, { next: true });
  };
  /** Files that are still on their way are waited for; meanwhile one may write on. */
  const settled = async () => {
    setWaitingFor(place);
    const ids = await uploads.settled(place);
    setWaitingFor("");
    setBlocked(!ids);
    return ids;
  };
  const onInput = (/** @type {Event} */ event) => {
    const { value } = /** @type {HTMLTextAreaElement} */ (event.target);
    write(value);
    if (mode === "note") return;
    if (value.trim()) startTyping(row.id);
    else stopTyping(row.id);
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    const mod = event.ctrlKey || event.metaKey;
    if (event.shiftKey && !mod) return;
    event.preventDefault();
    submit(mod && event.shiftKey && mode === "reply");
  };
  const sendLabel = asked ? t("send.anyway") : offline ? t("send.queue") : t("send");

  return html`<div class="thread-foot">
    ${colleagues.length > 0 && html`<p class="collision xs"><${Icon} name="users" size="sm" />${t(asked ? "collision.ask" : "collision", { names: colleagues.join(", ") })}</p>`}
    <form class="composer ${mode === "note" ? "composer--note" : ""}" id="composer" aria-label=${t(`mode.${mode}`)} onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); submit(); }}>
      <div class="composer__bar"><${Modes} mode=${mode} /><${Addressee} row=${row} mode=${mode} /></div>
      <${Attached} place=${place} blocked=${blocked} />
      <label class="vh" for="reply">${t(`composer.label_${mode}`, { name: row.contact.name })}</label>
      <textarea class="composer__text" id="reply" ref=${area} rows="2" dir="auto" lang=${mode === "reply" && row.language ? row.language : undefined}
        placeholder=${t(`composer.placeholder_${mode}`)} value=${text} aria-describedby="composer-status" aria-invalid=${tooLong ? "true" : undefined}
        onInput=${onInput} onKeyDown=${onKeyDown} onBlur=${() => stopTyping(row.id)}></textarea>
      <div class="composer__bar composer__foot">
        <${AttachButton} place=${place} />
        <span class="xs faint grow composer__hint hide-s">${t("composer.hint")}</span>
        <span class="xs faint num ${tooLong ? "composer__over" : ""}" id="composer-status">${text.length > COUNT_FROM ? `${text.length} / ${BODY_LIMIT}` : saved && !blank ? t("draft.saved") : ""}</span>
        <button class="btn ${mode === "note" ? "btn--note" : "btn--primary"}" aria-disabled=${blank || tooLong ? "true" : undefined} aria-busy=${waiting ? "true" : undefined} aria-keyshortcuts="Enter">
          ${mode === "note" ? html`<${Icon} name="lock" size="sm" />${t("note.add")}` : html`${sendLabel}<${Icon} name="corner-down-left" size="sm" dir=${true} />`}
        </button>
      </div>
    </form>
  </div>`;
}
