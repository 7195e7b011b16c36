// @ts-check
/** The two ways to the server; given once by main.js before anything is drawn. */

/** @type {{api: ReturnType<typeof import("./api.js").createApi>, live: import("../shared/socket.js").Live, csrf: string, signOut: string}} */
// @ts-expect-error filled before use
export const services = {};
