// @ts-check
/** What can be said of a visit in a few words. */

/** The path alone: hosts are known, queries are noise. @param {string} url */
export function pathOf(url) {
  try {
    return decodeURI(new URL(url).pathname);
  } catch {
    return "";
  }
}

/** Where from: the other site's name, or the path when it is the same one. @param {string} referrer @param {string} url */
export function cameFrom(referrer, url) {
  try {
    const from = new URL(referrer);
    return from.host === new URL(url).host ? pathOf(referrer) : from.host.replace(/^www\./, "");
  } catch {
    return "";
  }
}

// The order matters: Edge and Opera also call themselves Chrome, Chrome calls itself Safari.
const BROWSERS = [["Edg", "Edge"], ["OPR", "Opera"], ["SamsungBrowser", "Samsung Internet"], ["Firefox", "Firefox"], ["FxiOS", "Firefox"], ["CriOS", "Chrome"], ["Chrome", "Chrome"], ["Safari", "Safari"]];
const SYSTEMS = [["iPhone", "iPhone"], ["iPad", "iPad"], ["Android", "Android"], ["Windows", "Windows"], ["CrOS", "ChromeOS"], ["Mac OS X", "macOS"], ["Linux", "Linux"]];

/** @param {string[][]} names @param {string} agent */
const find = (names, agent) => names.find(([token]) => agent.includes(token))?.[1];

/** "Chrome, Android". @param {string} userAgent */
export const deviceOf = (userAgent) => [find(BROWSERS, userAgent), find(SYSTEMS, userAgent)].filter(Boolean).join(", ");

/** Only what a browser may safely follow. @param {string} url */
export const isWebAddress = (url) => /^https?:\/\//i.test(url);
