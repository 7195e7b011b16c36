// @ts-check
/** How a thread's blocks look: day lines, events, and groups of bubbles. */
import { html } from "../shared/view.js";
import { keyOf } from "../shared/thread.js";
import { clockTime, dayName, shortSpan } from "../shared/time.js";
import { ArticleCard } from "./extras.js";
import { MessageFiles } from "./files.js";
import { Avatar, Icon } from "./parts.js";

export const DayLine = ({ app, moment }) => html`<div class="day"><span>${dayName(app.lang, moment)}</span></div>`;

/** Where one goes on reading. */
export const NewLine = ({ app }) => html`<div class="day day--new"><span>${app.t("conv.newLine")}</span></div>`;

const CALLS = { requested: "cb.asked", done: "cb.called", cancelled: "cb.cancelled" };
const EVENTS = {
  callback: (t, { state, starts_at, ends_at }, lang) => ["phone-call", t(CALLS[state], { when: shortSpan(lang, starts_at, ends_at) })],
  joined: (t, { name }) => ["user-check", t("queue.joined", { name })],
  left: (t) => ["logout", t("conv.wentaway")],
  solved: (t, { by, name }) => ["check", by === "agent" && name ? t("conv.endedBy", { name }) : t("conv.ended")],
  reopened: (t) => ["refresh", t("conv.reopened")],
  to_message: (t) => ["mail", t("conv.byMail")],
};

/** Events we do not know are not for us. */
export function EventLine({ app, event }) {
  const [icon, text] = EVENTS[event?.name]?.(app.t, event.data ?? {}, app.lang) ?? [];
  return text && html`<div class="event"><${Icon} name=${icon} /><span>${text}</span></div>`;
}

export const Group = ({ app, group, row }) =>
  group.author.kind === "contact"
    ? html`<${Own} app=${app} messages=${group.messages} row=${row} />`
    : html`<${Theirs} app=${app} author=${group.author} messages=${group.messages} />`;

function Theirs({ app, author, messages }) {
  const { t, lang } = app;
  const name = author.name || t("conv.agent");
  const time = clockTime(lang, messages[0].created_at);
  return html`<article class="msg" aria-label=${`${name}, ${time}`}>
    <div class="msg__meta"><span class="medium">${name}</span>${author.kind === "bot" && html`<span class="tag">${t("conv.bot")}</span>`}<span class="num">${time}</span></div>
    <${Avatar} name=${name} size="sm" />
    <div class="msg__body">${messages.map((message) => html`<${Said} app=${app} message=${message} key=${keyOf(message)} />`)}</div>
  </article>`;
}

function Own({ app, messages, row }) {
  const { t, lang } = app;
  const last = messages[messages.length - 1];
  const state = deliveryOf(last, row);
  const time = clockTime(lang, last.created_at);
  // What I have written myself is not read out to me again.
  return html`<article class=${`msg msg--out msg--${state}`} aria-live="off" aria-label=${`${t("you")}, ${time}, ${t(`conv.${state}`)}`}>
    <div class="msg__body">${messages.map((message) => html`<${Said} app=${app} message=${message} key=${keyOf(message)} />`)}</div>
    <div class="msg__meta num">${time}<${Tick} t=${t} state=${state} /></div>
    ${state === "failed" && html`<${Undelivered} app=${app} message=${last} />`}
  </article>`;
}

/** Words, files and an article: any of them may be missing. */
const Said = ({ app, message }) => html`
  ${(message.body || message.html) && html`<${Bubble} message=${message} />`}
  <${MessageFiles} app=${app} files=${message.files} />
  ${message.article && html`<${ArticleCard} app=${app} article=${message.article} />`}
`;

/** The sanitiser on the server wrote `html`; without it the text is shown as text. */
const Bubble = ({ message }) =>
  message.html
    ? html`<div class="bubble" dir="auto" dangerouslySetInnerHTML=${{ __html: message.html }}></div>`
    : html`<div class="bubble bubble--plain" dir="auto">${message.body}</div>`;

/** @returns {"sending" | "failed" | "sent" | "read"} */
export function deliveryOf(message, row) {
  if (message.state) return message.state;
  return row && message.seq <= row.agents_seen_seq ? "read" : "sent";
}

const TICKS = { sending: "clock", sent: "check", read: "checks", failed: "alert-circle" };

const Tick = ({ t, state }) => html`<${Icon} name=${TICKS[state]} label=${t(`conv.${state}`)} className=${state} />`;

function Undelivered({ app, message }) {
  const { t, store } = app;
  return html`<div class="msg__failed">
    <span>${message.error?.message || t("conv.failed")}</span>
    <button type="button" class="linkbtn" onClick=${() => store.outbox.retry(message.ref)}>${t("conv.again")}</button>
    <button type="button" class="linkbtn" onClick=${() => store.outbox.discard(message.ref)}>${t("conv.discard")}</button>
  </div>`;
}

export const TypingBubble = ({ app, name }) => html`<div class="msg" aria-live="off">
  <${Avatar} name=${name} size="sm" />
  <div class="msg__body"><div class="bubble"><span class="typing" aria-hidden="true"><i></i><i></i><i></i></span><span class="vh">${app.t("conv.typing", { name })}</span></div></div>
</div>`;
