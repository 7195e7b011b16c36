// @ts-check
/** The agent's language; one catalogue is loaded, the one he reads. */
import { translator } from "../shared/i18n.js";
import * as time from "../shared/time.js";

export const LANGUAGES = { en: "English", tr: "Türkçe", pl: "Polski" };

let lang = "en";
/** @type {(key: string, values?: Record<string, string|number>) => string} */
let translate = (key) => key;

/** @param {string} wanted */
export async function loadLanguage(wanted) {
  lang = wanted in LANGUAGES ? wanted : "en";
  const { default: catalogue } = await import(`./i18n/${lang}.js`);
  translate = translator(lang, catalogue);
}

/** @param {string} key @param {Record<string, string|number>} [values] */
export const t = (key, values) => translate(key, values);

export const language = () => lang;

/** @param {string} moment */
export const clockTime = (moment) => time.clockTime(lang, moment);
/** @param {string} moment */
export const dayName = (moment) => time.dayName(lang, moment);
/** @param {string} moment */
export const shortMoment = (moment) => time.shortMoment(lang, moment);
/** "Wed, 25 Nov, 15:30–16:00", here or in another time zone. @param {string} from @param {string} to @param {string} [zone] */
export const shortSpan = (from, to, zone) => time.shortSpan(lang, from, to, zone);
export const { dayOf } = time;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** "now", "6 min", then the time or the day: what stands in a list. @param {string} moment @param {number} now */
export function listMoment(moment, now) {
  const ago = now - new Date(moment).getTime();
  if (ago < MINUTE_MS) return t("time.now");
  if (ago < HOUR_MS) return time.elapsed(lang, moment, new Date(now));
  return time.shortMoment(lang, moment, new Date(now));
}

/** The name of a language in the agent's own. @param {string} code */
export function languageName(code) {
  try {
    return new Intl.DisplayNames([lang], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}
