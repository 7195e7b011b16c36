// @ts-check
/**
 * What the console knows, as one plain immutable value.
 *
 * @typedef {{id: number, name: string}} Named
 * @typedef {{id: string, name: string}} NamedByUuid
 * @typedef {object} Row  a ticket as lists show it (RowStaff on the wire)
 * @property {string} id
 * @property {number} number
 * @property {number} version
 * @property {string} subject
 * @property {string} status
 * @property {string} priority
 * @property {string} language
 * @property {string} channel
 * @property {NamedByUuid} inbox
 * @property {Named|null} team
 * @property {Named|null} assignee
 * @property {NamedByUuid} contact
 * @property {{name: string, color: string}[]} labels
 * @property {number} last_seq
 * @property {string} last_at
 * @property {"chat"|"message"|"callback"} via
 * @property {string} last_preview
 * @property {string} last_author
 * @property {string} last_kind
 * @property {string|null} waiting_since
 * @property {number} inbound_count
 * @property {number} contact_seen_seq
 * @property {number} agents_seen_seq
 * @property {string} created_at
 * @property {string|null} solved_at
 * @property {string|null} queued_at
 *
 * @typedef {object} Message
 * @property {string} id
 * @property {string} ticket
 * @property {number} seq
 * @property {number} prev
 * @property {"reply"|"note"|"event"} kind
 * @property {{kind: string, id: number|null, name: string}} author
 * @property {string} body
 * @property {string} html
 * @property {string|null} ref
 * @property {string} created_at
 * @property {{name: string, data: any}|null} event
 *
 * @typedef {{seq: number, inbound_count: number}} Seen
 * @typedef {{next: string|null, topics: string[], floor: {last_at: string, number: number}|null}} List
 * @typedef {{messages: Message[], more: boolean, contact: any, visit: any, here: boolean, history: Row[], answers?: any[], callbacks?: any[]}} Thread
 * @typedef {{id: number, name: string, availability: string, online: boolean, load?: number, capacity?: number}} Agent
 *
 * @typedef {object} State
 * @property {number|null} me
 * @property {any} profile  my own settings and permissions, from boot
 * @property {Record<string, Row>} rows
 * @property {Record<string, string>} stamps  `at` of the last event that touched a row
 * @property {Record<string, {version: number, at: string}>} gone  rows that left, so a late copy stays out
 * @property {Record<string, List>} lists  by view
 * @property {Record<string, Thread>} threads
 * @property {Record<string, Seen>} seen
 * @property {Record<string, Agent>} agents
 * @property {Named[]} teams
 * @property {Record<string, number>} counts
 * @property {Record<string, {kind: string, id: number|null, name: string}[]>} typing
 * @property {Record<string, {id: number, name: string, replying: boolean}[]>} viewers
 */

/**
 * @param {number|null} me  my user id: "mine" depends on it
 * @returns {State}
 */
export function emptyState(me = null) {
  return {
    me,
    profile: null,
    rows: {},
    stamps: {},
    gone: {},
    lists: {},
    threads: {},
    seen: {},
    agents: {},
    teams: [],
    counts: {},
    typing: {},
    viewers: {},
  };
}
