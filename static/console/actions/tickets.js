// @ts-check
/** What an agent does with a conversation, apart from writing in it. */
import { t } from "../i18n.js";
import { services } from "../services.js";
import { rowsOf } from "../store/reduce.js";
import { groupsOf, rowAfter } from "../store/select.js";
import { dispatch, state } from "../store/store.js";
import { toast } from "../toasts.js";
import * as ui from "../ui.js";
import { releaseRows } from "../held.js";
import { goTo } from "../route.js";

/** @param {any} row */
function take(row) {
  dispatch({ type: "ticket.changed", at: "", row });
}

/** @param {unknown} error */
export function complain(error) {
  const { status, message } = /** @type {any} */ (error);
  toast(status === 0 ? t("error.offline") : message || t("error.server"), { kind: "error" });
}

/** The rows of the list in the order they are drawn. */
export const drawnRows = () =>
  groupsOf(ui.view.value, rowsOf(state.value, ui.view.value)).flatMap((group) => group.rows);

/** @param {string} id @param {number|null} agent @param {boolean} [overCapacity] */
export async function assign(id, agent, overCapacity = false) {
  try {
    const { row } = await services.api.assign(id, agent, overCapacity);
    take(row);
    toast(row.assignee ? t("toast.assigned", { name: row.assignee.name }) : t("toast.unassigned"));
  } catch (error) {
    if (/** @type {any} */ (error).code !== "over_capacity") return complain(error);
    ui.dialog.value = {
      title: t("over_capacity.title"),
      text: /** @type {Error} */ (error).message || t("over_capacity.text"),
      confirm: t("over_capacity.confirm"),
      onConfirm: () => assign(id, agent, true),
    };
  }
}

/** @param {string} id @param {number} team */
export async function transfer(id, team) {
  try {
    const { row } = await services.api.transfer(id, team);
    take(row);
    toast(t("toast.transferred", { team: row.team?.name ?? "" }));
  } catch (error) {
    complain(error);
  }
}

/** @param {string} id @param {number} call @param {string} verb  done or cancel */
export async function settleCall(id, call, verb) {
  try {
    take((await services.api.settleCall(id, call, verb)).row);
  } catch (error) {
    complain(error);
  }
}

/** @param {string} id */
export async function reopen(id) {
  try {
    take((await services.api.reopen(id)).row);
    releaseRows();
  } catch (error) {
    complain(error);
  }
}

/** @param {string} id @param {{next?: boolean}} [options] */
export async function solve(id, { next = false } = {}) {
  const following = next ? rowAfter(drawnRows(), id) : null;
  try {
    take((await services.api.solve(id)).row);
  } catch (error) {
    return complain(error);
  }
  releaseRows();
  const undo = async () => {
    await reopen(id);
    goTo({ ticket: id });
  };
  toast(t("toast.solved", { name: state.value.rows[id]?.contact.name ?? "" }), { action: { label: t("undo"), run: undo } });
  if (next && ui.ticket.value === id) goTo({ ticket: following?.id ?? null });
}

/** @param {string} availability */
export async function setAvailability(availability) {
  try {
    const { me } = await services.api.me({ availability });
    dispatch({ type: "agent.status", agent: { id: state.value.me, ...me } });
  } catch (error) {
    complain(error);
  }
}

/** @param {"light"|"dark"|"system"} theme */
export function setTheme(theme) {
  showTheme(theme);
  services.api.me({ theme }).catch(complain);
}

/** @param {string} theme */
function showTheme(theme) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const root = document.documentElement;
  root.dataset.choice = theme;
  root.dataset.theme = theme === "system" ? (dark ? "dark" : "light") : theme;
}

/** The page's language decides its direction, dates and plurals, so it is loaded anew. */
export async function setLanguage(/** @type {string} */ language) {
  try {
    await services.api.me({ language });
    location.reload();
  } catch (error) {
    complain(error);
  }
}
