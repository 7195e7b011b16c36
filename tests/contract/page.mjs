// @ts-check
/** The page that `run_chromium.py` opens. */
import { replay } from "./replay.mjs";

Object.assign(globalThis, { replay });
