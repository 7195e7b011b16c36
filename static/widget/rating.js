// @ts-check
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { Corner, Icon, IconButton } from "./parts.js";

const FACES = ["mood-cry", "mood-sad", "mood-empty", "mood-smile", "mood-happy"];

export default function Rating({ app, ticket }) {
  const { t, store } = app;
  const [thanks, setThanks] = useState("");
  const survey = useRef(store.state.value.surveys.find((offered) => offered.ticket === ticket)).current;
  const gone = !survey && !thanks;
  useEffect(() => {
    if (gone) store.open(ticket);
  }, [gone]);
  return html`
    <div class="widget__head widget__head--back">
      <${IconButton} icon="chevron-left" label=${t("back")} onClick=${() => store.open(ticket)} dir />
      <h1 id="title" class="grow clip">${t("conv.rate")}</h1>
      <${Corner} app=${app} />
    </div>
    ${thanks ? html`<${Thanks} app=${app} text=${thanks} />` : survey && html`<${Form} app=${app} ticket=${ticket} survey=${survey} onThanks=${setThanks} />`}
  `;
}

function Form({ app, ticket, survey, onThanks }) {
  const { t, store } = app;
  const [score, setScore] = useState(/** @type {any} */ (null));
  const [comment, setComment] = useState("");
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const faces = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => faces.current?.querySelector("input")?.focus(), []);

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    if (score === null) {
      setError(t("sv.pick"));
      faces.current?.querySelector("input")?.focus();
      return;
    }
    setBusy(true);
    try {
      onThanks((await store.answerSurvey(survey.id, score, comment.trim())) || t("sv.thanks"));
      app.host.tell("event", { name: "rated", detail: { conversation: ticket, score } });
    } catch (refusal) {
      setError(refusal.message || t("err.load"));
    }
    setBusy(false);
  }

  function skip() {
    store.skipSurvey(survey.id);
    store.open(survey.ticket);
  }

  return html`<form class="rating" onSubmit=${submit} noValidate>
    <div class="widget__body rating__body">
      <fieldset class="rating__faces" ref=${faces} aria-describedby=${error ? "rating-error" : undefined}>
        <legend>${survey.question}</legend>
        <div class="scale">
          ${survey.choices.map(({ value, label }, index) => html`<label key=${value}>
            <input type="radio" name="score" value=${value} checked=${score === value} onChange=${() => (setScore(value), setError(""))} />
            <${Icon} name=${FACES[index] ?? "star"} /><span>${label}</span>
          </label>`)}
        </div>
        ${error && html`<p class="error" id="rating-error" role="alert"><${Icon} name="alert-circle" size="sm" />${error}</p>`}
      </fieldset>
      <div class="field">
        <label class="label" for="comment">${survey.comment_label || t("sv.comment")} <span class="faint">(${t("pre.optional")})</span></label>
        <textarea class="input" id="comment" rows="3" maxlength="2000" dir="auto" value=${comment} onInput=${(event) => setComment(event.currentTarget.value)}></textarea>
      </div>
    </div>
    <div class="widget__foot stack">
      <button class="btn btn--brand btn--lg btn--block" aria-busy=${busy}>${t("sv.send")}</button>
      <button type="button" class="btn btn--ghost btn--lg btn--block" onClick=${skip}>${t("sv.skip")}</button>
    </div>
  </form>`;
}

function Thanks({ app, text }) {
  const { t, store } = app;
  const way = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    way.current?.focus();
    app.announce(text);
  }, []);
  return html`<div class="widget__body thanks">
    <div class="empty">
      <span class="empty__icon"><${Icon} name="mood-happy" size="lg" /></span>
      <p class="thanks__text">${text}</p>
      <button type="button" class="btn btn--brand btn--lg" ref=${way} onClick=${() => store.home()}>${t("sv.done")}</button>
    </div>
  </div>`;
}
