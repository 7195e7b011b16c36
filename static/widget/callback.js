// @ts-check
/** When we may call: days and half hours in the visitor's own zone. */
import { newRef } from "../shared/dom.js";
import { capitalised, clockTime, nearDay } from "../shared/time.js";
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { Field, FormError, PrivacyLine, useForm } from "./fields.js";
import { Failure, Head, Icon, Skeleton } from "./parts.js";

const DRAFT = "callback";

/** @param {any} t @param {any} visitor @returns {import("./forms.js").Asked[]} */
const fieldsOf = (t, visitor) => [
  { key: "phone", kind: "phone", required: true },
  ...(visitor.name ? [] : [{ key: "name", kind: /** @type {const} */ ("text") }]),
  { key: "note", kind: "long", label: t("cb.note") },
];

export default function Callback({ app, view }) {
  const { t, store } = app;
  const [days, setDays] = useState(/** @type {any[] | null} */ (null));
  const [error, setError] = useState(/** @type {any} */ (null));
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

  function load() {
    setError(null);
    store.api.get(`callbacks/?zone=${encodeURIComponent(timeZone)}`).then((offer) => setDays(offer.days), setError);
  }

  useEffect(load, []);
  return html`
    <${Head} app=${app} title=${t("alt.call")} />
    ${error && html`<div class="widget__body"><${Failure} app=${app} text=${t(error.status ? "err.load" : "search.offline")} onRetry=${load} /></div>`}
    ${!error && !days && html`<${Skeleton} lines=${6} />`}
    ${days?.length === 0 && html`<${NoTime} app=${app} view=${view} />`}
    ${days?.length && html`<${Times} app=${app} view=${view} days=${days} zone=${timeZone} onTaken=${load} />`}
  `;
}

function NoTime({ app, view }) {
  const { t, store } = app;
  const { leave_message: leave } = store.state.value.inbox.absence;
  return html`<div class="widget__body"><div class="empty">
    <span class="empty__icon"><${Icon} name="calendar" size="lg" /></span>
    <h2>${t("cb.none")}</h2>
    ${leave && html`<p>${t("cb.none.sub")}</p>
      <button type="button" class="btn btn--brand btn--lg" data-first onClick=${() => store.turn({ name: "message", ticket: view.ticket })}>${t("alt.message")}</button>`}
  </div></div>`;
}

function Times({ app, view, days, zone, onTaken }) {
  const { t, store, lang } = app;
  const { visitor } = store.state.value;
  const form = useForm(app, DRAFT, fieldsOf(t, visitor), { phone: visitor.phone });
  const [day, setDay] = useState(days[0].date);
  const [start, setStart] = useState("");
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  // Sent twice, it is one wish.
  const ref = useRef(newRef());
  const { slots } = days.find(({ date }) => date === day) ?? days[0];
  const slot = slots.find(({ starts_at: from }) => from === start) ?? slots[0];

  async function ask() {
    setBusy(true);
    setProblem("");
    const { phone = "", name = "", note = "" } = form.values;
    try {
      const { row, callback } = await store.api.post("callbacks/", {
        ...slot, phone, zone, name, note, ticket: view.ticket ?? null, ref: ref.current, language: lang,
      });
      form.forget();
      store.knows(row);
      store.turn({ name: "thanks", ticket: row.id, callback });
    } catch (error) {
      setBusy(false);
      refused(error);
    }
  }

  function refused(error) {
    if (error.field === "phone" || error.field === "name" || error.field === "note") return form.show({ [error.field]: error.message });
    setProblem(error.message || t("err.send"));
    if (error.field === "starts_at") onTaken(); // another one has it now
  }

  function submit(event) {
    event.preventDefault();
    if (!busy && form.check()) ask();
  }

  return html`<form class="filled" ref=${form.box} onSubmit=${submit} noValidate aria-labelledby="title">
    <div class="widget__body filled__body">
      <fieldset class="choices"><legend class="label">${t("cb.day")}</legend>
        <div class="days">${days.map(({ date, slots: [{ starts_at: from }] }) => html`<${Pick} name="day" value=${date} chosen=${day} text=${capitalised(lang, nearDay(lang, from))} onPick=${setDay} key=${date} />`)}</div>
      </fieldset>
      <fieldset class="choices"><legend class="label">${t("cb.pick")} <span class="faint label__optional">(${t("cb.zone")})</span></legend>
        <div class="slots3">${slots.map(({ starts_at: from }) => html`<${Pick} name="slot" value=${from} chosen=${slot.starts_at} text=${clockTime(lang, from)} onPick=${setStart} key=${from} />`)}</div>
      </fieldset>
      <${FormError} text=${problem} />
      ${fieldsOf(t, visitor).map((field) => html`<${Field} ...${form.part(field)} rows=${2} hint=${field.kind === "phone" ? t("cb.phone.hint") : ""} key=${field.key} />`)}
      <${PrivacyLine} app=${app} />
    </div>
    <div class="widget__foot filled__foot">
      <p class="sm muted filled__sum" aria-live="polite">${t("cb.sum", { day: nearDay(lang, slot.starts_at), from: clockTime(lang, slot.starts_at), to: clockTime(lang, slot.ends_at) })}</p>
      <button class="btn btn--brand btn--lg btn--block" aria-busy=${busy}>${t("cb.submit")}</button>
    </div>
  </form>`;
}

const Pick = ({ name, value, chosen, text, onPick }) => html`<label class="pick">
  <input type="radio" name=${name} value=${value} checked=${value === chosen} onChange=${() => onPick(value)} /><span class="num">${text}</span>
</label>`;
