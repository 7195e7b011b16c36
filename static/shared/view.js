// @ts-check
/** The one door to the view library: htm bound to Preact, and its hooks. */
import htm from "../vendor/htm.js";
import { Fragment, h, render } from "../vendor/preact.js";

export const html = htm.bind(h);
export { Fragment, h, render };
export { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "../vendor/preact-hooks.js";
