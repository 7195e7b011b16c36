// @ts-check
/** The scrolling thread, with the line before what is new. */
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { layOut } from "../shared/thread.js";
import { dayOf } from "../shared/time.js";
import { openChoices, QuickReplies } from "./extras.js";
import { DayLine, EventLine, Group, NewLine, TypingBubble } from "./message.js";
import { NoReply } from "./no-reply.js";
import { Icon, Invitation } from "./parts.js";
import { firstNew, usePlace } from "./place.js";
import { isOpen } from "./reduce.js";

/** By then what has come is drawn, and a screen reader has passed over it. */
const DRAWN_MS = 300;

/** What is on its way looks like a message without a number. */
const asMessage = (entry) => ({
  ref: entry.ref, kind: "reply", author: { kind: "contact", name: "" }, body: entry.body, html: "",
  created_at: entry.written, state: entry.state, error: entry.error, files: entry.files,
});

export function Log({ app, ticket }) {
  const { t, store } = app;
  const thread = store.state.value.threads[ticket];
  const known = thread?.messages ?? [];
  const refs = new Set(known.map((message) => message.ref));
  const waiting = store.pending.value.filter((entry) => entry.ticket === ticket && !refs.has(entry.ref)).map(asMessage);
  const messages = [...known, ...waiting];
  const row = store.state.value.rows[ticket];
  const choices = row && isOpen(row) ? openChoices(messages) : [];
  const connected = store.status.value === "online" || store.status.value === "fallback";
  const typing = connected && store.typing.value[ticket];
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const [loading, setLoading] = useState(false);
  const place = usePlace(box, app, ticket, { messages, known, typing, older: thread?.more && older });
  const settled = store.status.value !== "catching_up" && (thread || waiting.length > 0);
  const [drawn, setDrawn] = useState(false);
  // What was written long ago is not read out, nor is each of many that come at once.
  const silent = !settled || !drawn || loading || store.quiet.value;

  useEffect(() => {
    if (!settled) return setDrawn(false);
    const timer = setTimeout(() => setDrawn(true), DRAWN_MS);
    return () => clearTimeout(timer);
  }, [Boolean(settled)]);

  async function older() {
    if (loading) return;
    setLoading(true);
    await store.older(ticket);
    setTimeout(() => setLoading(false), DRAWN_MS);
  }

  return html`<div class="widget__log">
    <div
      class="widget__body" role="log" tabindex="0" ref=${box} onScroll=${place.scrolled}
      aria-label=${t("conv.log")} aria-live=${silent ? "off" : "polite"} aria-relevant="additions" aria-busy=${!settled || loading}
    >
      <div class="log">
        ${thread?.more && html`<button type="button" class="btn btn--ghost log__older" aria-busy=${loading} onClick=${older}>${t(loading ? "load" : "conv.older")}</button>`}
        ${!thread?.more && html`<${Invitation} app=${app} ticket=${ticket ?? ""} />`}
        ${!messages.length && html`<p class="log__intro muted">${ticket && !thread ? t("load") : t("conv.intro")}</p>`}
        ${layOut(messages, dayOf, firstNew(known, place.line)).map((block) => html`<${Block} app=${app} block=${block} row=${row} key=${block.key} />`)}
        ${choices.length > 0 && html`<${QuickReplies} app=${app} choices=${choices} />`}
        ${row && html`<${NoReply} app=${app} row=${row} known=${known} />`}
        ${typing && html`<${TypingBubble} app=${app} name=${typing} />`}
      </div>
    </div>
    ${place.count > 0 && html`<button type="button" class="btn btn--sm fresh" onClick=${place.toEnd}><${Icon} name="chevron-down" size="sm" />${t("conv.fresh", { n: place.count })}</button>`}
  </div>`;
}

function Block({ app, block, row }) {
  if (block.type === "day") return html`<${DayLine} app=${app} moment=${block.moment} />`;
  if (block.type === "new") return html`<${NewLine} app=${app} />`;
  if (block.type === "event") return html`<${EventLine} app=${app} event=${block.message.event} />`;
  return html`<${Group} app=${app} group=${block} row=${row} />`;
}
