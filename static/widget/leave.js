// @ts-check
import { html } from "../shared/view.js";
import { MessageForm } from "./message-form.js";
import { Head } from "./parts.js";
import { replyBy } from "./words.js";

/** The view "leave a message"; from the queue, of what has been written already. */
export default function Leave({ app, view }) {
  const { t, store } = app;
  const written = view.ticket && store.state.value.rows[view.ticket]?.last_preview;
  return html`
    <${Head} app=${app} title=${t("alt.message")} />
    <div class="widget__body filled__body">
      <p class="sm muted">${replyBy(app)}</p>
      ${written && html`<blockquote class="written" dir="auto">${written}</blockquote><p class="sm muted">${t("off.keep")}</p>`}
      <${MessageForm} app=${app} view=${view} />
    </div>
  `;
}
