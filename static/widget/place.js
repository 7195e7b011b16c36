// @ts-check
/**
 * Where one reads. Who reads at the end stays at the end; who reads further up is told how much came
 * below, and is not moved. What came while nobody looked begins under a line.
 */
import { isAtEnd } from "../shared/dom.js";
import { useEffect, useLayoutEffect, useRef, useState } from "../shared/view.js";

const NEAR_TOP = 80;
const ABOVE_LINE = 12;

const isNews = (message) => message.author.kind !== "contact" && message.kind === "reply";

/** What of others came after a number. @param {any[]} known @param {number} seq */
export const newsAfter = (known, seq) => known.filter((message) => message.seq > seq && isNews(message));

/** The message that the line stands before. @param {any[]} known @param {number | null} line the number of the last one read before */
export const firstNew = (known, line) => (line === null ? undefined : known.find((message) => message.seq > line && isNews(message)));

/**
 * @param {{current: HTMLElement | null}} box what scrolls
 * @param {any} app
 * @param {string} ticket
 * @param {object} what
 * @param {any[]} what.messages all that is drawn
 * @param {any[]} what.known those of them that have a number
 * @param {any} what.typing
 * @param {(() => void) | undefined | false} what.older loads what was written before, if anything was
 */
export function usePlace(box, app, ticket, { messages, known, typing, older }) {
  const { store } = app;
  const newest = messages[messages.length - 1];
  const newestSeq = known[known.length - 1]?.seq ?? 0;
  const firstKey = messages[0]?.seq;
  const row = store.state.value.rows[ticket];
  const shown = store.shown.value;
  const place = useRef({ atEnd: true, begun: false, toLine: false, height: 0, firstKey, newestKey: newest?.ref, readSeq: row?.contact_seen_seq ?? 0, unread: 0 });
  const [count, setCount] = useState(0);
  const [line, setLine] = useState(/** @type {number | null} */ (null));

  /** What has been on screen at the end counts as read. */
  function look() {
    const was = place.current;
    if (was.atEnd && shown && document.visibilityState === "visible") {
      was.readSeq = Math.max(was.readSeq, newestSeq);
      if (newestSeq) store.sawUpTo(ticket, newestSeq);
    }
    const unread = newsAfter(known, was.readSeq).length;
    if (unread && !was.unread) setLine(was.readSeq);
    was.unread = unread;
    setCount(unread);
  }

  useLayoutEffect(() => {
    const element = /** @type {HTMLElement} */ (box.current);
    const was = place.current;
    const grewAbove = was.firstKey !== undefined && firstKey !== undefined && firstKey < was.firstKey;
    const mine = newest && newest.seq === undefined && newest.ref !== was.newestKey;
    // Opened, or come back to: on to the first message that nobody has seen.
    const returns = known.length > 0 && shown && !was.begun;
    if (mine) setLine(null);
    was.toLine = returns && !mine && newsAfter(known, was.readSeq).length > 0;
    if (was.toLine) setLine(was.readSeq);
    else if (was.atEnd || mine) element.scrollTop = element.scrollHeight;
    else if (grewAbove) element.scrollTop += element.scrollHeight - was.height;
    was.begun = shown && (was.begun || known.length > 0);
    // Where the line stands is known, and seen, once it is drawn.
    Object.assign(was, { height: element.scrollHeight, firstKey, newestKey: newest?.ref, atEnd: !was.toLine && isAtEnd(element) });
    look();
  }, [newest?.ref, newestSeq, firstKey, messages.length, typing, shown]);

  useLayoutEffect(() => {
    const element = /** @type {HTMLElement} */ (box.current);
    const mark = /** @type {HTMLElement | null} */ (element.querySelector(".day--new"));
    if (!mark || !place.current.toLine) return;
    place.current.toLine = false;
    element.scrollTop += mark.getBoundingClientRect().top - element.getBoundingClientRect().top - ABOVE_LINE;
    place.current.atEnd = isAtEnd(element);
    look();
  }, [line, shown]);

  useEffect(() => {
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  });

  function scrolled() {
    const element = box.current;
    if (!element) return; // the last scroll of a thread that has been left
    Object.assign(place.current, { atEnd: isAtEnd(element), height: element.scrollHeight });
    look();
    if (element.scrollTop < NEAR_TOP && older) older();
  }

  function toEnd() {
    const element = /** @type {HTMLElement} */ (box.current);
    element.scrollTop = element.scrollHeight;
    element.focus();
  }

  return { count, line, scrolled, toEnd };
}
