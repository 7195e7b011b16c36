// @ts-check
/** Files that are being attached in the console, by conversation and mode. */
import { newRef } from "../shared/dom.js";
import { openLightbox } from "../shared/lightbox.js";
import { Uploads } from "../shared/uploads.js";
import { t } from "./i18n.js";
import { Icon } from "./parts/icon.js";
import { services } from "./services.js";
import { signal } from "./view.js";

const MB = 1024 * 1024;

/** Counts what happens to them: whoever draws them reads it. */
export const changes = signal(0);

export const uploads = new Uploads({
  send: (file, progressed, signal) => services.api.upload(file, progressed, signal),
  discard: (id) => void services.api.discardFile(id).catch(() => {}), // a sweep finds it otherwise
  newRef,
  limit: Infinity, // until the page has said what the server takes
});
uploads.listen(() => (changes.value += 1));

/** @param {number} megabytes what the server takes */
export function setFileLimit(megabytes) {
  uploads.options.limit = megabytes * MB;
}

/** @param {string} ticket @param {string} mode */
export const placeOf = (ticket, mode) => `${ticket}:${mode}`;

/** @param {any} file */
export const openPicture = (file) => openLightbox(file, { t, Icon, within: document.body });
