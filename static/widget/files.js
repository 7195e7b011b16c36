// @ts-check
/** Where files come into the widget: the button, a drop, a paste. What uploads them comes when it is needed. */
import { useDropAndPaste } from "../shared/drop.js";
import { ACCEPT, Files } from "../shared/files.js";
import { html, useEffect, useRef, useState } from "../shared/view.js";
import { fetchView } from "./later.js";
import { Icon } from "./parts.js";

/** The inbox may want none. */
export const mayAttach = ({ store }) => store.state.value.inbox?.conversation?.attachments !== false;

export const MessageFiles = ({ app, files }) => {
  const open = async (file) => {
    const openLightbox = await fetchView(() => import("./lightbox.js"));
    openLightbox(file, { t: app.t, Icon, within: /** @type {Element} */ (document.querySelector(".widget")) });
  };
  return files?.length > 0 && html`<${Files} files=${files} lang=${app.lang} t=${app.t} Icon=${Icon} onOpen=${open} />`;
};

/**
 * What is being attached to the conversation on screen.
 * @param {any} app @param {string | null} ticket
 */
export function useAttaching(app, ticket) {
  const place = ticket ?? "new";
  const [busy, setBusy] = useState(false);
  const [blocked, setBlocked] = useState(false);
  const [, redraw] = useState(0);
  const kit = app.attaching;
  useEffect(() => {
    const draw = () => redraw((count) => count + 1);
    draw(); // what happened before anybody listened
    return kit?.uploads.listen(draw);
  }, [kit]);

  async function add(files) {
    if (!files.length) return;
    try {
      const attachingFor = await fetchView(() => import("./attaching.js"));
      app.attaching ??= attachingFor(app);
      // Meanwhile a conversation that was being started may have got its name.
      const { name, ticket: now } = app.store.view.value;
      app.attaching.uploads.add(name === "chat" ? (now ?? "new") : place, files);
      redraw((count) => count + 1);
    } catch {
      app.store.problem.value = "file.failed";
    }
  }

  /** Waits for what is on its way. @returns {Promise<string[] | null>} null: something could not be uploaded */
  async function settled() {
    setBusy(true);
    const ids = await kit.uploads.settled(place);
    setBusy(false);
    setBlocked(!ids);
    return ids;
  }

  const count = kit?.uploads.of(place).length ?? 0;
  const chips = count > 0 && html`<${kit.Chips} uploads=${kit.uploads} place=${place} blocked=${blocked} lang=${app.lang} t=${app.t} Icon=${Icon} />`;
  return { add, busy, chips, count, settled, take: (ids) => (ids.length ? kit.uploads.take(ids) : []) };
}

/** The button, and the whole panel as a place to drop or paste files. */
export function AttachButton({ app, onFiles }) {
  const { t } = app;
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const over = useDropAndPaste(onFiles);

  function chosen() {
    onFiles([...(input.current?.files ?? [])]);
    if (input.current) input.current.value = ""; // the same file may be chosen again
  }

  return html`<button type="button" class="btn btn--ghost btn--icon" aria-label=${t("file.attach")} title=${t("file.attach")} onClick=${() => input.current?.click()}><${Icon} name="paperclip" /></button>
    <input type="file" ref=${input} hidden multiple accept=${ACCEPT} onChange=${chosen} />
    ${over && html`<div class="dropzone"><${Icon} name="paperclip" size="lg" /><p>${t("file.drop")}</p></div>`}`;
}
