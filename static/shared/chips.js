// @ts-check
/** What is being attached, above the text: each file with its progress, or what is wrong with it. */
import { fileIcon, sizeText } from "./files.js";
import { canRetry, FILES_A_MESSAGE, isUnderWay } from "./uploads.js";
import { html } from "./view.js";

const TEXTS = { big: "file.big", empty: "file.empty", many: "file.many", offline: "file.offline" };

/**
 * What is wrong with a file, in words.
 * @param {any} t @param {import("./uploads.js").Item} item @param {number} limit bytes
 */
export function wrongText(t, { error }, limit) {
  const max = error?.code === "many" ? FILES_A_MESSAGE : Math.floor(limit / 1024 / 1024);
  const key = TEXTS[error?.code ?? ""];
  return key ? t(key, { max }) : error?.message || t("file.failed");
}

/**
 * `blocked`: one wanted to send, and something here stands in the way.
 * @param {{uploads: import("./uploads.js").Uploads, place: string, blocked: boolean, lang: string, t: any, Icon: any}} props
 */
export function Chips({ uploads, place, blocked, ...how }) {
  const items = uploads.of(place);
  const stuck = blocked && items.some((item) => item.state === "failed");
  return items.length > 0 && html`${stuck && html`<p class="chips__stuck" role="alert">${how.t("file.blocked")}</p>`}<ul class="chips" aria-label=${how.t("file.chosen")}>
    ${items.map((item) => html`<${Chip} key=${item.id} item=${item} uploads=${uploads} ...${how} />`)}
  </ul>`;
}

function Chip({ item, uploads, lang, t, Icon }) {
  const { id, name, state, stored } = item;
  const failed = state === "failed";
  return html`<li class="chip ${failed ? "chip--failed" : ""}">
    <span class="chip__icon">${stored?.preview_url ? html`<img src=${stored.preview_url} alt="" />` : html`<${Icon} name=${failed ? "alert-circle" : fileIcon(item.file?.type ?? "")} />`}</span>
    <span class="grow chip__words">
      <span class="chip__name clip" dir="auto">${name}</span>
      ${failed && html`<span class="chip__note" role="alert">${wrongText(t, item, uploads.options.limit)}</span>`}
      ${isUnderWay(item) && html`<progress class="chip__bar" max="1" value=${item.progress} aria-label=${t("file.uploading", { name })}></progress>`}
      ${state === "ready" && html`<span class="chip__note num">${sizeText(lang, stored.size)}</span>`}
    </span>
    ${canRetry(item) && html`<button type="button" class="btn btn--ghost btn--icon btn--sm" aria-label=${t("file.retry", { name })} title=${t("file.retry", { name })} onClick=${() => uploads.retry(id)}><${Icon} name="refresh" size="sm" /></button>`}
    <button type="button" class="btn btn--ghost btn--icon btn--sm" aria-label=${t("file.remove", { name })} title=${t("file.remove", { name })} onClick=${() => uploads.remove(id)}><${Icon} name="x" size="sm" /></button>
  </li>`;
}
