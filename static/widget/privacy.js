// @ts-check
/** What we keep of the visitor, and his say in it. */
import { html, useRef, useState } from "../shared/view.js";
import { Choice, Head, Icon } from "./parts.js";

export default function Privacy({ app }) {
  const { t, store } = app;
  const { inbox, visitor } = store.state.value;
  const [said, setSaid] = useState({ text: "", failed: false });
  const erase = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const leave = useRef(/** @type {HTMLDialogElement | null} */ (null));

  /** @param {() => Promise<string>} act answers with the sentence that is said then */
  async function run(act) {
    try {
      setSaid({ text: await act(), failed: false });
    } catch (error) {
      setSaid({ text: error.message || t("err.load"), failed: true });
    }
  }

  async function download() {
    save(await store.api.get("export/"));
    return t("priv.saved");
  }

  async function ask() {
    await store.api.post("erasure/");
    return t("priv.erased");
  }

  return html`
    <${Head} app=${app} title=${t("home.privacy")} />
    <div class="widget__body filled__body">
      <div class="ways">
        ${inbox.privacy.notice_url && html`<${Choice} icon="shield-lock" title=${t("priv.notice")} href=${inbox.privacy.notice_url} />`}
        <${Choice} icon="download" title=${t("priv.copy")} note=${t("priv.copyNote")} onClick=${() => run(download)} />
        <${Choice} icon="trash" title=${t("priv.erase")} note=${t("priv.eraseNote")} onClick=${() => erase.current?.showModal()} />
        <${Choice} icon="logout" title=${t("priv.leave")} note=${t("priv.leaveNote")} onClick=${() => leave.current?.showModal()} />
      </div>
      <div role="status">${said.text && html`<p class=${`banner ${said.failed ? "banner--danger" : ""}`}><${Icon} name=${said.failed ? "alert-circle" : "check"} size="sm" />${said.text}</p>`}</div>
    </div>
    <${Sure} t=${t} dialog=${erase} ask=${t("priv.eraseAsk")} verb=${t("priv.erase")} onYes=${() => run(ask)} />
    <${Sure} t=${t} dialog=${leave} ask=${t(visitor.verified ? "priv.leaveAskKnown" : "priv.leaveAsk")} verb=${t("priv.leave")} onYes=${() => store.identity.leave()} />
  `;
}

/** Nothing of this is done by one touch. */
function Sure({ t, dialog, ask, verb, onYes }) {
  const yes = () => {
    dialog.current?.close();
    onYes();
  };
  return html`<dialog class="dialog" ref=${dialog} aria-label=${verb} onKeyDown=${(event) => event.stopPropagation()}>
    <p>${ask}</p>
    <div class="dialog__foot">
      <button type="button" class="btn btn--lg" onClick=${() => dialog.current?.close()}>${t("priv.cancel")}</button>
      <button type="button" class="btn btn--danger btn--lg" onClick=${yes}>${verb}</button>
    </div>
  </dialog>`;
}

/** @param {any} data */
function save(data) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: "my-data.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
