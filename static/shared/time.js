// @ts-check
/** Moments in words, in the reader's language and time zone. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Formatters are slow to make. @type {Map<string, any>} */
const made = new Map();

function formatter(Kind, lang, options) {
  const key = `${Kind.name} ${lang} ${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, new Kind(lang, options));
  return made.get(key);
}

/** "14:03", with 24 hours in every language. @param {string} lang @param {Date | string} moment */
export function clockTime(lang, moment) {
  return formatter(Intl.DateTimeFormat, lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(moment));
}

/** A key that two moments share when they fall on the same day here. @param {Date | string} moment */
export function dayOf(moment) {
  const date = new Date(moment);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

function daysBetween(from, to) {
  const midnight = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(to) - midnight(from)) / DAY);
}

/** As it begins a line. @param {string} lang @param {string} text */
export const capitalised = (lang, text) => text.charAt(0).toLocaleUpperCase(lang) + text.slice(1);

/** "Today", "Yesterday", "Monday, 23 November"; the year only when it is another. */
export function dayName(lang, moment, now = new Date()) {
  const date = new Date(moment);
  const ago = daysBetween(date, now);
  if (ago === 0 || ago === 1) {
    return capitalised(lang, formatter(Intl.RelativeTimeFormat, lang, { numeric: "auto" }).format(-ago, "day"));
  }
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
  return capitalised(lang, formatter(Intl.DateTimeFormat, lang, { weekday: "long", day: "numeric", month: "long", ...year }).format(date));
}

/** As it stands within a sentence: "today", "tomorrow", "Monday" within the week, else "8 December". */
export function nearDay(lang, moment, now = new Date()) {
  const date = new Date(moment);
  const ahead = daysBetween(now, date);
  if (ahead === 0 || ahead === 1) return formatter(Intl.RelativeTimeFormat, lang, { numeric: "auto" }).format(ahead, "day");
  const options = ahead > 1 && ahead < 7 ? { weekday: "long" } : { day: "numeric", month: "long" };
  return formatter(Intl.DateTimeFormat, lang, options).format(date);
}

/** For lists: the time today, a weekday within the week, else a date. */
export function shortMoment(lang, moment, now = new Date()) {
  const date = new Date(moment);
  const ago = daysBetween(date, now);
  if (ago === 0) return clockTime(lang, date);
  if (ago > 0 && ago < 7) return formatter(Intl.DateTimeFormat, lang, { weekday: "short" }).format(date);
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
  return formatter(Intl.DateTimeFormat, lang, { day: "numeric", month: "short", ...year }).format(date);
}

/** "Wed, 25 Nov, 15:30–16:00" in a time zone, or here if it is none we know. */
export function shortSpan(lang, from, to, zone) {
  const shown = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const span = (options) => formatter(Intl.DateTimeFormat, lang, options).formatRange(new Date(from), new Date(to));
  try {
    return span({ ...shown, timeZone: zone });
  } catch {
    return span(shown);
  }
}

/** "5 min", "2 hr": how long since, in the largest unit that fits. */
export function elapsed(lang, moment, now = new Date()) {
  const ms = Math.max(0, now.getTime() - new Date(moment).getTime());
  const [value, unit] = ms < HOUR ? [ms / MINUTE, "minute"] : ms < DAY ? [ms / HOUR, "hour"] : [ms / DAY, "day"];
  return formatter(Intl.NumberFormat, lang, { style: "unit", unit, unitDisplay: "short" }).format(Math.floor(value));
}
