// @ts-check
/** What happens next, and when, once a message is left or a call is asked for. */
import { html, useEffect, useRef } from "../shared/view.js";
import { Head, Icon } from "./parts.js";
import { callSentence, replyBy } from "./words.js";

export default function Thanks({ app, view }) {
  const { t, store } = app;
  const entry = store.pending.value.find((one) => one.ticket === view.ticket && one.start);
  const title = t(view.callback ? "alt.call" : "alt.message");
  return html`
    <${Head} app=${app} title=${title} onBack=${() => store.home()} />
    <div class="widget__body thanks">${entry ? html`<${Underway} app=${app} entry=${entry} />` : html`<${Done} app=${app} view=${view} />`}</div>
  `;
}

function Underway({ app, entry }) {
  const { t, store } = app;
  if (entry.state === "failed") {
    return html`<div class="empty" role="alert">
      <span class="empty__icon"><${Icon} name="alert-circle" size="lg" /></span>
      <p class="thanks__text">${entry.error?.message || t("err.send")}</p>
      <button type="button" class="btn btn--lg" onClick=${() => store.outbox.retry(entry.ref)}>${t("err.retry")}</button>
    </div>`;
  }
  return html`<div class="empty" aria-busy="true">
    <span class="empty__icon"><${Icon} name="clock" size="lg" /></span>
    <p class="thanks__text">${store.status.value === "offline" ? t("conv.offline") : t("conv.sending")}</p>
  </div>`;
}

function Done({ app, view }) {
  const { t, store } = app;
  const { email } = store.state.value.visitor;
  const way = useRef(/** @type {HTMLElement | null} */ (null));
  const text = view.callback ? callSentence(app, view.callback) : t("off.sent");
  useEffect(() => {
    way.current?.focus();
    app.announce(text);
  }, []);
  return html`<div class="empty">
    <span class="empty__icon"><${Icon} name=${view.callback ? "phone-call" : "check"} size="lg" /></span>
    <p class="thanks__text strong">${text}</p>
    <p class="sm">${view.callback ? html`<bdi dir="ltr">${view.callback.phone}</bdi>` : replyBy(app)}</p>
    ${!view.callback && email && html`<p class="sm"><bdi>${email}</bdi></p>`}
    <p class="sm">${t("off.inMessages")}</p>
    <button type="button" class="btn btn--brand btn--lg" ref=${way} onClick=${() => store.go({ name: "messages" })}>${t("off.toMessages")}</button>
  </div>`;
}
