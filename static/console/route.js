// @ts-check
/** The address says which list and which conversation are on screen, so both can be linked to. */
import { openTicket, showView } from "./actions/load.js";
import { releaseRows } from "./held.js";
import * as ui from "./ui.js";

const VIEW = /^(mine|unassigned|all|solved|team-\d+)$/;
const TICKET = /^[0-9a-f-]{36}$/;

/** @param {string} search */
export function parse(search) {
  const params = new URLSearchParams(search);
  const view = params.get("view") ?? "";
  const ticket = params.get("ticket") ?? "";
  return { view: VIEW.test(view) ? view : "mine", ticket: TICKET.test(ticket) ? ticket : null };
}

/** @param {{view: string, ticket: string|null}} place */
export function addressOf({ view, ticket }) {
  const params = new URLSearchParams({ view, ...(ticket && { ticket }) });
  return `?${params}`;
}

const here = () => ({ view: ui.view.value, ticket: ui.ticket.value });

/**
 * Opening from the list adds a step to the history (Back leads to the list on a phone); walking
 * from one conversation to the next does not.
 * @param {{view?: string, ticket?: string|null}} change
 */
export function goTo(change) {
  const place = { ...here(), ...change };
  const step = ui.ticket.value === null || place.view !== ui.view.value ? "pushState" : "replaceState";
  history[step](null, "", addressOf(place));
  arrive(place);
}

/** @param {{view: string, ticket: string|null}} place */
function arrive({ view, ticket }) {
  if (view !== ui.view.value) {
    releaseRows();
    showView(view);
  }
  openTicket(ticket);
}

export function startRouting() {
  addEventListener("popstate", () => arrive(parse(location.search)));
}
