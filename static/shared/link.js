// @ts-check
/** The only file that knows WebSocket: text frames in and out, one JSON object each. */

/**
 * @typedef {object} LinkHandlers
 * @property {() => void} onOpen
 * @property {(frame: any) => void} onFrame
 * @property {(code: number, reason: string) => void} onClose called once, also when it never opened
 */

export class SocketLink {
  #socket;
  #done = false;

  /** @param {typeof WebSocket} Socket @param {string} url @param {LinkHandlers} handlers */
  constructor(Socket, url, handlers) {
    const finish = (code, reason) => {
      if (this.#done) return;
      this.#done = true;
      handlers.onClose(code, reason);
    };
    try {
      this.#socket = new Socket(url);
    } catch {
      // A policy of the page may forbid sockets; that is an ordinary failed attempt.
      queueMicrotask(() => finish(1006, ""));
      return;
    }
    this.#socket.onopen = () => this.#done || handlers.onOpen();
    this.#socket.onmessage = (message) => this.#done || handlers.onFrame(JSON.parse(message.data));
    this.#socket.onclose = (event) => finish(event.code, event.reason);
    this.finish = finish;
  }

  /** @param {object} frame */
  send(frame) {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(frame));
  }

  /** A dead network answers no close handshake, so the end is told at once. */
  close(code = 1000) {
    this.#socket?.close(code);
    this.finish?.(code, "");
  }
}
