// @ts-check
/** Nobody can take a chat now: what can be done instead, and when we answer. */
import { html } from "../shared/view.js";
import { Icon } from "./parts.js";
import { MessageForm } from "./message-form.js";
import { replyBy } from "./words.js";

export default function Absence({ app }) {
  const { t, store } = app;
  const { inbox } = store.state.value;
  if (inbox.absence.leave_message) {
    return html`<section aria-labelledby="leave">
      <h2 class="leave__title" id="leave">${t("alt.message")}</h2>
      <p class="sm muted">${replyBy(app)}</p>
      <${MessageForm} app=${app} view=${{ name: "home" }} />
    </section>`;
  }
  const other = inbox.absence.callback || inbox.channels.length > 0;
  return html`<p class="card nobody sm muted"><${Icon} name="moon" />${t(other ? "off.otherways" : "off.later")}</p>`;
}
