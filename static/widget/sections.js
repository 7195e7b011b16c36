// @ts-check
/** In which order the ways to an answer stand (R9). Pure. */

/** When the server has not said otherwise. */
const ORDER = ["faq", "bot", "people"];

/**
 * @param {Record<string, string[]> | undefined} orders by stage
 * @param {string} stage "before", "during" or "after" the purchase
 * @param {Set<string>} there what this widget can show
 */
export const sectionsOf = (orders, stage, there) => (orders?.[stage] ?? orders?.before ?? ORDER).filter((name) => there.has(name));
