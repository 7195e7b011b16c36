// @ts-check
/** How large everything is written: the style sheets measure in rem, so one number is enough. */

/** In percent of what the browser is set to. */
export const SIZES = { normal: 100, large: 115, larger: 130 };

/** @param {import("../shared/keep.js").Keep} keep @returns {keyof typeof SIZES} */
export const textSize = (keep) => {
  const kept = keep.get("text-size");
  return kept in SIZES ? kept : "normal";
};

/** @param {import("../shared/keep.js").Keep} keep @param {keyof typeof SIZES} size */
export function setTextSize(keep, size) {
  keep.set("text-size", size === "normal" ? null : size);
  applyTextSize(keep);
}

/** @param {import("../shared/keep.js").Keep} keep */
export function applyTextSize(keep) {
  const size = textSize(keep);
  document.documentElement.style.fontSize = size === "normal" ? "" : `${SIZES[size]}%`;
}
