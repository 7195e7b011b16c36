// @ts-check
/** What the screen is about: nothing here is the server's business. */
import { signal } from "./view.js";

/** The list on screen and the conversation opened from it. */
export const view = signal("mine");
export const ticket = signal(/** @type {string|null} */ (null));

/** The inbox to come back to from the solved ones. */
export const openView = signal("mine");

/** How the list and the conversation fare: what the four states of a view are drawn from. */
export const listStatus = signal(/** @type {"loading"|"ready"|"error"} */ ("loading"));
export const threadStatus = signal(/** @type {"loading"|"ready"|"error"|"missing"} */ ("loading"));
export const loadingMore = signal(false);
export const loadingOlder = signal(false);

/** Details stand beside the conversation on wide screens and over it on narrow ones. */
export const detailsOpen = signal(false);
export const detailsHidden = signal(false);

/** Which menu is open, by name, so that a key can open it too. */
export const menu = signal(/** @type {string|null} */ (null));

/** The question on screen, if any. */
export const dialog = signal(/** @type {Dialog|null} */ (null));
/** @typedef {{title: string, text: string, confirm: string, onConfirm: () => void}} Dialog */

export const helpOpen = signal(false);

export const connection = signal(/** @type {import("../shared/socket.js").Status} */ ("connecting"));
/** Since when what is shown may be old; null while it is true. */
export const offlineSince = signal(/** @type {string|null} */ (null));
/** What the last catching-up brought, for the banner. */
export const caughtUp = signal(/** @type {{messages: number}|null} */ (null));

/** What was unread when this conversation was opened, or came while I was away: under the "New" line. */
export const readLine = signal(/** @type {import("./store/blocks.js").ReadLine|null} */ (null));

/** Whether the newest message is on screen. */
export const atEnd = signal(true);

/** Reply or note; always reply after opening a conversation. */
export const mode = signal(/** @type {"reply"|"note"} */ ("reply"));

/** Where the keyboard is wanted next; the part that has it takes it and clears the wish. */
export const focusWish = signal(/** @type {string|null} */ (null));

/** Said once by the status region. */
export const announcement = signal("");

/** Minutes pass: times and presence are drawn anew. */
export const clock = signal(Date.now());

export const pageVisible = signal(true);

/** The log is not read out for a moment: a burst is announced as a number instead. */
export const quietLog = signal(false);
