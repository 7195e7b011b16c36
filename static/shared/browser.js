// @ts-check
/** What the page around us knows: the network, attention, and where the server is. */

/** @param {import("./socket.js").Live} live */
export function watchBrowser(live) {
  addEventListener("online", () => live.wake());
  addEventListener("offline", () => live.lost());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && live.wake());
}

/** The address of a socket beside the page's own. @param {string} path */
export function socketUrl(path, { protocol, host } = location) {
  return `${protocol === "https:" ? "wss:" : "ws:"}//${host}${path}`;
}
