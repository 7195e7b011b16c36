// @ts-check
/** What stands in a conversation: day lines, events, notes, bubbles with their way and fate. */
import { html } from "../view.js";
import { Files } from "../../shared/files.js";
import { discard, retry } from "../actions/messages.js";
import { openPicture, placeOf, uploads } from "../attaching.js";
import { putInComposer } from "../drafts.js";
import { clockTime, dayName, language, shortSpan, t } from "../i18n.js";
import { Icon } from "../parts/icon.js";
import { Avatar } from "../parts/people.js";
import { state } from "../store/store.js";

/** @type {Record<string, string>} */
const EVENT_ICONS = {
  started: "message-circle",
  joined: "user",
  left: "logout",
  assigned: "user-plus",
  transferred: "users",
  queued: "clock",
  rated: "star",
  solved: "check",
  reopened: "rotate-2",
  callback: "phone-call",
  to_message: "mail",
};

/**
 * @param {any} event
 * @param {any} author
 */
export function eventText({ name, data }, author) {
  if (name === "assigned") {
    if (!data.name) return t("event.unassigned");
    if (data.reason === "routing" || !data.by_name) return t("event.routed", { name: data.name });
    return data.by_name === data.name ? t("event.taken", { name: data.name }) : t("event.assigned", { name: data.name, by: data.by_name });
  }
  if (name === "callback") {
    return t(`event.callback_${data.state}`, { phone: data.phone, when: shortSpan(data.starts_at, data.ends_at), by: data.by_name || t("somebody") });
  }
  if (name === "solved" && data.reason === "left") return t("event.solved_left");
  if (name === "solved") return data.by === "agent" ? t("event.solved_by", { name: data.name ?? author.name }) : t(`event.solved_${data.by}`);
  if (name === "started" && data.via && data.via !== "chat") return t(`event.started_${data.via}`);
  if (name === "started") return data.page ? t("event.started_on", { page: data.page }) : t("event.started");
  if (name === "rated") return t(data.comment ? "event.rated_comment" : "event.rated", data);
  if (name === "transferred") return t("event.transferred", { team: data.team ?? "", by: data.by_name ?? "" });
  return t(name in EVENT_ICONS ? `event.${name}` : "event.other", data);
}

export function EventLine({ message }) {
  const { event, author, created_at } = message;
  return html`<div class="event">
    <${Icon} name=${EVENT_ICONS[event?.name] ?? "info-circle"} /><span>${eventText(event ?? { name: "", data: {} }, author)} · <span class="num">${clockTime(created_at)}</span></span>
  </div>`;
}

export function DayLine({ moment }) {
  return html`<div class="day"><span>${dayName(moment)}</span></div>`;
}

export function NewLine() {
  return html`<div class="day day--new"><span>${t("new_line")}</span></div>`;
}

/** The server's sanitiser made the HTML; without it the text is shown as it was written. */
export function Body({ message, as = "div", className }) {
  if (message.html) return html`<${as} class=${className} dir="auto" dangerouslySetInnerHTML=${{ __html: message.html }} />`;
  return html`<${as} class="${className} plain" dir="auto">${message.body || t("message.empty")}</${as}>`;
}

/** Words, files, an article and quick replies: any of them may be missing. */
function Said({ message, className }) {
  const { body, html: markup, files = [], article, choices = [] } = message;
  const isEmpty = !body && !markup && !files.length && !article;
  return html`${(body || markup || isEmpty) && html`<${Body} message=${message} className=${className} />`}
    ${files.length > 0 && html`<${Files} files=${files} lang=${language()} t=${t} Icon=${Icon} onOpen=${openPicture} />`}
    ${article && html`<${ArticleCard} article=${article} />`}
    ${choices.length > 0 && html`<ul class="quick quick--sent" aria-label=${t("card.choices")}>${choices.map((/** @type {any} */ choice) => html`<li class="tag" key=${choice.value} dir="auto">${choice.label}</li>`)}</ul>`}`;
}

/** @param {{article: {title: string, url: string, minutes: number}}} props */
function ArticleCard({ article }) {
  return html`<a class="articlecard" href=${article.url} target="_blank" rel="noopener">
    <span class="articlecard__icon"><${Icon} name="file-text" /></span>
    <span class="grow articlecard__words"><span class="articlecard__title" dir="auto">${article.title}</span><span class="articlecard__note">${t("card.article")} · ${t("card.minutes", { n: article.minutes })}</span></span>
    <${Icon} name="external-link" size="sm" />
  </a>`;
}

