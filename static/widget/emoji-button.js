// @ts-check
/** The way to the emoji, which are loaded by those who want them. */
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { Icon } from "./parts.js";

/** @param {{app: any, onPick: (emoji: string) => void}} props */
export function EmojiButton({ app, onPick }) {
  const { t, store } = app;
  const [open, setOpen] = useState(false);
  const [Picker, setPicker] = useState(/** @type {any} */ (null));
  const box = useRef(/** @type {HTMLElement | null} */ (null));

  useEffect(() => {
    if (!open) return;
    const outside = (event) => !box.current?.contains(event.target) && setOpen(false);
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  function toggle() {
    setOpen(!open);
    if (Picker) return;
    import("./emoji.js").then((module) => setPicker(() => module.default), () => setOpen(false));
  }

  function pick(emoji) {
    setOpen(false);
    onPick(emoji);
  }

  function pressed(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    setOpen(false);
    box.current?.querySelector("button")?.focus();
  }

  const left = ({ currentTarget, relatedTarget }) => relatedTarget && !currentTarget.contains(relatedTarget) && setOpen(false);

  return html`<span class="emojibox" ref=${box} onKeyDown=${open ? pressed : undefined} onFocusOut=${open ? left : undefined}>
    <button type="button" class="btn btn--ghost btn--icon" aria-label=${t("emoji")} title=${t("emoji")} aria-haspopup="dialog" aria-expanded=${open} onClick=${toggle}>
      <${Icon} name="mood-smile" />
    </button>
    ${open && Picker && html`<${Picker} t=${t} keep=${store.keep} onPick=${pick} />`}
  </span>`;
}
