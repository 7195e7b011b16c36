/** A clock, sockets and a server for tests of the connection: nothing here waits for real time. */

export class Clock {
  now = 0;
  timers = [];

  setTimeout = (run, ms) => {
    const timer = { at: this.now + ms, run };
    this.timers.push(timer);
    return timer;
  };

  clearTimeout = (timer) => {
    this.timers = this.timers.filter((other) => other !== timer);
  };

  /** Moves on and runs what falls due, in order. */
  async pass(ms) {
    const end = this.now + ms;
    for (;;) {
      const due = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.now = due.at;
      this.clearTimeout(due);
      due.run();
      await settle();
    }
    this.now = end;
    await settle();
  }
}

/** Lets promises that are already decided run their course. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A class of sockets; `sockets.at(-1)` is the newest. */
export function fakeSockets() {
  const sockets = [];
  class FakeSocket {
    readyState = 0;
    sent = [];

    constructor(url) {
      this.url = url;
      sockets.push(this);
    }

    send(text) {
      this.sent.push(JSON.parse(text));
    }

    close(code) {
      this.readyState = 3;
      this.closedWith = code;
    }

    // ---- what the server does ----
    open() {
      this.readyState = 1;
      this.onopen();
    }

    says(frame) {
      this.onmessage({ data: JSON.stringify(frame) });
    }

    drops(code = 1006, reason = "") {
      this.readyState = 3;
      this.onclose({ code, reason });
    }

    sentOf(type) {
      return this.sent.filter((frame) => frame.type === type);
    }
  }
  return { sockets, FakeSocket };
}

/** A fetch that answers by the last part of the address. */
export function fakeFetch(answers) {
  const calls = [];
  const fetch = (url, { body, headers, signal }) => {
    const name = url.split("/").pop();
    calls.push({ name, body: JSON.parse(body), headers });
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error("aborted")));
      const answer = answers[name](JSON.parse(body), calls);
      if (answer === undefined) return; // the long poll waits
      if (answer instanceof Error) reject(answer);
      else resolve({ ok: answer.status === undefined, status: answer.status ?? 200, json: async () => answer });
    });
  };
  return { fetch, calls };
}
