// @ts-check
/** The only file of the widget that knows fetch. */

export class ApiError extends Error {
  /** @param {number} status 0 when nothing answered @param {{code?: string, message?: string, field?: string}} error */
  constructor(status, error = {}) {
    super(error.message ?? "");
    this.status = status;
    this.code = error.code ?? "";
    this.field = error.field ?? "";
  }
}

export class Api {
  /** @param {string} base ends with a slash @param {() => string | null} token */
  constructor(base, token) {
    this.base = base;
    this.token = token;
  }

  get(path) {
    return this.#ask("GET", path);
  }

  post(path, body = {}) {
    return this.#ask("POST", path, body);
  }

  remove(path) {
    return this.#ask("DELETE", path);
  }

  /**
   * For a token that we keep no more, and even while the page goes away.
   * @param {string} token @returns {Promise<boolean>} whether the server has heard it
   */
  async signOut(token) {
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await fetch(`${this.base}logout/`, { method: "POST", headers, keepalive: true }).catch(() => null);
    return answer !== null && (answer.ok || answer.status === 401);
  }

  headers() {
    const token = this.token();
    return token ? { Authorization: `Bearer ${token}` } : {};
  }

  async #ask(method, path, body) {
    const headers = { ...this.headers(), ...(body && { "Content-Type": "application/json" }) };
    let response;
    try {
      response = await fetch(this.base + path, { method, headers, body: body && JSON.stringify(body) });
    } catch {
      throw new ApiError(0);
    }
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new ApiError(response.status, answer.error);
    return answer;
  }
}
