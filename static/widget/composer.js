// @ts-check
import { fitHeight } from "../shared/dom.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "../shared/view.js";
import { BODY_LIMIT } from "../shared/protocol.js";
import { EmojiButton } from "./emoji-button.js";
import { AttachButton, mayAttach, useAttaching } from "./files.js";
import { Icon } from "./parts.js";
import { Suggestions } from "./prechat.js";

const WARN_FROM = BODY_LIMIT - 500;
const STOPPED_TYPING_MS = 4_000;

/** Letters as the server counts them. */
const lengthOf = (text) => [...text].length;

export function Composer({ app, ticket }) {
  const { t, store } = app;
  const key = `draft:${ticket ?? "new"}`;
  const [text, setText] = useState(() => store.keep.get(key, ""));
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const stopped = useRef(/** @type {any} */ (0));
  const attaching = useAttaching(app, ticket);
  const peeks = Boolean(store.state.value.inbox?.conversation?.peek);
  const latest = useRef({ text, key });
  latest.current = { text, key };
  const length = text.length > WARN_FROM / 2 ? lengthOf(text) : text.length;
  const ready = (text.trim() !== "" || attaching.count > 0) && length <= BODY_LIMIT && !attaching.busy;

  useLayoutEffect(() => {
    if (area.current) fitHeight(area.current);
  }, [text]);
  useEffect(() => {
    area.current?.focus();
    return () => clearTimeout(stopped.current);
  }, []);

  function change(value) {
    setText(value);
    store.keep.set(key, value || null);
    clearTimeout(stopped.current);
    store.typed(value !== "", peeks ? value : "");
    if (value) stopped.current = setTimeout(() => store.typed(false), STOPPED_TYPING_MS);
  }

  /** Files that are still on their way are waited for; meanwhile one may write on. */
  async function submit(event) {
    event.preventDefault();
    if (!ready) return;
    const ids = attaching.count ? await attaching.settled() : [];
    if (!ids || !area.current) return; // who has gone elsewhere finds it all here again
    clearTimeout(stopped.current);
    setText("");
    store.keep.set(latest.current.key, null);
    store.send(latest.current.text.trim(), attaching.take(ids));
    area.current?.focus();
  }

  /** Enter that ends a composition (Japanese, Chinese, some dead keys) must not send. */
  function pressed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) submit(event);
  }

  /** At the caret, in place of what is selected. */
  function insert(words) {
    const field = area.current;
    if (!field) return;
    field.focus();
    field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    change(field.value);
  }

  return html`<form class="composer" onSubmit=${submit} aria-label=${t("conv.message")}>
    ${!ticket && html`<${Suggestions} app=${app} text=${text} />`}
    ${attaching.chips}
    <label class="vh" for="message">${t("conv.message")}</label>
    <textarea
      class="composer__text" id="message" rows="1" dir="auto" ref=${area} value=${text} data-first
      placeholder=${t("conv.placeholder")} enterkeyhint="send"
      aria-describedby=${[length > WARN_FROM && "left", peeks && "peek"].filter(Boolean).join(" ") || undefined} aria-invalid=${length > BODY_LIMIT}
      onInput=${(event) => change(event.currentTarget.value)} onKeyDown=${pressed}
    ></textarea>
    <div class="composer__bar">
      ${mayAttach(app) && html`<${AttachButton} app=${app} onFiles=${attaching.add} />`}
      <${EmojiButton} app=${app} onPick=${insert} />
      ${length > WARN_FROM && html`<${Left} t=${t} n=${BODY_LIMIT - length} />`}
      <button class="btn btn--brand btn--icon btn--round push" aria-label=${t("conv.send")} title=${t("conv.send")} aria-disabled=${!ready} aria-busy=${attaching.busy}>
        <${Icon} name="arrow-up" size="sm" />
      </button>
    </div>
    ${peeks && html`<p class="composer__peek" id="peek"><${Icon} name="eye" size="sm" />${t("conv.peek")}</p>`}
  </form>`;
}

const Left = ({ t, n }) =>
  n >= 0
    ? html`<span class="composer__left num" id="left">${t("conv.left", { n })}</span>`
    : html`<span class="composer__left composer__left--over num" id="left">${t("conv.over", { n: -n })}</span>`;
