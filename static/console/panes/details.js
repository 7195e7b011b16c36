// @ts-check
/** About the customer, the conversation, the visit, and what was before. */
import { html, useRef } from "../view.js";
import { transfer } from "../actions/tickets.js";
import { closeDetails, isNarrow } from "../details.js";
import { languageName, shortMoment, t } from "../i18n.js";
import { useFocusWish } from "../parts/focus.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";
import { Avatar, Channel } from "../parts/people.js";
import { addressOf, goTo } from "../route.js";
import { state } from "../store/store.js";
import * as ui from "../ui.js";
import { cameFrom, deviceOf, isWebAddress, pathOf } from "../visit.js";
import { Attributes } from "./attributes.js";
import { Calls } from "./calls.js";
import { AssignMenu } from "./thread-head.js";

/** @param {{name: string, children: any}} props */
const Fact = ({ name, children }) => (children ? html`<dt>${name}</dt><dd>${children}</dd>` : null);

/** @param {string} zone */
function timeIn(zone) {
  try {
    return new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(ui.clock.value);
  } catch {
    return "";
  }
}

/** @param {{contact: any, row: any}} props */
function Contact({ contact, row }) {
  const time = contact.time_zone ? timeIn(contact.time_zone) : "";
  return html`<div class="section">
    <div class="who"><${Avatar} id=${row.contact.id} name=${contact.name || row.contact.name} size="lg" />
      <div class="grow"><div class="strong who__name clip" dir="auto">${contact.name || row.contact.name}</div>${contact.verified && html`<span class="tag tag--success"><${Icon} name="check" />${t("verified")}</span>`}${time && html`<div class="xs faint num">${t("local_time", { time })}</div>`}</div></div>
    <dl class="dl">
      <${Fact} name=${t("fact.email")}>${contact.email && html`<bdi>${contact.email}</bdi>`}<//>
      <${Fact} name=${t("fact.phone")}>${contact.phone && html`<bdi class="num">${contact.phone}</bdi>`}<//>
      <${Fact} name=${t("fact.language")}>${contact.language && languageName(contact.language)}<//>
      <${Fact} name=${t("fact.notes")}>${contact.notes}<//>
      <${Fact} name=${t("fact.agreed")}>${contact.consents?.length > 0 && contact.consents.map((/** @type {any} */ consent) => html`<div key=${consent.at}><span dir="auto">${consent.text}</span> <span class="xs faint num">${shortMoment(consent.at)}</span></div>`)}<//>
    </dl>
  </div>`;
}

/** @param {{row: any}} props */
function TeamMenu({ row }) {
  const button = (/** @type {any} */ props) =>
    html`<button type="button" class="fact" ...${props}><span class="vh">${t("fact.team")}: </span><span class="clip">${row.team?.name ?? t("nobody")}</span><${Icon} name="chevron-down" size="sm" /></button>`;
  return html`<${Menu} name="team" label=${t("fact.team")} button=${button}>
    ${state.value.teams.map((team) => html`<${MenuItem} key=${team.id} checked=${row.team?.id === team.id} disabled=${row.team?.id === team.id} onChoose=${() => transfer(row.id, team.id)}><${Icon} name="headset" /><span class="grow clip">${team.name}</span>${row.team?.id === team.id && html`<${Icon} name="check" size="sm" />`}<//>`)}
  <//>`;
}

/** @param {{row: any}} props */
function Conversation({ row }) {
  const who = row.assignee ? (row.assignee.id === state.value.me ? t("you") : row.assignee.name) : t("nobody");
  const button = (/** @type {any} */ props) =>
    html`<button type="button" class="fact" ...${props}><span class="vh">${t("fact.assignee")}: </span>${row.assignee && html`<${Avatar} id=${row.assignee.id} name=${row.assignee.name} size="xs" />`}<span class="clip">${who}</span><${Icon} name="chevron-down" size="sm" /></button>`;
  return html`<div class="section">
    <h3>${t("section.conversation")}</h3>
    <dl class="dl dl--facts">
      <dt>${t("fact.assignee")}</dt><dd><${AssignMenu} row=${row} name="assign-details" place="" button=${button} /></dd>
      <dt>${t("fact.team")}</dt><dd><${TeamMenu} row=${row} /></dd>
      <${Fact} name=${t("fact.status")}>${t(`status.${row.status}`)}<//>
      <${Fact} name=${t("fact.priority")}>${t(`priority.${row.priority}`)}<//>
      <${Fact} name=${t("fact.via")}>${row.via !== "chat" && t(`via.${row.via}`)}<//>
      <${Fact} name=${t("fact.stage")}>${row.stage && t(`stage.${row.stage}`)}<//>
      <${Fact} name=${t("fact.labels")}>${row.labels.length > 0 && html`<span class="cluster">${row.labels.map((/** @type {any} */ label) => html`<span class="tag" key=${label.name}>${label.name}</span>`)}</span>`}<//>
      <${Fact} name=${t("fact.number")}><bdi class="num">#${row.number}</bdi><//>
      <${Fact} name=${t("fact.inbox")}>${row.inbox.name}<//>
    </dl>
  </div>`;
}

