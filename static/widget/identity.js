// @ts-check
/** Who the visitor is: what the shop signs, what its page says of him, and that he leaves. */

const AGAIN_MS = 5_000;
const AGAIN_AT_MOST_MS = 300_000;
/** So long another tab may take to tell us who we have become. */
const GRACE_MS = 2_000;
const FAREWELLS_MS = [0, 1_000, 3_000];

/**
 * Whose token this browser holds, if a shop named him: `mark` is the end of the signature that was
 * believed last, `sub` the shop's id of him, `id` ours.
 * @typedef {{mark: string, sub: string | null, id: string}} Known
 */

export class Identity {
  /** Said by the page and not yet shown to the server. */
  #jwt = /** @type {string | null} */ (null);
  /** Said last, shown or not. */
  #said = /** @type {string | null} */ (null);
  #attributes = /** @type {Record<string, any> | null} */ (null);
  /** Our id of whom this tab shows, if a shop named him. */
  #who = /** @type {string | undefined} */ (undefined);
  #busy = false;
  /** Being shown to the server now. */
  #asking = /** @type {Promise<any>} */ (Promise.resolve());
  #gone = false;
  #pause = AGAIN_MS;

  /**
   * @param {object} needs
   * @param {import("./api.js").Api} needs.api
   * @param {import("../shared/keep.js").Keep} needs.keep
   * @param {() => boolean} needs.ready whether somebody is on screen already
   * @param {() => void} needs.renew loads what is on screen as whoever we are now
   * @param {() => void} needs.blank takes everything off the screen and off the wire
   * @param {() => void} [needs.reload] begins anew, with nothing in memory
   * @param {number} [needs.grace] milliseconds
   * @param {{addEventListener: (type: string, listener: (event: any) => void) => void}} [needs.page] hears of other tabs
   */
  constructor({ api, keep, ready, renew, blank, reload = () => location.reload(), grace = GRACE_MS, page = globalThis }) {
    Object.assign(this, { api, keep, ready, renew, blank, reload, grace, page });
    this.tell = /** @type {(type: string, detail?: any) => void} */ (() => {});
  }

  /** @param {import("./host.js").Host} host @param {import("./host.js").Around} around */
  listenTo(host, around) {
    this.tell = (type, detail) => host.tell(type, detail);
    this.#jwt = around.jwt;
    this.#attributes = around.attributes;
    host.on("identify", (jwt) => this.say({ jwt }));
    host.on("attributes", (attributes) => this.say({ attributes }));
    host.on("logout", () => this.leave());
    this.#who = this.keep.get("identified")?.id;
    this.page.addEventListener("storage", ({ key, newValue, storageArea }) => {
      if (key !== `${this.keep.prefix}token`) return;
      if (newValue) this.#follow();
      else if (!storageArea?.getItem(key)) this.#vanish();
    });
  }

