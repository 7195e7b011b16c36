// @ts-check
/**
 * Hearing before loading: a snapshot is only safe when the events after it are already coming in.
 */
import { services } from "../services.js";

/** With the socket down nobody answers; the replay after the next welcome covers the wait. */
const PATIENCE_MS = 600;

const answered = /** @type {Set<string>} */ (new Set());
let waiting = /** @type {{topics: string[], done: () => void}[]} */ ([]);

/** @param {string[]} topics */
const isAnswered = (topics) => topics.every((topic) => answered.has(topic));

/** @param {{type: string, granted?: string[], refused?: string[], topic?: string}} frame */
export function onSubscription(frame) {
  for (const topic of [...(frame.granted ?? []), ...(frame.refused ?? [])]) answered.add(topic);
  if (frame.type === "unsubscribed" && frame.topic) answered.delete(frame.topic);
  const done = waiting.filter((each) => isAnswered(each.topics));
  waiting = waiting.filter((each) => !done.includes(each));
  for (const each of done) each.done();
}

/** A new connection subscribes anew. */
export const onConnectionLost = () => answered.clear();

/**
 * Subscribes; resolves when the server has said yes or no, or after a short while.
 * @param {string[]} topics
 * @returns {Promise<boolean>} whether any of them was new
 */
export function hear(topics) {
  if (isAnswered(topics)) return Promise.resolve(false);
  services.live.subscribe(topics);
  // Over HTTP every poll names its topics; there is no answer to wait for.
  if (services.live.status === "fallback") return Promise.resolve(true);
  return new Promise((resolve) => {
    const entry = { topics, done: () => resolve(true) };
    waiting.push(entry);
    setTimeout(() => {
      waiting = waiting.filter((each) => each !== entry);
      resolve(true);
    }, PATIENCE_MS);
  });
}

/** @param {string[]} topics */
export function stopHearing(topics) {
  for (const topic of topics) answered.delete(topic);
  services.live.unsubscribe(topics);
}