/** @param {{entry: import("../../shared/outbox.js").Entry}} props */
function Failed({ entry }) {
  const newer = entry.error?.code === "newer_exists";
  const edit = () => {
    discard(entry.ref);
    uploads.putBack(placeOf(entry.ticket, entry.kind), entry.files ?? []);
    putInComposer(entry.ticket, /** @type {any} */ (entry.kind), entry.body);
  };
  const text = newer ? t("failed.newer") : entry.error?.message || t("failed.text");
  return html`<div class="msg__meta"><${Icon} name="alert-circle" /><span>${text}</span>
    <button type="button" class="linkish" onClick=${() => retry(entry)}>${newer ? t("failed.send_anyway") : t("failed.again")}</button>
    <button type="button" class="linkish" onClick=${edit}>${t("failed.edit")}</button>
  </div>`;
}

/** @param {{message: any, contactSeen: number}} props */
function Fate({ message, contactSeen }) {
  if (message.entry) return html`<${Icon} name="clock" label=${t("fate.sending")} />`;
  const read = message.seq <= contactSeen;
  return html`<${Icon} name=${read ? "checks" : "check"} className=${read ? "read" : ""} label=${t(read ? "fate.read" : "fate.sent")} />`;
}

/** @param {any} author */
const authorName = (author) => (author.kind === "agent" && author.id === state.value.me ? t("you") : author.name || t("somebody"));

/** @param {{message: any}} props */
function Note({ message }) {
  const { author, created_at, entry } = message;
  const time = clockTime(created_at);
  const own = author.id === state.value.me;
  return html`<article class="note" aria-label=${t("note.label", { name: authorName(author), time })} aria-live=${own ? "off" : undefined}>
    <div class="note__head"><${Icon} name="lock" /><span class="strong clip">${authorName(author)}</span> <span>${t("note.head")} · <span class="num">${time}</span></span><span class="push hide-s clip">${t("note.private")}</span></div>
    <${Said} message=${message} className="note__text" />
    ${entry?.state === "failed" && html`<${Failed} entry=${entry} />`}
  </article>`;
}

/** @param {{block: any, contactSeen: number, contact: any}} props */
export function Group({ block, contactSeen, contact }) {
  const { author, messages } = block;
  if (messages[0].kind === "note") return messages.map((message) => html`<${Note} key=${message.ref ?? message.seq} message=${message} />`);
  const last = messages[messages.length - 1];
  const out = author.kind !== "contact";
  const failed = messages.filter((message) => message.entry?.state === "failed");
  const sending = last.entry?.state === "sending";
  const name = authorName(author);
  const time = clockTime(out ? last.created_at : messages[0].created_at);
  const classes = ["msg", out && "msg--out", failed.length > 0 && "msg--failed", sending && "msg--sending"].filter(Boolean).join(" ");
  const meta = out
    ? html`<div class="msg__meta">${author.kind === "bot" ? t("bot") : name} · <span class="num">${time}</span> ${!failed.length && html`<${Fate} message=${last} contactSeen=${contactSeen} />`}</div>`
    : html`<div class="msg__meta"><span class="medium clip" dir="auto">${name}</span> <span class="num">${time}</span></div>`;
  return html`<article class=${classes} aria-label="${name}, ${time}" aria-live=${out ? "off" : undefined}>
    ${!out && meta}${!out && html`<${Avatar} id=${contact.id} name=${name} size="sm" />`}
    <div class="msg__body">${messages.map((message) => html`<${Said} key=${message.ref ?? message.seq} message=${message} className="bubble" />`)}</div>
    ${out && meta}${failed.map((message) => html`<${Failed} key=${message.ref} entry=${message.entry} />`)}
  </article>`;
}

/** @param {{contact: any, peek: string}} props `peek`: what is typed and not sent, as far as we may see it */
export function Typing({ contact, peek }) {
  if (peek) {
    return html`<div class="msg msg--peek" aria-live="off">
      <div class="msg__meta"><span class="medium clip" dir="auto">${t("typing.peek", { name: contact.name })}</span></div>
      <${Avatar} id=${contact.id} name=${contact.name} size="sm" />
      <div class="msg__body"><div class="bubble plain" dir="auto">${peek}</div></div>
    </div>`;
  }
  return html`<div class="msg" aria-hidden="true">
    <${Avatar} id=${contact.id} name=${contact.name} size="sm" />
    <div class="msg__body"><div class="bubble"><span class="typing"><i></i><i></i><i></i></span></div></div>
  </div>`;
}
