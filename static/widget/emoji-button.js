// @ts-check
import { html } from "../shared/view.js";
import { Icon } from "./parts.js";
import { usePopup } from "./popup.js";

/** @param {{app: any, onPick: (emoji: string) => void}} props */
export function EmojiButton({ app, onPick }) {
  const { t, store } = app;
  const { box, open, Inside, toggle, close } = usePopup(() => import("./emoji.js"));

  function pick(emoji) {
    close(false);
    onPick(emoji);
  }

  return html`<span class="emojibox" ...${box}>
    <button type="button" class="btn btn--ghost btn--icon" aria-label=${t("emoji")} title=${t("emoji")} aria-haspopup="dialog" aria-expanded=${open} onClick=${toggle}>
      <${Icon} name="mood-smile" />
    </button>
    ${open && Inside && html`<${Inside} t=${t} keep=${store.keep} onPick=${pick} />`}
  </span>`;
}
