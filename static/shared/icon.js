// @ts-check
import { html } from "./view.js";

/**
 * The icon component over one set of paths: `static/icons/widget.js` or `static/icons/console.js`.
 * @param {Record<string, string>} paths
 */
export function iconsFrom(paths) {
  /** `label` makes it an image with a name; without one it is decoration. `dir` mirrors right-to-left. */
  return function Icon({ name, size = "", dir = false, label = "", className = "" }) {
    const classes = ["i", size && `i--${size}`, dir && "i--dir", className].filter(Boolean).join(" ");
    const filled = name.endsWith("-filled");
    return html`<svg
      class=${classes}
      viewBox="0 0 24 24"
      role=${label ? "img" : undefined}
      aria-label=${label || undefined}
      aria-hidden=${label ? undefined : "true"}
      fill=${filled ? "currentColor" : undefined}
      stroke=${filled ? "none" : undefined}
    ><path d=${paths[name]} /></svg>`;
  };
}
