// @ts-check
/** For those who look closer: loaded with the first picture that is opened. */
export { openLightbox as default } from "../shared/lightbox.js";