/** Labels of what he said of himself are ours, the others are those he saw. @type {Record<string, string>} */
const OWN_LABELS = { email: "fact.email", phone: "fact.phone" };

/** @param {{answers: {key: string, label: string, value: string, text?: string}[]}} props */
function Answers({ answers }) {
  if (!answers.length) return null;
  return html`<div class="section">
    <h3>${t("section.answers")}</h3>
    <dl class="dl">${answers.map(({ key, label, value, text }) => html`<${Fact} key=${key} name=${OWN_LABELS[key] ? t(OWN_LABELS[key]) : label}><span dir="auto">${text || value}</span><//>`)}</dl>
  </div>`;
}

/** @param {{visit: any}} props */
function Visit({ visit }) {
  const from = visit.referrer ? cameFrom(visit.referrer, visit.url) : "";
  const path = pathOf(visit.url) || visit.url;
  return html`<div class="section">
    <h3>${t("section.visit")}</h3>
    <dl class="dl">
      <${Fact} name=${t("fact.page")}>${isWebAddress(visit.url) ? html`<a class="link" href=${visit.url} title=${visit.title} target="_blank" rel="noopener noreferrer nofollow">${path}</a>` : path}<//>
      <${Fact} name=${t("fact.title")}>${visit.title}<//>
      <${Fact} name=${t("fact.from")}>${from}<//>
      <${Fact} name=${t("fact.ip")}>${visit.ip && html`<bdi class="num">${visit.ip}</bdi>`}<//>
      <${Fact} name=${t("fact.device")}>${deviceOf(visit.user_agent ?? "")}<//>
    </dl>
  </div>`;
}

/** @param {{history: any[]}} props */
function History({ history }) {
  return html`<div class="section">
    <h3>${t("section.history")}</h3>
    ${history.length === 0 && html`<p class="xs faint">${t("history.none")}</p>`}
    <ul class="timeline">
      ${history.map((before) => {
        const row = state.value.rows[before.id] ?? before;
        const open = (/** @type {MouseEvent} */ event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          goTo({ ticket: row.id });
        };
        return html`<li key=${row.id}><${Channel} channel=${row.channel} /><div>
          <a class="timeline__link sm medium" dir="auto" href=${addressOf({ view: ui.view.value, ticket: row.id })} onClick=${open}>${row.subject || row.last_preview || `#${row.number}`}</a>
          <div class="xs faint">${[shortMoment(row.last_at), row.assignee?.name, t(`status.${row.status}`)].filter(Boolean).join(" · ")}</div>
        </div></li>`;
      })}
    </ul>
  </div>`;
}

/** @param {{row: any, thread: any}} props */
export function Details({ row, thread }) {
  const heading = useRef(/** @type {HTMLElement|null} */ (null));
  useFocusWish("details", () => heading.current?.focus());
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || !isNarrow()) return;
    event.stopPropagation();
    closeDetails();
  };
  return html`<section class="pane pane--details ${ui.detailsOpen.value ? "is-open" : ""}" aria-labelledby="details-h" data-pane onKeyDown=${onKeyDown}>
    <header class="pane__head"><h2 id="details-h" class="clip" tabindex="-1" ref=${heading}>${t("details")}</h2>
      <button type="button" class="btn btn--ghost btn--icon push" aria-label=${t("details.close")} onClick=${closeDetails}><${Icon} name="x" /></button></header>
    <div class="scroll grow" tabindex="0" role="group" aria-label=${t("details")}>
      <${Contact} contact=${thread.contact ?? {}} row=${row} />
      <${Attributes} attributes=${thread.contact?.attributes ?? []} />
      <${Calls} row=${row} calls=${thread.callbacks ?? []} />
      <${Conversation} row=${row} />
      <${Answers} answers=${thread.answers ?? []} />
      ${thread.visit && html`<${Visit} visit=${thread.visit} />`}
      <${History} history=${thread.history} />
    </div>
  </section>`;
}
