// @ts-check
/** A screen reader reads what a customer writes; a burst is said as one number instead. */

const WINDOW_MS = 2_000;
const MOST = 3;

/** Answers, for each message that comes, how many came within two seconds if that is too many. */
export function burstCounter(now = () => Date.now()) {
  let moments = /** @type {number[]} */ ([]);
  return () => {
    const moment = now();
    moments = [...moments.filter((each) => moment - each < WINDOW_MS), moment];
    return moments.length > MOST ? moments.length : 0;
  };
}
