// @ts-check
/** The conversation's menu: how it looks and sounds, a copy of it, its end. Loaded when it is opened. */
import { itemsOf, moveInMenu } from "../shared/menu.js";
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { Later } from "./later.js";
import { Icon } from "./parts.js";
import { isOpen } from "./reduce.js";
import { setTextSize, SIZES, textSize } from "./text-size.js";

const SIZE_NAMES = { normal: "size.normal", large: "size.large", larger: "size.larger" };

/**
 * @param {{app: any, row: any, open: boolean, onClose: (back: boolean) => void}} props `back`: the
 *   focus returns to the button
 */
export default function Options({ app, row, open, onClose }) {
  const [dialog, setDialog] = useState("");

  function ask(name) {
    onClose(true);
    setDialog(name);
  }

  const closed = () => setDialog("");
  return html`
    ${open && html`<${Menu} app=${app} row=${row} onClose=${onClose} onAsk=${ask} />`}
    ${dialog === "end" && html`<${EndDialog} app=${app} row=${row} onClose=${closed} />`}
    ${dialog === "copy" && html`<${Later} load=${() => import("./copy-dialog.js")} quiet app=${app} ticket=${row.id} onClose=${closed} />`}
  `;
}

function Menu({ app, row, onClose, onAsk }) {
  const { t, store } = app;
  const menu = useRef(/** @type {HTMLElement | null} */ (null));
  const [size, setSize] = useState(textSize(store.keep));
  useEffect(() => itemsOf(/** @type {HTMLElement} */ (menu.current))[0].focus(), []);

  function choose(name) {
    setTextSize(store.keep, name);
    setSize(name);
  }

  function go(way) {
    onClose(false);
    way();
  }

  const item = (icon, label, onClick) => html`<button type="button" role="menuitem" class="option" tabindex="-1" onClick=${onClick}><${Icon} name=${icon} />${label}</button>`;
  const sound = store.sound.on.value;
  return html`<div class="menu menubox__menu" role="menu" aria-label=${t("conv.options")} ref=${menu} onKeyDown=${(event) => moveInMenu(event, event.currentTarget)}>
    <button type="button" role="menuitemcheckbox" aria-checked=${sound} class="option" tabindex="-1" onClick=${() => store.sound.toggle()}>
      <${Icon} name=${sound ? "volume" : "volume-off"} />${t("queue.sound")}${sound && html`<span class="push"><${Icon} name="check" size="sm" /></span>`}
    </button>
    <div role="group" aria-label=${t("size")} class="menubox__group">
      <p class="menu__label" aria-hidden="true">${t("size")}</p>
      ${Object.keys(SIZES).map((name) => html`<button type="button" role="menuitemradio" aria-checked=${name === size} class="option" tabindex="-1" key=${name} onClick=${() => choose(name)}>
        <span class=${`sizemark sizemark--${name}`} aria-hidden="true">A</span>${t(SIZE_NAMES[name])}${name === size && html`<span class="push"><${Icon} name="check" size="sm" /></span>`}
      </button>`)}
    </div>
    <div class="menubox__group">
      ${row && store.state.value.inbox.conversation?.transcript && item("mail", t("conv.copy"), () => onAsk("copy"))}
      ${row && item("plus", t("conv.new"), () => go(() => store.open(null)))}
      ${item("lock", t("conv.privacy"), () => go(() => store.go({ name: "privacy" })))}
      ${row && isOpen(row) && item("circle-x", t("conv.end"), () => onAsk("end"))}
    </div>
  </div>`;
}

function EndDialog({ app, row, onClose }) {
  const { t, store } = app;
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const [busy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);

  async function end() {
    if (busy) return;
    setBusy(true);
    await store.end(row.id);
    setBusy(false);
    dialog.current?.close();
  }

  const words = store.state.value.inbox.conversation?.transcript ? "conv.endAskCopy" : "conv.endAsk";
  return html`<dialog class="dialog" ref=${dialog} aria-labelledby="end-ask" onClose=${onClose} onKeyDown=${(event) => event.stopPropagation()}>
    <p id="end-ask">${t(words)}</p>
    <div class="dialog__foot">
      <button type="button" class="btn btn--lg" onClick=${() => dialog.current?.close()}>${t("conv.cancel")}</button>
      <button type="button" class="btn btn--brand btn--lg" aria-busy=${busy} onClick=${end}>${t("conv.end")}</button>
    </div>
  </dialog>`;
}
