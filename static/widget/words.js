// @ts-check
/** Times and waits in sentences. Pure. */
import { clockTime, nearDay } from "../shared/time.js";

/** "Monday, 09:00", in the visitor's own zone. */
export const dayAt = ({ t, lang }, moment, now = new Date()) => t("time.dayAt", { day: nearDay(lang, moment, now), time: clockTime(lang, moment) });

/** "4 to 6 min". @param {(key: string, values?: any) => string} t @param {{low: number, high: number}} wait minutes */
export function range(t, { low, high }) {
  if (low === 0) return t("queue.under", { n: high });
  return low === high ? t("queue.about", { n: high }) : t("queue.eta", { low, high });
}

/** @param {(key: string, values?: any) => string} t @param {{ahead: number}} place */
export const ahead = (t, place) => (place.ahead > 0 ? t("queue.ahead", { n: place.ahead }) : t("queue.next"));

/** What a person who does not see the screen is told of his place; another text only when it has moved. */
export const placeSentence = (t, place) => [ahead(t, place), place.wait && t("queue.expect", { range: range(t, place.wait) })].filter(Boolean).join(". ");

/** When a left message is answered; "" when nothing is promised. */
export const replyBy = (app) => {
  const { reply_by: moment } = app.store.state.value.inbox.absence;
  return moment ? app.t("off.reply", { when: dayAt(app, moment) }) : app.t("off.replyMail");
};

/** "today between 15:30 and 16:00", as a whole sentence. */
export const callSentence = ({ t, lang }, { starts_at: from, ends_at: to }) =>
  t("cb.done", { day: nearDay(lang, from), from: clockTime(lang, from), to: clockTime(lang, to) });
