// @ts-check
/** For those who look closer: loaded with the first picture that is opened. */
export { openLightbox } from "../shared/lightbox.js";
