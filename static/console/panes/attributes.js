// @ts-check
/** What the shop says of its customer: what it has signed, and what its page only said. */
import { html } from "../view.js";
import { t } from "../i18n.js";
import { Icon } from "../parts/icon.js";

/** @typedef {{key: string, value: string | number | boolean, signed: boolean}} Attribute */

/** @param {{attributes: Attribute[]}} props */
export function Attributes({ attributes }) {
  if (!attributes.length) return null;
  return html`<div class="section">
    <h3>${t("section.attributes")}</h3>
    <${Said} icon="shield-check" by=${t("attributes.signed")} attributes=${attributes.filter(({ signed }) => signed)} />
    <${Said} icon="alert-circle" by=${t("attributes.page")} attributes=${attributes.filter(({ signed }) => !signed)} />
  </div>`;
}

/** @param {{icon: string, by: string, attributes: Attribute[]}} props */
const Said = ({ icon, by, attributes }) =>
  attributes.length > 0 &&
  html`<p class="xs faint attributes__by"><${Icon} name=${icon} size="sm" />${by}</p>
    <dl class="dl">${attributes.map(({ key, value }) => html`<dt key=${key}><bdi>${key}</bdi></dt><dd><bdi>${String(value)}</bdi></dd>`)}</dl>`;
