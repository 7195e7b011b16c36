// @ts-check
/** What the widget knows and can do. Views read the signals and call the actions. */
import { socketUrl, watchBrowser } from "../shared/browser.js";
import { newRef } from "../shared/dom.js";
import { Outbox } from "../shared/outbox.js";
import * as wire from "../shared/protocol.js";
import { Live } from "../shared/socket.js";
import { Api } from "./api.js";
import * as reduce from "./reduce.js";

const TYPING_GONE_MS = 6_000;
const FRESH_MS = 60_000;

/**
 * A value whose change redraws.
 * @template T @param {T} value @param {() => void} changed @returns {{value: T}}
 */
function cell(value, changed) {
  return {
    get value() {
      return value;
    },
    set value(next) {
      if (next === value) return;
      value = next;
      changed();
    },
  };
}

/** @typedef {{name: "home"} | {name: "chat" | "rating", ticket: string | null}} View */

export class Store {
  #listeners = /** @type {Set<() => void>} */ (new Set());
  #told = false;
  #changed = () => this.#tellLater();

  state = cell(reduce.empty(), this.#changed);
  /** Of the connection. */
  status = cell("connecting", this.#changed);
  /** Whether the snapshot is there: "loading", "ready", "failed", "refused" or "outdated". */
  phase = cell("loading", this.#changed);
  pending = cell(/** @type {import("../shared/outbox.js").Entry[]} */ ([]), this.#changed);
  view = cell(/** @type {View} */ ({ name: "home" }), this.#changed);
  /** Who is typing, by ticket. */
  typing = cell(/** @type {Record<string, string>} */ ({}), this.#changed);
  /** Whether the panel is on screen. */
  shown = cell(false, this.#changed);
  /** What went wrong last, in words or as the key of a text. */
  problem = cell("", this.#changed);

  #typingTimers = /** @type {Record<string, any>} */ ({});
  #typedAt = 0;
  #bootedAt = 0;
  #page = /** @type {any} */ (null);
  #loadingThread = "";
  #starting = false;

  /**
   * @param {any} config what the server wrote into the page
   * @param {import("../shared/keep.js").Keep} keep
   * @param {{message: (ticket: string, message: any) => void}} heard called for what others wrote, as it comes
   */
  constructor(config, keep, heard) {
    this.config = config;
    this.keep = keep;
    this.heard = heard;
    this.api = new Api(config.visitor_api, () => keep.get("token"));
    this.live = new Live({
      url: socketUrl(config.ws),
      fallbackUrl: config.live,
      credentials: () => ({ token: keep.get("token") }),
      headers: () => this.api.headers(),
      open: () => this.#newestSeqs(),
      handlers: {
        event: (event) => this.#event(event),
        status: (status) => (this.status.value = status),
        reset: () => this.#load("reset"),
        unauthorized: () => this.#forgetMe(),
        refused: () => (this.phase.value = "outdated"),
      },
    });
    watchBrowser(this.live);
    this.outbox = new Outbox({
      keep,
      newRef,
      send: (frame) => this.live.request(frame),
      changed: (entries) => (this.pending.value = entries),
      acknowledged: (entry, ack) => this.#acknowledged(entry, ack),
    });
  }

  get unread() {
    return reduce.unreadTotal(this.state.value);
  }

  /** Whether something may still come that is worth waiting for in the background. */
  get talking() {
    return this.pending.value.length > 0 || Object.values(this.state.value.rows).some(reduce.isOpen);
  }

  /** @param {() => void} listener called once a turn, however much has changed */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tellLater() {
    if (this.#told) return;
    this.#told = true;
    queueMicrotask(() => {
      this.#told = false;
      for (const listener of this.#listeners) listener();
    });
  }

  // ---- coming and going -------------------------------------------------------------------

  /** A visitor without a token becomes somebody only when he opens the panel. */
  async start() {
    if (this.#starting || (!this.keep.get("token") && !this.shown.value)) return;
    this.#starting = true;
    try {
      await this.#identify();
      const at = await this.#load("reset");
      this.phase.value = "ready";
      this.#reopen();
      this.outbox.restore();
      this.live.connect(at);
    } catch (error) {
      this.phase.value = error.status === 403 || error.status === 404 ? "refused" : "failed";
    }
    this.#starting = false;
  }

  show(on) {
    this.shown.value = on;
    if (!on) return;
    if (this.phase.value !== "ready") this.start();
    else if (Date.now() - this.#bootedAt > FRESH_MS) this.#look();
  }

  setPage(page) {
    this.#page = page;
    if (page) this.live.keepTelling("page", wire.page(page));
  }

  async #identify() {
    if (this.keep.get("token")) return;
    const { token } = await this.api.post("session/");
    this.keep.set("token", token);
  }

  /** The token was revoked or has run out: we are somebody new, and the screen says nothing else. */
  async #forgetMe() {
    this.keep.set("token", null);
    this.state.value = reduce.empty();
    this.phase.value = "loading";
    this.home();
    await this.start();
  }

  /** Who is online and the like is not announced, so it is asked again now and then. */
  #look() {
    this.#load("look").catch((error) => this.#fail(error));
  }

  /** The snapshot, and the thread on screen with it. @returns {Promise<string | null>} its `at` */
  async #load(after) {
    const boot = await this.api.get(`boot/?lang=${this.config.lang}`).catch(async (error) => {
      if (error.status !== 401) throw error;
      this.keep.set("token", null);
      await this.#identify();
      return this.api.get(`boot/?lang=${this.config.lang}`);
    });
    this.#bootedAt = Date.now();
    const open = this.#shownTicket();
    this.state.value = reduce.withBoot(this.state.value, boot, { shown: open, after });
    if (open && this.state.value.rows[open]) await this.#fetchThread(open);
    return boot.at;
  }

  #reopen() {
    const ticket = this.keep.get("view");
    const known = ticket && (this.state.value.rows[ticket] || this.outbox.waiting(ticket).length);
    if (known) this.open(ticket);
  }

  // ---- where we are -------------------------------------------------------------------------

  home() {
    this.#go({ name: "home" });
  }

  /** @param {string | null} ticket null: a conversation that begins with the first message */
  open(ticket) {
    this.#go({ name: "chat", ticket });
    if (ticket && this.state.value.rows[ticket] && !this.state.value.threads[ticket]?.whole) this.reloadThread(ticket);
  }

  rate(ticket) {
    this.#go({ name: "rating", ticket });
  }

  #go(view) {
    this.view.value = view;
    this.problem.value = "";
    this.keep.set("view", view.ticket ?? null);
  }

  #shownTicket() {
    const view = this.view.value;
    return view.name === "home" ? null : view.ticket;
  }

  // ---- the thread -----------------------------------------------------------------------------

  /** @param {string} ticket */
  async reloadThread(ticket) {
    if (this.#loadingThread === ticket) return;
    this.#loadingThread = ticket;
    try {
      await this.#fetchThread(ticket);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#loadingThread = "";
    }
  }

  async #fetchThread(ticket) {
    const page = await this.api.get(`tickets/${ticket}/`);
    this.state.value = reduce.withThread(this.state.value, ticket, page);
  }

  /** @param {string} ticket */
  async older(ticket) {
    const thread = this.state.value.threads[ticket];
    if (!thread?.more || this.#loadingThread === ticket) return;
    this.#loadingThread = ticket;
    try {
      const page = await this.api.get(`tickets/${ticket}/messages/?before=${thread.messages[0].seq}`);
      this.state.value = reduce.withOlder(this.state.value, ticket, page);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#loadingThread = "";
    }
  }

  /** Everything up to here has been on screen. @param {string} ticket @param {number} seq */
  sawUpTo(ticket, seq) {
    if ((this.state.value.rows[ticket]?.contact_seen_seq ?? Infinity) >= seq) return;
    this.state.value = reduce.withSeen(this.state.value, ticket, seq);
    this.live.keepTelling(`read ${ticket}`, wire.read(ticket, seq));
  }

  // ---- writing --------------------------------------------------------------------------------

  /** @param {string} body */
  send(body) {
    const ticket = this.#shownTicket();
    const start = { language: this.config.lang, page: this.#page ?? {} };
    const entry = this.outbox.add(ticket ? { ticket, body } : { start, body });
    this.#typedAt = 0;
    if (!ticket) this.#go({ name: "chat", ticket: entry.ticket });
  }

  /** @param {boolean} on */
  typed(on) {
    const ticket = this.#shownTicket();
    if (!ticket || !this.state.value.rows[ticket]) return;
    const now = Date.now();
    if (on && now - this.#typedAt < wire.TYPING_EVERY_MS) return;
    if (!on && !this.#typedAt) return;
    this.#typedAt = on ? now : 0;
    this.live.tell(wire.typing(ticket, on));
  }

  #acknowledged(entry, ack) {
    this.state.value = reduce.withAck(this.state.value, entry, ack);
    if (this.#shownTicket() === entry.ticket && entry.start) this.#go({ ...this.view.value, ticket: ack.ticket });
  }

  // ---- the end and the rating -------------------------------------------------------------------

  /** @param {string} ticket */
  async end(ticket) {
    try {
      const { row } = await this.api.post(`tickets/${ticket}/end/`);
      this.state.value = reduce.apply(this.state.value, { type: "ticket.changed", row });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @returns {Promise<string>} the server's thanks; throws what it refuses */
  async answerSurvey(id, score, comment) {
    const { thanks } = await this.api.post(`surveys/${id}/`, { score, comment });
    this.state.value = reduce.withoutSurvey(this.state.value, id);
    return thanks;
  }

  skipSurvey(id) {
    this.state.value = reduce.withoutSurvey(this.state.value, id);
  }

  // ---- what comes in --------------------------------------------------------------------------

  #event(event) {
    if (event.type === "ticket.typing") return this.#heardTyping(event);
    if (event.type === "config.changed") return this.#look();
    this.state.value = reduce.apply(this.state.value, event);
    if (event.type === "message.created") this.#heardMessage(event);
    if (event.type === "survey.offered" && event.ticket === this.#shownTicket()) this.rate(event.ticket);
    this.#leaveRatingIfReopened();
  }

  /** An agent took the end back: the conversation goes on. */
  #leaveRatingIfReopened() {
    const { name, ticket } = this.view.value;
    const row = name === "rating" && this.state.value.rows[ticket];
    if (row && reduce.isOpen(row)) this.open(ticket);
  }

  #heardMessage({ ticket, message }) {
    const thread = this.state.value.threads[ticket];
    if (thread && !thread.whole) this.reloadThread(ticket);
    if (message.author.kind === "contact") return;
    this.#setTyping(ticket, "");
    this.heard.message(ticket, message);
  }

  #heardTyping({ ticket, who, on }) {
    if (who.kind === "contact") return;
    this.#setTyping(ticket, on ? who.name : "");
  }

  #setTyping(ticket, name) {
    clearTimeout(this.#typingTimers[ticket]);
    if (name) this.#typingTimers[ticket] = setTimeout(() => this.#setTyping(ticket, ""), TYPING_GONE_MS);
    if ((this.typing.value[ticket] ?? "") !== name) this.typing.value = { ...this.typing.value, [ticket]: name };
  }

  #newestSeqs() {
    const newest = ([id, { messages }]) => [id, messages[messages.length - 1]?.seq ?? 0];
    return Object.fromEntries(Object.entries(this.state.value.threads).map(newest));
  }

  #fail(error) {
    this.problem.value = error.message || "err.load";
  }
}
