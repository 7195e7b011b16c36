// @ts-check
/** What the widget knows and can do. Views read the signals and call the actions. */
import { socketUrl, watchBrowser } from "../shared/browser.js";
import { cell } from "../shared/cell.js";
import { newRef } from "../shared/dom.js";
import { Outbox } from "../shared/outbox.js";
import * as wire from "../shared/protocol.js";
import { Live } from "../shared/socket.js";
import { Api } from "./api.js";
import { Identity } from "./identity.js";
import * as reduce from "./reduce.js";
import * as route from "./route.js";
import { Sound } from "./sound.js";
import { Threads } from "./threads.js";
import { Typing } from "./typing.js";
import { Way } from "./way.js";

const FRESH_MS = 60_000;

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
  /** Whether the panel is on screen. */
  shown = cell(false, this.#changed);
  /** What went wrong last, in words or as the key of a text. */
  problem = cell("", this.#changed);
  /** While it lasts, nothing in the conversation is read out. */
  quiet = cell(false, this.#changed);
  /** Of the purchase, as the shop says: "before", "during" or "after". */
  stage = cell("before", this.#changed);
  /** The invitation he took up, until a conversation has come of it. */
  invited = cell(/** @type {{id: number, variant: number, text: string} | null} */ (null), this.#changed);

  #wish = "";
  #bootedAt = 0;
  #page = /** @type {any} */ (null);
  #starting = false;
  /** With which token the connection was opened. */
  #spokeAs = /** @type {string | null} */ (null);

  /** For whoever keeps something by conversation: one that was only being started has its ticket. */
  renamed = /** @type {(from: string, to: string) => void} */ (() => {});

  /**
   * @param {any} config what the server wrote into the page
   * @param {import("../shared/keep.js").Keep} keep
   * @param {{message: (ticket: string, message: any) => void}} heard called for what others wrote, as it comes
   */
  constructor(config, keep, heard) {
    this.config = config;
    this.keep = keep;
    this.heard = heard;
    this.way = new Way(keep, this.#changed, (view) => this.#entered(view));
    this.view = this.way.view;
    this.sound = new Sound(keep, this.#changed);
    this.typists = new Typing(this.#changed, (frame) => this.live.tell(frame));
    /** Who is typing, by ticket. */
    this.typing = this.typists.names;
    this.api = new Api(config.visitor_api, () => keep.get("token"));
    this.identity = new Identity({
      api: this.api,
      keep,
      ready: () => this.phase.value === "ready",
      renew: () => this.#renew(),
      blank: () => this.#blank(),
    });
    this.threads = new Threads(this.api, this.state, (error) => this.#fail(error));
    this.live = new Live({
      url: socketUrl(config.ws),
      fallbackUrl: config.live,
      credentials: () => ({ token: this.#speak() }),
      headers: () => this.#speak() && this.api.headers(),
      open: () => this.#newestSeqs(),
      handlers: {
        event: (event) => this.#event(event),
        status: (status) => (this.status.value = status),
        reset: () => this.#load("reset"),
        unauthorized: () => this.identity.turnedAway(this.#spokeAs),
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
      this.#settle();
      for (const listener of this.#listeners) listener();
    });
  }

  // ---- coming and going -------------------------------------------------------------------

  /** A visitor without a token becomes somebody only when he opens the panel. */
  async start() {
    if (this.#starting || (!this.keep.get("token") && !this.shown.value)) return;
    this.#starting = true;
    try {
      await this.identity.enter();
      const at = await this.#load("reset");
      this.phase.value = "ready";
      this.#reopen();
      this.outbox.restore();
      this.live.connect(at);
    } catch (error) {
      this.phase.value = error.status === 403 || error.status === 404 ? "refused" : "failed";
    }
    this.#starting = false;
    this.identity.catchUp();
  }

  show(on) {
    this.shown.value = on;
    if (!on) return;
    if (this.phase.value !== "ready") this.start();
    else this.look();
  }

  /** Who is online and the like is not announced, so it is asked again now and then. */
  look() {
    if (Date.now() - this.#bootedAt > FRESH_MS) this.#look();
  }

  #speak() {
    return (this.#spokeAs = this.keep.get("token"));
  }

  setPage(page) {
    this.#page = page && wire.place(page);
    if (page) this.live.keepTelling("page", wire.page(page));
  }

  /** We are somebody else: the connection says who, and loads anew; what waits to be sent stays. */
  #renew() {
    if (this.phase.value === "ready" && this.keep.get("token") !== this.#spokeAs) this.live.connect(null);
  }

  #blank() {
    this.live.close();
    this.state.value = reduce.empty();
    this.phase.value = "loading";
  }

  #look() {
    this.#load("look").catch((error) => this.#fail(error));
  }

  /** The snapshot, and the thread on screen with it. @returns {Promise<string | null>} its `at` */
  async #load(after) {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const path = `boot/?lang=${this.config.lang}&zone=${encodeURIComponent(timeZone ?? "")}`;
    const boot = await this.#boot(path);
    this.#bootedAt = Date.now();
    const open = this.#shownTicket();
    this.state.value = reduce.withBoot(this.state.value, boot, { shown: open, after });
    if (open && this.state.value.rows[open]) await this.threads.fetch(open);
    else if (open && !this.#knows(open)) this.home();
    return boot.at;
  }

  async #boot(path) {
    const token = this.keep.get("token");
    try {
      return await this.api.get(path);
    } catch (error) {
      if (error.status !== 401) throw error;
      if (this.keep.get("token") !== token) return this.#boot(path);
      if (this.phase.value === "ready") await this.identity.turnedAway(token);
      await this.identity.enterAnew();
      return this.api.get(path);
    }
  }

  #reopen() {
    this.way.restore((ticket) => this.#knows(ticket));
    if (this.#wish) this.openAt(this.#wish);
  }

  #knows(ticket) {
    return Boolean(this.state.value.rows[ticket] || this.outbox.waiting(ticket).length);
  }

  // ---- where we are -------------------------------------------------------------------------

  /** @param {route.View} view */
  go(view) {
    this.way.go(view);
  }

  /** In place of what is on screen. @param {route.View} view */
  turn(view) {
    this.way.turn(view);
  }

  back() {
    this.way.back();
  }

  home() {
    this.go(route.HOME);
  }

  /** @param {string | null} ticket null: a conversation that begins with the first message */
  open(ticket) {
    if (ticket) this.go({ name: "chat", ticket });
    else this.#anew();
  }

  /** The way to a person: on with the chat that is open, else a new one. */
  talk() {
    this.open(reduce.conversations(this.state.value).find(reduce.isOpenChat)?.id ?? null);
  }

  /** What the page around us wants to see: "home", "chat", "help", "message" or "callback". */
  openAt(name) {
    this.#wish = this.phase.value === "ready" ? "" : name;
    if (this.#wish) return;
    if (name === "chat") this.talk();
    else this.go(name === "home" ? route.HOME : { name });
  }

  rate(ticket) {
    this.go({ name: "rating", ticket });
  }

  /** If nobody can take a chat, none is promised. */
  #anew() {
    const { team, inbox, prechat } = this.state.value;
    const { leave_message, callback } = inbox.absence;
    if (team.is_free) this.go(prechat ? { name: "prechat" } : { name: "chat", ticket: null });
    else if (leave_message || callback) this.go({ name: leave_message ? "message" : "callback" });
    else this.home();
  }

  #entered({ ticket }) {
    this.problem.value = "";
    if (ticket && this.state.value.rows[ticket] && !this.state.value.threads[ticket]?.whole) this.threads.reload(ticket);
  }

  #settle() {
    if (this.phase.value !== "ready") return;
    const view = route.settled(this.view.value, this.state.value, this.pending.value, reduce.isOpen);
    if (view === this.view.value) return;
    this.turn(view);
    if (view.ref) this.#look(); // what is asked may have changed
  }

  #shownTicket() {
    return this.view.value.ticket ?? null;
  }

  // ---- the thread -----------------------------------------------------------------------------

  /** @param {string} ticket */
  older(ticket) {
    this.threads.older(ticket);
  }

  /** Everything up to here has been on screen. @param {string} ticket @param {number} seq */
  sawUpTo(ticket, seq) {
    if ((this.state.value.rows[ticket]?.contact_seen_seq ?? Infinity) >= seq) return;
    this.state.value = reduce.withSeen(this.state.value, ticket, seq);
    this.live.keepTelling(`read ${ticket}`, wire.read(ticket, seq));
  }

  // ---- writing --------------------------------------------------------------------------------

  /** @param {string} body @param {any[]} [files] uploaded ones, in the server's words */
  send(body, files = []) {
    const ticket = this.#shownTicket();
    if (!ticket) return this.begin({}, body, undefined, files);
    this.outbox.add({ ticket, body, files });
    this.typists.sent();
    this.#writeOn();
  }

  /**
   * A conversation begins.
   * @param {object} fields what a form was told: see StartFields in helpdesk/realtime/frames.py
   * @param {string} body
   * @param {string} [ref] of a first message that was refused and goes again
   * @param {any[]} [files]
   */
  begin(fields, body, ref, files = []) {
    const { id, variant } = this.invited.value ?? {};
    const start = {
      language: this.config.lang,
      page: this.#page ?? {},
      stage: this.stage.value,
      ...(id && { invited: { id, variant } }),
      ...fields,
    };
    if (ref) this.outbox.retry(ref, { start, body });
    const ticket = ref ? wire.startedBy(ref) : this.outbox.add({ start, body, files }).ticket;
    this.typists.sent();
    this.turn({ name: start.via === "message" ? "thanks" : "chat", ticket });
  }

  /** @param {boolean} on @param {string} [text] so far, where the team may see it */
  typed(on, text = "") {
    const ticket = this.#shownTicket();
    if (on && ticket) this.#writeOn();
    if (ticket && this.state.value.rows[ticket]) this.typists.mine(ticket, on, text);
  }

  /** Nobody is led away from what he writes. */
  #writeOn() {
    const view = this.view.value;
    if (view.name === "chat" && !view.writing) this.turn({ ...view, writing: true });
  }

  #acknowledged(entry, ack) {
    this.state.value = reduce.withAck(this.state.value, entry, ack);
    if (!entry.start) return;
    for (const key of ["draft:form", "draft:message"]) this.keep.set(key, null);
    if (this.invited.value) this.keep.set(`invited:${ack.ticket}`, this.invited.value.text);
    this.invited.value = null;
    this.way.rename(entry.ticket, ack.ticket);
    this.renamed(entry.ticket, ack.ticket);
  }

  // ---- waiting ----------------------------------------------------------------------------------

  /** @param {string} ticket */
  async askQueue(ticket) {
    const { queue } = await this.api.get(`tickets/${ticket}/queue/`);
    this.state.value = reduce.withQueue(this.state.value, ticket, queue, Date.now());
  }

  // ---- the end and the rating -------------------------------------------------------------------

  /** @param {string} ticket @param {"ended" | "left"} reason left: he did not want to wait any longer */
  async end(ticket, reason = "ended") {
    try {
      const { row } = await this.api.post(`tickets/${ticket}/end/`, { reason });
      this.knows(row);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What the server has answered is true before it is announced. */
  knows(row) {
    this.state.value = reduce.apply(this.state.value, { type: "ticket.changed", row });
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
    if (event.type === "config.changed") return this.#lookInTime(event);
    this.state.value = reduce.apply(this.state.value, event);
    if (event.type === "queue.position") this.askQueue(event.ticket).catch((error) => this.#fail(error));
    if (event.type === "message.created") this.#heardMessage(event);
    if (event.type === "survey.offered" && event.ticket === this.#shownTicket()) this.rate(event.ticket);
  }

  /** What every visitor hears at once is not asked by all of them at once, and by no closed chat. */
  #lookInTime({ within_ms = 0 }) {
    if (!within_ms) return this.#look();
    if (this.shown.value) setTimeout(() => this.#look(), Math.random() * within_ms);
    else this.#bootedAt = 0;
  }

  #heardMessage({ ticket, message }) {
    const thread = this.state.value.threads[ticket];
    if (thread && !thread.whole) this.threads.reload(ticket);
    if (message.author.kind === "contact") return;
    this.typists.heard(ticket, "");
    this.heard.message(ticket, message);
  }

  #heardTyping({ ticket, who, on }) {
    if (who.kind === "contact") return;
    this.typists.heard(ticket, on ? who.name : "");
  }

  #newestSeqs() {
    const newest = ([id, { messages }]) => [id, messages[messages.length - 1]?.seq ?? 0];
    return Object.fromEntries(Object.entries(this.state.value.threads).map(newest));
  }

  #fail(error) {
    this.problem.value = error.message || "err.load";
  }
}
