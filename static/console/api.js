// @ts-check
/** The one file of the console that knows `fetch`. */
import { upload } from "../shared/upload.js";

export class ApiError extends Error {
  /**
   * @param {number} status  0 when nothing answered
   * @param {string} code
   * @param {string} message  for a person, in his language
   */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** @typedef {{root: string, csrf: string, onSignedOut: () => void}} ApiOptions */

/** @param {ApiOptions} options */
export function createApi({ root, csrf, onSignedOut }) {
  /** @param {string} path @param {RequestInit} init */
  async function request(path, init) {
    let response;
    try {
      response = await fetch(root + path, { credentials: "same-origin", ...init });
    } catch {
      throw new ApiError(0, "offline", "");
    }
    if (response.status === 401) onSignedOut();
    const body = await response.json().catch(() => ({}));
    if (response.ok) return body;
    throw new ApiError(response.status, body.error?.code ?? "server", body.error?.message ?? "");
  }

  /** @param {string} path @param {Record<string, string|number|null>} [query] */
  const get = (path, query = {}) => {
    const given = Object.entries(query).filter(([, value]) => value !== null);
    const params = new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
    return request(given.length ? `${path}?${params}` : path, { headers: { Accept: "application/json" } });
  };

  /** @param {string} path @param {object} [body] */
  const post = (path, body = {}) =>
    request(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify(body),
    });

  return {
    boot: () => get("boot/"),
    /** @param {string} view @param {string|null} after */
    tickets: (view, after = null) => get("tickets/", { view, after }),
    /** @param {string} id */
    ticket: (id) => get(`tickets/${id}/`),
    /** @param {string} id @param {number} before */
    messages: (id, before) => get(`tickets/${id}/messages/`, { before }),
    /** @param {string} id @param {number|null} agent @param {boolean} overCapacity */
    assign: (id, agent, overCapacity = false) =>
      post(`tickets/${id}/assign/`, overCapacity ? { agent, over_capacity: true } : { agent }),
    /** @param {string} id @param {number} team */
    transfer: (id, team) => post(`tickets/${id}/transfer/`, { team }),
    /** @param {string} id @param {number} call @param {string} verb  done or cancel */
    settleCall: (id, call, verb) => post(`tickets/${id}/callbacks/${call}/${verb}/`),
    /** @param {string} id */
    solve: (id) => post(`tickets/${id}/solve/`),
    /** @param {string} id */
    reopen: (id) => post(`tickets/${id}/reopen/`),
    /** @param {File} file @param {(part: number) => void} progressed @param {AbortSignal} signal */
    upload: (file, progressed, signal) => upload(`${root}files/`, { "X-CSRFToken": csrf }, file, progressed, signal),
    /** @param {string} id */
    discardFile: (id) => request(`files/${id}/`, { method: "DELETE", headers: { "X-CSRFToken": csrf } }),
    /** @param {object} changes */
    me: (changes) => post("me/", changes),
  };
}
