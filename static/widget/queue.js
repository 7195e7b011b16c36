// @ts-check
/** The wait: how long, how many are ahead, and what can be done instead. */
import { capitalised, clockTime, nearDay } from "../shared/time.js";
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { Channel } from "./home.js";
import { Choice, Corner, Icon, IconButton } from "./parts.js";
import { ahead, range, replyBy } from "./words.js";

const ASK_EVERY_MS = 10_000;
const AGE_EVERY_MS = 5_000;
const MOST_DRAWN = 5;

export default function Queue({ app, view }) {
  const { t, store } = app;
  const { ticket } = view;
  const place = store.state.value.queue[ticket];
  useAsking(store, ticket);
  if (!place) return null; // the next turn leads on
  const { wait } = place;
  const others = html`<${Instead} app=${app} ticket=${ticket} />`;
  return html`
    <div class="widget__head">
      <h1 id="title" class="grow clip" tabindex="-1">${t("queue.title")}</h1>
      <${SoundSwitch} app=${app} />
      <${Corner} app=${app} />
    </div>
    <div class="widget__body" tabindex="0" role="group" aria-label=${t("queue.title")}>
      <div class="waiting">
        ${!wait && html`<p class="waiting__unknown medium">${t("queue.unknown")}</p>${others}`}
        <${Place} app=${app} place=${place} />
        ${place.late && wait && html`<p class="sm waiting__late">${t("queue.longer", { range: range(t, wait) })}</p>`}
        <p class="sm muted">${t(store.sound.on.value === false ? "queue.keepQuiet" : "queue.keep")}</p>
        <${Written} app=${app} ticket=${ticket} />
        ${wait && others}
      </div>
    </div>
    <${Leave} app=${app} ticket=${ticket} />
  `;
}

/** While somebody looks, the figures are fresh. */
function useAsking(store, ticket) {
  useEffect(() => {
    const ask = () => {
      const looking = store.shown.value && document.visibilityState === "visible" && store.status.value !== "offline";
      if (looking) store.askQueue(ticket).catch(() => undefined); // the age on screen says how old they are
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, [ticket]);
}

function SoundSwitch({ app }) {
  const { t, store: { sound } } = app;
  const on = sound.on.value;
  return html`<${IconButton} icon=${on ? "volume" : "volume-off"} label=${t("queue.sound")} aria-pressed=${on} onClick=${() => sound.toggle()} />`;
}

function Place({ app, place }) {
  const { t } = app;
  const { wait } = place;
  return html`<section class="place" aria-label=${t("queue.etaLabel")}>
    ${wait && html`<p class="sm muted">${t("queue.etaLabel")}</p><p class="place__range num">${range(t, wait)}</p>`}
    <${Line} t=${t} count=${place.ahead} />
    <p class="sm medium">${ahead(t, place)}</p>
    <p class="xs faint num">${wait && `${t("queue.basis")} `}<${Age} app=${app} heard=${place.heard} /></p>
  </section>`;
}

/** A picture for those who see it; the words below say the same. */
function Line({ t, count }) {
  const drawn = Math.min(count, MOST_DRAWN);
  return html`<div class="line" aria-hidden="true">
    <span class="line__you"><${Icon} name="user" size="sm" />${t("you")}</span>
    ${Array.from({ length: drawn }, () => html`<span class="line__one"><${Icon} name="user" size="sm" /></span>`)}
    ${count > drawn && html`<span class="xs medium num">+${count - drawn}</span>`}
    <span class="line__dash"></span><span class="line__desk"><${Icon} name="headset" size="sm" /></span>
  </div>`;
}

function Age({ app, heard }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), AGE_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  if (!heard) return null;
  const seconds = Math.floor((Date.now() - heard) / AGE_EVERY_MS) * (AGE_EVERY_MS / 1000);
  return app.t(seconds > 0 ? "queue.age" : "queue.fresh", { n: seconds });
}

/** What he has written is not forgotten; he may write on. */
function Written({ app, ticket }) {
  const { t, store } = app;
  const row = store.state.value.rows[ticket];
  return html`<${Choice} icon="message-circle" title=${t("queue.write")} note=${html`<span class="clip written__line" dir="auto">${row?.last_preview}</span>`}
    onClick=${() => store.turn({ name: "chat", ticket, writing: true })} />`;
}

function Instead({ app, ticket }) {
  const { t, store } = app;
  const { absence, channels } = store.state.value.inbox;
  const call = useFirstCall(app, absence.callback);
  const written = channels.filter(({ kind }) => kind !== "phone");
  if (!absence.callback && !absence.leave_message && !channels.length) return null;
  return html`<section aria-labelledby="rather">
    <h2 class="rather" id="rather">${t("queue.rather")}</h2>
    <div class="card instead">
      ${absence.callback && html`<${Choice} icon="phone-call" title=${t("alt.call")} note=${call} onClick=${() => store.go({ name: "callback", ticket })} />`}
      ${absence.leave_message && html`<${Choice} icon="mail" title=${t("alt.message")} note=${replyBy(app)} onClick=${() => store.go({ name: "message", ticket })} />`}
      ${written.map((channel) => html`<${Channel} app=${app} channel=${channel} key=${channel.kind} />`)}
    </div>
  </section>`;
}

/** "Today, from 15:30": asked once, and only of those who wait. */
function useFirstCall({ t, lang, store }, offered) {
  const [text, setText] = useState(t("cb.pick"));
  useEffect(() => {
    if (!offered) return;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    store.api.get(`callbacks/?zone=${encodeURIComponent(timeZone)}`).then(
      ({ days: [day] }) => day && setText(t("cb.from", { day: capitalised(lang, nearDay(lang, day.slots[0].starts_at)), time: clockTime(lang, day.slots[0].starts_at) })),
      () => undefined, // "Choose a time" is true as well
    );
  }, [offered]);
  return text;
}

function Leave({ app, ticket }) {
  const { t, store } = app;
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const [busy, setBusy] = useState(false);

  async function leave() {
    if (busy) return;
    setBusy(true);
    await store.end(ticket, "left");
    setBusy(false);
    dialog.current?.close();
  }

  return html`<div class="widget__foot leaving">
    <button type="button" class="btn btn--ghost btn--lg" onClick=${() => dialog.current?.showModal()}>${t("queue.leave")}</button>
    <dialog class="dialog" ref=${dialog} aria-labelledby="leave-ask" onKeyDown=${(event) => event.stopPropagation()}>
      <p id="leave-ask">${t("queue.leaveAsk")}</p>
      <div class="dialog__foot">
        <button type="button" class="btn btn--lg" onClick=${() => dialog.current?.close()}>${t("queue.stay")}</button>
        <button type="button" class="btn btn--brand btn--lg" aria-busy=${busy} onClick=${leave}>${t("queue.leave")}</button>
      </div>
    </dialog>
  </div>`;
}