  /** Before anything is loaded: who the shop says he is, else whoever we were, else somebody new. */
  async enter() {
    try {
      while (this.#jwt) await this.#show();
    } catch (error) {
      if (!error.status) throw error; // nobody answers at all; a server that is busy is asked again
    }
    if (this.keep.get("token")) return;
    const { token } = await this.api.post("session/");
    this.keep.set("token", token);
  }

  /** The token has run out or was revoked: nothing of the old one is left for whoever comes now. */
  enterAnew() {
    this.keep.empty();
    this.#jwt = this.#said;
    return this.enter();
  }

  /** @param {{jwt?: string, attributes?: Record<string, any>}} said */
  say({ jwt, attributes }) {
    if (jwt) this.#jwt = jwt;
    if (attributes) this.#attributes = attributes;
    return this.catchUp();
  }

  /** What was said while nobody was on screen, or could not be passed on. */
  async catchUp() {
    if (this.#busy || !this.ready()) return;
    this.#busy = true;
    try {
      while (this.#jwt) if (await this.#show()) this.renew();
      while (this.#attributes) await this.#describe();
      this.#pause = AGAIN_MS;
    } catch (error) {
      if (error.status === undefined) throw error;
      setTimeout(() => this.catchUp(), this.#pause);
      this.#pause = Math.min(2 * this.#pause, AGAIN_AT_MOST_MS);
    } finally {
      this.#busy = false;
    }
  }

  /** Nothing of him stays in this browser, and what the shop has signed opens nothing any more. */
  leave() {
    const token = this.keep.get("token");
    return this.#vanish({ later: token ? () => this.#farewell(token) : undefined });
  }

  /**
   * The server does not know our token any more. It may say so before it answers whoever became
   * somebody with it: we, or another tab.
   * @param {string | null} token
   */
  async turnedAway(token) {
    await this.#asking.catch(() => undefined);
    if (this.keep.get("token") === token) await new Promise((resolve) => setTimeout(resolve, this.grace));
    if (this.keep.get("token") === token) await this.#vanish();
    await this.#follow();
  }

  /** Another tab has become somebody; nothing that this one shows of another customer stays. */
  async #follow() {
    const now = this.keep.get("identified")?.id;
    if (this.#who && this.#who !== now) await this.#vanish({ keeps: true });
    this.#who = now;
    this.renew();
  }

  /** @returns {Promise<boolean>} whether we are somebody else now; throws if nobody could be asked */
  async #show() {
    const jwt = /** @type {string} */ (this.#jwt);
    const known = /** @type {Known | null} */ (this.keep.get("identified"));
    const mark = jwt.slice(-16);
    this.#jwt = null;
    this.#said = jwt;
    if (known?.mark === mark && this.keep.get("token")) return this.#told(true);
    this.#asking = this.#ask(jwt, { mark, sub: subjectOf(jwt) }, known);
    return this.#asking;
  }

  /** @param {string} jwt @param {{mark: string, sub: string | null}} said @param {Known | null} known */
  async #ask(jwt, said, known) {
    try {
      const { token, visitor } = await this.api.post("identify/", { jwt });
      return await this.#become(token, { ...said, id: visitor.id }, known);
    } catch (error) {
      const isAnswered = error.status >= 400 && error.status < 500 && error.status !== 429;
      if (!isAnswered) this.#jwt ??= jwt;
      // The page belongs to somebody else now, whoever he is: he must not see the one before him.
      if (known && known.sub !== said.sub) await this.leave();
      if (!isAnswered) throw error;
      return this.#told(false);
    }
  }

  /** @param {string | null} token @param {Known} now @param {Known | null} before */
  async #become(token, now, before) {
    const isAnother = token && before && before.id !== now.id;
    if (isAnother) this.keep.empty();
    if (token) this.keep.set("token", token);
    this.keep.set("identified", now);
    this.#who = now.id;
    this.#told(true);
    if (isAnother) await this.#vanish({ keeps: true });
    return Boolean(token);
  }

  #told(ok) {
    this.tell("event", { name: "identified", detail: { ok } });
    return false;
  }

  async #describe() {
    const attributes = this.#attributes;
    const text = JSON.stringify(attributes);
    this.#attributes = null;
    if (text === this.keep.get("attributes")) return;
    try {
      await this.api.post("attributes/", { attributes });
      this.keep.set("attributes", text);
    } catch (error) {
      if (error.code === "invalid") return console.warn("HelpdeskWidget", ["setAttributes", attributes], error.message);
      this.#attributes ??= attributes;
      throw error;
    }
  }

  /**
   * Storage first, since it is what others find; then memory, which goes with the document.
   * @param {{keeps?: boolean, later?: () => Promise<void>}} how
   */
  async #vanish({ keeps = false, later = async () => {} } = {}) {
    if (this.#gone) return;
    this.#gone = true;
    if (!keeps) this.keep.empty();
    this.keep.seal();
    this.blank();
    if (!keeps) this.tell("forgotten");
    await later();
    this.reload();
    await new Promise(() => {}); // whoever waits goes with the document
  }

  async #farewell(token) {
    for (const pause of FAREWELLS_MS) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (await this.api.signOut(token)) return;
    }
  }
}

/** Whom a token speaks of; read without trust, to keep people apart and never to let one in. */
export function subjectOf(jwt) {
  try {
    const bytes = atob(jwt.split(".")[1].replace(/-/g, "+").replace(/_/g, "/"));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))).sub ?? null;
  } catch {
    return null;
  }
}
