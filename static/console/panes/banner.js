// @ts-check
/** How the connection fares, for as long as it matters. */
import { html } from "../view.js";
import { clockTime, t } from "../i18n.js";
import { Icon } from "../parts/icon.js";
import * as ui from "../ui.js";

/**
 * @param {import("../../shared/socket.js").Status} status
 * @param {string|null} since  when what is on screen was last known to be true
 * @param {{messages: number}|null} caughtUp
 * @returns {{kind: string, icon: string, text: string}|null}
 */
export function bannerOf(status, since, caughtUp) {
  if (status === "offline" && since) return { kind: "warning", icon: "wifi-off", text: t("banner.offline", { time: clockTime(since) }) };
  if (status === "catching_up" && since) return { kind: "info", icon: "refresh", text: t("banner.catching_up") };
  if (status === "fallback") return { kind: "info", icon: "info-circle", text: t("banner.fallback") };
  if (!caughtUp) return null;
  const text = caughtUp.messages > 0 ? t("banner.back_with", { n: caughtUp.messages }) : t("banner.back");
  return { kind: "success", icon: "check", text };
}

export function ConnectionBanner() {
  const banner = bannerOf(ui.connection.value, ui.offlineSince.value, ui.caughtUp.value);
  if (!banner) return null;
  return html`<div class="banner banner--${banner.kind}"><${Icon} name=${banner.icon} size="sm" />${banner.text}</div>`;
}
