// @ts-check
/**
 * What forms ask, and what may be answered. Pure: the server has the last word.
 *
 * @typedef {object} Asked
 * @property {string} key
 * @property {"text" | "email" | "phone" | "number" | "choice" | "check" | "long"} kind
 * @property {string} [label] "": our own word for the key
 * @property {boolean} [required]
 * @property {{value: string, label: string}[]} [choices]
 */
import { BODY_LIMIT } from "../shared/protocol.js";

const PATTERNS = {
  email: [/^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/u, "err.email"],
  phone: [/^\+?(?:[\s()./-]*\d){6,15}[\s()./-]*$/u, "err.phone"],
  number: [/^[+-]?\d{1,15}(?:[.,]\d{1,6})?$/u, "err.number"],
};
const MISSING = { email: "err.email", phone: "err.phone", choice: "err.choice", check: "err.check", long: "err.message" };
const OURS = { name: "pre.name", email: "pre.email", phone: "cb.phone", message: "pre.message" };
const NO_ANSWER = new Set(["message", "consent"]);

/** Letters as the server counts them. @param {string} text */
const lengthOf = (text) => [...text].length;

/** @param {Asked} field @param {string} value @returns {string} the key of a sentence, "" when all is well */
export function faultIn({ kind, required }, value) {
  const text = (value ?? "").trim();
  if (!text || (kind === "check" && text !== "true")) return required ? (MISSING[kind] ?? "err.required") : "";
  const [pattern, fault] = PATTERNS[kind] ?? [];
  if (pattern && !pattern.test(text)) return fault;
  return kind === "long" && lengthOf(text) > BODY_LIMIT ? "err.long" : "";
}

/** @param {Asked[]} fields @param {Record<string, string>} values @returns {Record<string, string>} faults by key */
export function faultsIn(fields, values) {
  const faults = fields.map((field) => [field.key, faultIn(field, values[field.key])]);
  return Object.fromEntries(faults.filter(([, fault]) => fault));
}

/** @param {(key: string) => string} t @param {Asked} field */
export const labelOf = (t, { key, label }) => label || (OURS[key] ? t(OURS[key]) : key);

/** What a conversation begins with. @param {Asked[]} fields @param {Record<string, string>} values */
export function startOf(fields, values) {
  const said = fields
    .filter(({ key }) => !NO_ANSWER.has(key))
    .map(({ key }) => [key, (values[key] ?? "").trim()])
    .filter(([, value]) => value);
  const { name = "", email = "", phone = "", ...answers } = Object.fromEntries(said);
  return { name, email, phone, answers, consent: values.consent === "true" };
}
