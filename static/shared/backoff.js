// @ts-check
/** How long to wait before the next attempt. */
import { CLOSE } from "./protocol.js";

const FIRST_MS = 500;
const MOST_MS = 30_000;
const SOCKET_AGAIN_MS = 60_000;
const FLOOD_STEPS = 4;

/**
 * Full jitter, so that thousands who lost the same server do not come back together.
 * @param {{failures: number, random: () => number, code?: number, withinMs?: number, polling?: boolean}} attempt
 *   `polling`: HTTP carries us meanwhile, so the socket is tried only now and then.
 */
export function delayMs({ failures, random, code = 0, withinMs = 0, polling = false }) {
  if (code === CLOSE.RESTARTING && withinMs) return withinMs * random();
  if (polling) return SOCKET_AGAIN_MS * (0.5 + random());
  const steps = failures + 1 + (code === CLOSE.TOO_MANY ? FLOOD_STEPS : 0);
  return Math.max(FIRST_MS, Math.min(MOST_MS, FIRST_MS * 2 ** steps) * random());
}
