// @ts-check
/**
 * Plays recorded frames into the browser's own reducers. Imported by `run.mjs` under Node.js and by
 * a page in Chromium; both hand over the same jobs.
 */
import { applyList, applyThread, comparable, emptyState, reduce } from "../../static/console/store/reduce.js";
import * as widget from "../../static/widget/reduce.js";

const EPHEMERAL = new Set(["queue.position"]);

/** Frames after which the console loads its list anew (`live.js`). */
const loadsAnew = (frame) =>
  frame.type === "config.changed" || (frame.type === "unsubscribed" && !frame.topic.startsWith("ticket:"));

/** What a screen may hear of the same entries: once, each twice, all of them again later. */
const orders = (frames) => {
  const lost = new Set(frames.filter((frame) => frame.type === "unsubscribed").map((frame) => frame.topic));
  const again = frames.filter((frame) => frame.type !== "unsubscribed" && !lost.has(frame.topic) && !EPHEMERAL.has(frame.type));
  return {
    once: frames,
    twice: frames.flatMap((frame) => [frame, frame]),
    again: [...frames, ...again],
    onFresh: again,
  };
};

/** @param {any} screen */
const consoleScreen = ({ me, view, after }) => ({
  load: ({ list, thread }) => {
    const state = applyList(emptyState(me), view, list);
    return thread ? applyThread(state, thread) : state;
  },
  apply: (state, frame) => {
    const next = reduce(state, frame);
    return loadsAnew(frame) ? applyList(next, view, after.list) : next;
  },
  show: (state) => comparable(state, view),
});

/** How long it takes from a place is asked for, not announced. */
const placeOf = (place) => (place ? { position: place.position, ahead: place.ahead } : null);

/** Every note raises a version that visitors do not hear of, so it is left out. @param {any} screen */
const widgetScreen = ({ ticket }) => ({
  load: ({ boot, thread }) => {
    const state = widget.withBoot(widget.empty(), boot, { shown: ticket, after: "reset" });
    return thread ? widget.withThread(state, ticket, thread, 0) : state;
  },
  apply: widget.apply,
  show: (state) => ({
    rows: widget.conversations(state).map(({ version, ...row }) => row),
    messages: state.threads[ticket]?.messages ?? null,
    queue: state.rows[ticket]?.last_author === "agent" ? null : placeOf(state.queue[ticket]),
    surveys: state.surveys.filter((survey) => !widget.isOpen(state.rows[survey.ticket])).map((survey) => survey.id),
    unread: widget.unreadTotal(state),
  }),
});

/** @param {any} job  {kind, before, frames, after, …} @returns {any} what each order shows, and the truth */
export function replay(job) {
  const { load, apply, show } = job.kind === "console" ? consoleScreen(job) : widgetScreen(job);
  const play = (state, frames) => show(frames.reduce(apply, state));
  const { onFresh, ...kept } = orders(job.frames);
  const shown = Object.fromEntries(Object.entries(kept).map(([name, frames]) => [name, play(load(job.before), frames)]));
  return { shown: { ...shown, onFresh: play(load(job.after), onFresh) }, fresh: show(load(job.after)) };
}
