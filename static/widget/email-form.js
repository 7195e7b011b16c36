// @ts-check
import { useState } from "../shared/view.js";
import { useForm } from "./fields.js";

const FIELDS = [{ key: "email", kind: /** @type {"email"} */ ("email"), required: true }];

/**
 * A form of one e-mail address.
 * @param {any} app @param {string} name of its draft @param {string} known what it begins with
 * @param {(email: string) => Promise<string>} send answers with the address as it was taken, which is
 *   `done` from then on; what it throws is shown, at the field if it is the field's
 */
export function useEmailForm(app, name, known, send) {
  const form = useForm(app, name, FIELDS, { email: known });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const [done, setDone] = useState("");

  async function submit(event) {
    event.preventDefault();
    if (busy || !form.check()) return;
    setBusy(true);
    setError("");
    try {
      setDone(await send(form.values.email));
      form.forget();
    } catch (refusal) {
      if (refusal.field === "email") form.show({ email: refusal.message });
      else setError(refusal.message || app.t("err.load"));
    }
    setBusy(false);
  }

  return { box: form.box, field: form.part(FIELDS[0]), busy, error, done, submit };
}
