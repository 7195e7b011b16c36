// @ts-check
import { html } from "../shared/view.js";
import { IconButton } from "./parts.js";
import { usePopup } from "./popup.js";

/** The way to the conversation's menu. */
export function OptionsButton({ app, row }) {
  const { box, open, Inside, toggle, close } = usePopup(() => import("./options.js"));
  return html`<div class="menubox" ...${box}>
    <${IconButton} icon="dots" label=${app.t("conv.options")} onClick=${toggle} aria-haspopup="menu" aria-expanded=${open} />
    ${Inside && html`<${Inside} app=${app} row=${row} open=${open} onClose=${close} />`}
  </div>`;
}
