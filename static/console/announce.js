// @ts-check
/** The one status region: what is worth saying aloud, and not more often than one can listen. */
import { effect } from "./view.js";
import { t } from "./i18n.js";
import { bannerOf } from "./panes/banner.js";
import { burstCounter } from "../shared/bursts.js";
import { contactTyping } from "./store/select.js";
import { state } from "./store/store.js";
import * as ui from "./ui.js";

const EVERY_MS = 5_000;
const TYPING_AFTER_MS = 2_000;
const QUIET_MS = 2_500;

let lastAt = 0;
/** @type {any} */
let waiting;

/** @param {string} text */
function say(text) {
  clearTimeout(waiting);
  const pause = Math.max(0, lastAt + EVERY_MS - Date.now());
  waiting = setTimeout(() => {
    lastAt = Date.now();
    ui.announcement.value = text;
  }, pause);
}

const countBurst = burstCounter();

/** A customer's message in the open conversation is read by the log itself, a burst of them is not. */
export function heardMessage() {
  const many = countBurst();
  if (!many) return;
  ui.quietLog.value = true;
  setTimeout(() => (ui.quietLog.value = false), QUIET_MS);
  say(t("announce.burst", { n: many }));
}

export function startAnnouncing() {
  effect(() => {
    const banner = bannerOf(ui.connection.value, ui.offlineSince.value, ui.caughtUp.value);
    if (banner) say(banner.text);
  });
  /** @type {any} */
  let timer;
  let wasTyping = false;
  effect(() => {
    const id = ui.ticket.value;
    const row = id ? state.value.rows[id] : undefined;
    const typing = Boolean(id && contactTyping(state.value, id));
    if (typing === wasTyping) return;
    wasTyping = typing;
    clearTimeout(timer);
    if (typing && row) timer = setTimeout(() => say(t("typing", { name: row.contact.name })), TYPING_AFTER_MS);
  });
}
