// @ts-check
/** Loads the messages of a conversation, one page at a time. */
import * as reduce from "./reduce.js";

export class Threads {
  #loading = "";

  /**
   * @param {import("./api.js").Api} api
   * @param {{value: reduce.State}} state
   * @param {(error: any) => void} fail
   */
  constructor(api, state, fail) {
    this.api = api;
    this.state = state;
    this.fail = fail;
  }

  /** The newest page. @param {string} ticket */
  async fetch(ticket) {
    const page = await this.api.get(`tickets/${ticket}/`);
    this.state.value = reduce.withThread(this.state.value, ticket, page, Date.now());
  }

  /** @param {string} ticket */
  reload(ticket) {
    return this.#alone(ticket, () => this.fetch(ticket));
  }

  /** @param {string} ticket */
  older(ticket) {
    const thread = this.state.value.threads[ticket];
    if (!thread?.more) return;
    return this.#alone(ticket, async () => {
      const page = await this.api.get(`tickets/${ticket}/messages/?before=${thread.messages[0].seq}`);
      this.state.value = reduce.withOlder(this.state.value, ticket, page);
    });
  }

  async #alone(ticket, load) {
    if (this.#loading === ticket) return;
    this.#loading = ticket;
    try {
      await load();
    } catch (error) {
      this.fail(error);
    } finally {
      this.#loading = "";
    }
  }
}
