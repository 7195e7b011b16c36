// @ts-check
/** Forms as they are filled in: kept while typed, judged when a field is left or all is sent. */
import { html, useRef, useState } from "../shared/view.js";
import { faultIn, faultsIn, labelOf } from "./forms.js";
import { Icon } from "./parts.js";

/**
 * @param {any} app
 * @param {string} name of the draft
 * @param {import("./forms.js").Asked[]} fields
 * @param {Record<string, string>} known what we need not ask again
 */
export function useForm(app, name, fields, known = {}) {
  const { t, store } = app;
  const [values, setValues] = useState(() => ({ ...known, ...store.keep.get(`draft:${name}`, {}) }));
  const [errors, setErrors] = useState(/** @type {Record<string, string>} */ ({}));
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const fieldOf = (key) => fields.find((field) => field.key === key);

  function change(key, value) {
    const next = { ...values, [key]: value };
    setValues(next);
    store.keep.set(`draft:${name}`, next);
    // What has been put right is not held against anybody; nothing new is, while he types.
    if (errors[key] && !faultIn(fieldOf(key), value)) say(key, "");
  }

  const say = (key, text) => setErrors((now) => ({ ...now, [key]: text }));

  /** Leaving a field empty is no fault yet. */
  function left(key) {
    const fault = values[key] ? faultIn(fieldOf(key), values[key]) : "";
    if (fault) say(key, t(fault));
  }

  /** The focus goes to the first of what is wrong. @param {Record<string, string>} wrong texts by key */
  function show(wrong) {
    setErrors(wrong);
    const first = fields.find(({ key }) => wrong[key]);
    if (first) setTimeout(() => control(first.key)?.focus());
    return Boolean(first);
  }

  const control = (key) => /** @type {HTMLElement | null} */ (box.current?.querySelector(`[name="${key}"]`) ?? null);

  /** Whether all may be sent. */
  function check() {
    const faults = faultsIn(fields, values);
    return !show(Object.fromEntries(Object.entries(faults).map(([key, fault]) => [key, t(fault)])));
  }

  const part = (field) => ({
    app, field, value: values[field.key] ?? "", error: errors[field.key],
    first: field.key === fields[0].key, onChange: (value) => change(field.key, value), onLeave: () => left(field.key),
  });
  return { box, values, check, show, part, forget: () => store.keep.set(`draft:${name}`, null) };
}

const INPUTS = {
  name: { autocomplete: "name", maxlength: 120 },
  email: { type: "email", autocomplete: "email", maxlength: 254 },
  phone: { type: "tel", autocomplete: "tel", maxlength: 32, dir: "ltr" },
  number: { inputmode: "decimal", maxlength: 23 },
};

/** One question with its label, hint and error, whatever its kind. */
export function Field(props) {
  const { kind } = props.field;
  if (kind === "choice") return html`<${Choice} ...${props} />`;
  if (kind === "check") return html`<${Check} ...${props} />`;
  return html`<${Text} ...${props} />`;
}

const described = (id, { error, hint }) => [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ") || undefined;

function Text({ app, field, first, value, error, hint, rows = 3, onChange, onLeave }) {
  const { key, kind, required } = field;
  const id = `f-${key}`;
  const shared = {
    id, name: key, class: "input", dir: "auto", value, "data-first": first, "aria-required": Boolean(required),
    "aria-invalid": error ? "true" : undefined, "aria-describedby": described(id, { error, hint }),
    onInput: (event) => onChange(event.currentTarget.value), onBlur: onLeave,
  };
  return html`<div class="field">
    <label class="label" for=${id}>${labelOf(app.t, field)}<${Optional} app=${app} field=${field} /></label>
    ${kind === "long"
      ? html`<textarea rows=${rows} ...${shared}></textarea>`
      : html`<input type="text" maxlength="500" ...${shared} ...${INPUTS[key] ?? INPUTS[kind]} />`}
    <${Told} id=${id} error=${error} hint=${hint} />
  </div>`;
}

function Choice({ app, field, value, error, onChange }) {
  const id = `f-${field.key}`;
  return html`<fieldset class="choices" aria-describedby=${described(id, { error })} aria-required=${Boolean(field.required)} role="radiogroup">
    <legend class="label">${labelOf(app.t, field)}<${Optional} app=${app} field=${field} /></legend>
    <div class="topics">
      ${field.choices.map((choice) => html`<label key=${choice.value}>
        <input type="radio" name=${field.key} value=${choice.value} checked=${value === choice.value} onChange=${() => onChange(choice.value)} />
        <span dir="auto">${choice.label}</span>
      </label>`)}
    </div>
    <${Told} id=${id} error=${error} />
  </fieldset>`;
}

function Check({ app, field, value, error, onChange }) {
  const id = `f-${field.key}`;
  return html`<div class="field">
    <label class="check sm">
      <input
        type="checkbox" name=${field.key} checked=${value === "true"} aria-required=${Boolean(field.required)}
        aria-invalid=${error ? "true" : undefined} aria-describedby=${described(id, { error })}
        onChange=${(event) => onChange(event.currentTarget.checked ? "true" : "")}
      />
      <span dir="auto">${labelOf(app.t, field)}</span>
    </label>
    <${Told} id=${id} error=${error} />
  </div>`;
}

const Optional = ({ app, field }) => !field.required && html` <span class="faint label__optional">(${app.t("pre.optional")})</span>`;

const Told = ({ id, error, hint = "" }) => html`
  ${error && html`<p class="error" id=${`${id}-error`}><${Icon} name="alert-circle" size="sm" />${error}</p>`}
  ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
`;

/** What concerns no single field, such as that nobody could be reached. */
export const FormError = ({ text }) => html`<div role="alert">${text && html`<p class="error"><${Icon} name="alert-circle" size="sm" />${text}</p>`}</div>`;

/** The line on what is done with the answers. */
export const PrivacyLine = ({ app }) => {
  const { notice_url: url } = app.store.state.value.inbox.privacy;
  return url && html`<p class="hint"><a class="link" href=${url} target="_blank" rel="noopener">${app.t("pre.privacy")}</a></p>`;
};
