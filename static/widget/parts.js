// @ts-check
/** Small pieces that several views share. */
import icons from "../icons/widget.js";
import { initials, tint } from "../shared/dom.js";
import { html } from "../shared/view.js";
import { iconsFrom } from "../shared/icon.js";

export const Icon = iconsFrom(icons);

export const Avatar = ({ name, size = "", online = false }) => html`<span
  class=${["avatar", `avatar--${tint(name)}`, size && `avatar--${size}`].filter(Boolean).join(" ")}
  aria-hidden="true"
>${initials(name)}${online && html`<span class="presence presence--online"></span>`}</span>`;

export const IconButton = ({ icon, label, onClick, dir = false, ...rest }) => html`<button
  type="button"
  class="btn btn--ghost btn--icon btn--lg"
  aria-label=${label}
  title=${label}
  onClick=${onClick}
  ...${rest}
><${Icon} name=${icon} size="lg" dir=${dir} /></button>`;

export const Minimise = ({ app }) =>
  app.mode === "panel" &&
  html`<${IconButton} icon="chevron-down" label=${app.t("launcher.close")} onClick=${app.minimise} />`;

/** What failed, in words, and the way on. */
export const Failure = ({ app, text, onRetry }) => html`<div class="empty">
  <span class="empty__icon"><${Icon} name="alert-circle" size="lg" /></span>
  <p>${text}</p>
  ${onRetry && html`<button type="button" class="btn btn--lg" onClick=${onRetry}>${app.t("err.retry")}</button>`}
</div>`;
