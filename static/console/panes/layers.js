// @ts-check
/** What comes over the panes: toasts, the question, the list of keys, and what is only read out. */
import { html } from "../view.js";
import { t } from "../i18n.js";
import { KEY_HELP } from "../keys/map.js";
import { Dialog } from "../parts/dialog.js";
import { Icon } from "../parts/icon.js";
import { dismiss, pause, resume, toasts } from "../toasts.js";
import * as ui from "../ui.js";

export function Toasts() {
  const list = toasts.value;
  const draw = (/** @type {any} */ toast) => html`<div class="toast enter ${toast.kind === "error" ? "toast--error" : ""}" key=${toast.id}>
    <span>${toast.text}</span>
    ${toast.action && html`<button type="button" class="btn btn--sm" aria-keyshortcuts="z" onClick=${() => { dismiss(toast.id); toast.action.run(); }}>${toast.action.label}</button>`}
    ${toast.kind === "error" && html`<button type="button" class="btn btn--sm btn--icon" aria-label=${t("dismiss")} onClick=${() => dismiss(toast.id)}><${Icon} name="x" size="sm" /></button>`}
  </div>`;
  return html`<div class="toasts" onPointerEnter=${pause} onPointerLeave=${resume} onFocusIn=${pause} onFocusOut=${resume}>
    <div role="status">${list.filter((toast) => toast.kind !== "error").map(draw)}</div>
    <div role="alert">${list.filter((toast) => toast.kind === "error").map(draw)}</div>
  </div>`;
}

function Question() {
  const question = ui.dialog.value;
  if (!question) return null;
  const close = () => (ui.dialog.value = null);
  const confirm = () => {
    close();
    question.onConfirm();
  };
  return html`<${Dialog} title=${question.title} onClose=${close}>
    <p class="muted dialog__text">${question.text}</p>
    <div class="dialog__foot"><button type="button" class="btn" autofocus onClick=${close}>${t("cancel")}</button><button type="button" class="btn btn--primary" onClick=${confirm}>${question.confirm}</button></div>
  <//>`;
}

function KeyHelp() {
  if (!ui.helpOpen.value) return null;
  const close = () => (ui.helpOpen.value = false);
  return html`<${Dialog} title=${t("keys.title")} wide=${true} onClose=${close}>
    <div class="keys">
      ${KEY_HELP.map(
        ({ group, keys }) => html`<section key=${group}><h3>${t(`keys.${group}`)}</h3>
          <dl>${keys.map(([combo, name]) => html`<div key=${name}><dt>${combo.split(" ").map((key, index) => html`<span class="kbd" key=${index}>${t(`key.${key}`) === `key.${key}` ? key : t(`key.${key}`)}</span>`)}</dt><dd>${t(`keys.${name}`)}</dd></div>`)}</dl>
        </section>`,
      )}
    </div>
    <div class="dialog__foot"><button type="button" class="btn" autofocus onClick=${close}>${t("close")}</button></div>
  <//>`;
}

export function Layers() {
  return html`<${Toasts} /><${Question} /><${KeyHelp} /><div class="vh" role="status">${ui.announcement.value}</div>`;
}
