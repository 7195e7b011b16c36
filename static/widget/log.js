// @ts-check
/** The scrolling thread: stays at its end, keeps its place when older messages come in above. */
import { isAtEnd } from "../shared/dom.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "../shared/view.js";
import { layOut } from "../shared/thread.js";
import { dayOf } from "../shared/time.js";
import { openChoices, QuickReplies } from "./extras.js";
import { DayLine, EventLine, Group, TypingBubble } from "./message.js";
import { Icon, Invitation } from "./parts.js";
import { isOpen } from "./reduce.js";

const NEAR_TOP = 80;

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
  const fresh = usePlace(box, app, ticket, messages, thread, typing);
  const settled = store.status.value !== "catching_up" && (thread || waiting.length > 0);

  return html`<div class="widget__log">
    <div
      class="widget__body" role="log" tabindex="0" ref=${box} onScroll=${fresh.scrolled}
      aria-label=${t("conv.log")} aria-live=${settled ? "polite" : "off"} aria-relevant="additions" aria-busy=${!settled}
    >
      <div class="log">
        ${thread?.more && html`<button type="button" class="btn btn--ghost log__older" onClick=${() => store.older(ticket)}>${t("conv.older")}</button>`}
        ${!ticket && html`<${Invitation} app=${app} />`}
        ${!messages.length && html`<p class="log__intro muted">${ticket && !thread ? t("load") : t("conv.intro")}</p>`}
        ${layOut(messages, dayOf).map((block) => html`<${Block} app=${app} block=${block} row=${store.state.value.rows[ticket]} key=${block.key} />`)}
        ${choices.length > 0 && html`<${QuickReplies} app=${app} choices=${choices} />`}
        ${typing && html`<${TypingBubble} app=${app} name=${typing} />`}
      </div>
    </div>
    ${fresh.count > 0 && html`<button type="button" class="btn btn--sm fresh" onClick=${fresh.toEnd}><${Icon} name="chevron-down" size="sm" />${t("conv.fresh", { n: fresh.count })}</button>`}
  </div>`;
}

function Block({ app, block, row }) {
  if (block.type === "day") return html`<${DayLine} app=${app} moment=${block.moment} />`;
  if (block.type === "event") return html`<${EventLine} app=${app} event=${block.message.event} />`;
  return html`<${Group} app=${app} group=${block} row=${row} />`;
}

/**
 * Who reads at the end stays at the end; who reads further up is told how much came below, and is
 * not moved. What has been on screen at the end counts as read.
 */
function usePlace(box, app, ticket, messages, thread, typing) {
  const { store } = app;
  const newest = messages[messages.length - 1];
  const newestSeq = thread?.messages[thread.messages.length - 1]?.seq ?? 0;
  const firstKey = messages[0]?.seq;
  const place = useRef({ atEnd: true, height: 0, firstKey, newestKey: "", readSeq: 0 });
  const [count, setCount] = useState(0);

  useLayoutEffect(() => {
    const element = box.current;
    const was = place.current;
    const grewAbove = was.firstKey !== undefined && firstKey !== undefined && firstKey < was.firstKey;
    const mine = newest && newest.seq === undefined && newest.ref !== was.newestKey;
    if (was.atEnd || mine) element.scrollTop = element.scrollHeight;
    else if (grewAbove) element.scrollTop += element.scrollHeight - was.height;
    Object.assign(was, { height: element.scrollHeight, firstKey, newestKey: newest?.ref, atEnd: isAtEnd(element) });
    if (was.atEnd) was.readSeq = newestSeq;
    setCount((thread?.messages ?? []).filter((m) => m.seq > was.readSeq && m.author.kind !== "contact" && m.kind === "reply").length);
  }, [newest?.ref, newestSeq, firstKey, messages.length, typing]);

  const shown = store.shown.value;
  useEffect(() => {
    const look = () => {
      if (shown && newestSeq && place.current.atEnd && document.visibilityState === "visible") store.sawUpTo(ticket, newestSeq);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  });

  // The frame was hidden while messages came: there was no height to scroll in.
  useEffect(() => {
    const element = box.current;
    if (element && shown && place.current.atEnd) element.scrollTop = element.scrollHeight;
  }, [shown]);

  function scrolled() {
    const element = box.current;
    if (!element) return; // the last scroll of a thread that has been left
    place.current.atEnd = isAtEnd(element);
    place.current.height = element.scrollHeight;
    if (place.current.atEnd) {
      place.current.readSeq = newestSeq;
      setCount(0);
      if (shown) store.sawUpTo(ticket, newestSeq);
    }
    if (element.scrollTop < NEAR_TOP && thread?.more) store.older(ticket);
  }

  function toEnd() {
    box.current.scrollTop = box.current.scrollHeight;
    box.current.focus();
  }

  return { count, scrolled, toEnd };
}
