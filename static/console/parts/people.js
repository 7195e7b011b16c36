// @ts-check
/** Avatars, presence and channel badges. */
import { initials, tint } from "../../shared/dom.js";
import { html } from "../view.js";
import { t } from "../i18n.js";
import { Icon } from "./icon.js";

/** @type {Record<string, string>} */
const CHANNEL_ICONS = {
  chat: "message-2",
  email: "mail",
  whatsapp: "brand-whatsapp",
  telegram: "brand-telegram",
  messenger: "brand-messenger",
  instagram: "brand-instagram",
  phone: "phone",
  form: "forms",
};

/** @param {string} channel */
export const channelName = (channel) => t(`channel.${channel in CHANNEL_ICONS ? channel : "chat"}`);

/** @param {{channel: string, hidden?: boolean}} props */
export function Channel({ channel, hidden = false }) {
  const name = CHANNEL_ICONS[channel] ?? CHANNEL_ICONS.chat;
  return html`<span
    class="channel channel--${channel}"
    role=${hidden ? undefined : "img"}
    aria-label=${hidden ? undefined : channelName(channel)}
    aria-hidden=${hidden ? "true" : undefined}
    ><${Icon} name=${name}
  /></span>`;
}

/** @param {{state: string, label?: string}} props */
export function Presence({ state, label }) {
  return html`<span class="presence presence--${state}" role=${label ? "img" : undefined} aria-label=${label}></span>`;
}

/** @param {{id: number|string, name: string, size?: string, children?: any}} props */
export function Avatar({ id, name, size = "", children }) {
  const classes = ["avatar", size && `avatar--${size}`, `avatar--${tint(id)}`].filter(Boolean).join(" ");
  return html`<span class=${classes}><span aria-hidden="true">${initials(name)}</span>${children}</span>`;
}
