import assert from "node:assert/strict";
import { test } from "node:test";

import { faultIn, faultsIn, labelOf, startOf } from "../../static/widget/forms.js";

const ask = (kind, changes = {}) => ({ key: kind, kind, ...changes });

test("an answer may be left out, unless it is required", () => {
  for (const kind of ["text", "email", "phone", "number", "choice", "check", "long"]) {
    assert.equal(faultIn(ask(kind), ""), "", kind);
    assert.equal(faultIn(ask(kind), undefined), "", kind);
    assert.notEqual(faultIn(ask(kind, { required: true }), "  "), "", kind);
  }
  assert.equal(faultIn(ask("check", { required: true }), "true"), "");
});

test("what is no address, number or telephone is told apart from what may be one", () => {
  const good = { email: ["a@b.co", " elif.şahin@örnek.com.tr "], phone: ["+48 61 555-01-00", "(0532) 123 45 67", "112233"], number: ["12", "-3,5", "+0.25"] };
  const bad = { email: ["elif.sahin@", "a b@c.de", "a@b", "@b.co"], phone: ["12", "call me", "+48 61x", "1".repeat(16)], number: ["12a", "1.2.3", "--1"] };
  for (const [kind, texts] of Object.entries(good)) for (const text of texts) assert.equal(faultIn(ask(kind), text), "", text);
  for (const [kind, texts] of Object.entries(bad)) for (const text of texts) assert.equal(faultIn(ask(kind), text), `err.${kind}`, text);
});

test("a message is measured in letters, as the server does", () => {
  assert.equal(faultIn(ask("long"), "🙂".repeat(10_000)), "");
  assert.equal(faultIn(ask("long"), "🙂".repeat(10_001)), "err.long");
});

test("all faults are named at once", () => {
  const fields = [ask("email"), ask("text", { required: true }), ask("long", { required: true })];
  assert.deepEqual(faultsIn(fields, { email: "no", text: "yes" }), { email: "err.email", long: "err.message" });
});

test("a label of the inbox's own counts before our word for the key", () => {
  const t = (key) => `<${key}>`;
  assert.equal(labelOf(t, { key: "name", kind: "text", label: "Company" }), "Company");
  assert.equal(labelOf(t, { key: "name", kind: "text", label: "" }), "<pre.name>");
  assert.equal(labelOf(t, { key: "order", kind: "text" }), "order");
});

test("what was answered goes with the start, what was left out does not", () => {
  const fields = [ask("text", { key: "name" }), ask("email"), ask("choice", { key: "topic" }), ask("text", { key: "order" }), ask("long", { key: "message" }), ask("check", { key: "consent" })];
  const values = { name: " Elif ", email: "", topic: "returns", order: "  ", message: "Hello", consent: "true", stranger: "x" };
  assert.deepEqual(startOf(fields, values), { name: "Elif", email: "", phone: "", answers: { topic: "returns" }, consent: true });
});
