// @ts-check
/** How files of a message look, for the visitor and for the team alike. */
import { html } from "./view.js";

const KB = 1024;

// `image/*` makes phones offer their camera; iPhones then send JPEG instead of HEIC.
export const ACCEPT =
  "image/*,video/mp4,video/webm,video/quicktime,audio/mpeg,audio/ogg,audio/mp4,.m4a,.pdf,.txt,.csv,.docx,.xlsx,.pptx,.odt,.ods";

/** "840 KB", "2.4 MB", with a space that does not break. @param {string} lang @param {number} bytes */
export function sizeText(lang, bytes) {
  const [amount, unit] = bytes < KB * KB ? [Math.max(1, Math.round(bytes / KB)), "KB"] : [bytes / KB / KB, "MB"];
  return `${new Intl.NumberFormat(lang, { maximumFractionDigits: amount < 10 ? 1 : 0 }).format(amount)}\u00a0${unit}`;
}

/** @param {string} mediaType */
export function fileIcon(mediaType) {
  if (mediaType.startsWith("audio/")) return "music";
  if (mediaType.startsWith("video/")) return "video";
  return mediaType.startsWith("image/") ? "photo" : "file-text";
}

/** Files by drag, paste or choice; text that comes with them (from a document) wins. @param {DataTransfer | null} data */
export const filesIn = (data) => (data && !data.types.includes("text/plain") ? [...data.files] : []);

/**
 * @param {{files: any[], lang: string, t: any, Icon: any, onOpen: (file: any) => void}} props
 *   `onOpen`: somebody wants to see a picture large
 */
export const Files = ({ files, ...how }) => files.map((file) => html`<${FileView} key=${file.id} file=${file} ...${how} />`);

function FileView({ file, lang, t, Icon, onOpen }) {
  if (file.preview_url) return html`<${Picture} file=${file} t=${t} onOpen=${onOpen} />`;
  const kind = file.media_type.slice(0, 5);
  const size = sizeText(lang, file.size);
  return html`<div class="attached">
    ${kind === "video" && html`<video class="attached__film" src=${file.url} controls preload="metadata" playsinline aria-label=${file.name}></video>`}
    <a class="attached__card" href=${file.url} download=${file.name} target="_blank" rel="noopener" aria-label=${`${t("file.download", { name: file.name })} ${size}`}>
      <span class="attached__icon"><${Icon} name=${fileIcon(file.media_type)} /></span>
      <span class="grow attached__words"><span class="attached__name clip" dir="auto">${file.name}</span> <span class="attached__size">${size}</span></span>
      <${Icon} name="download" size="sm" />
    </a>
    ${kind === "audio" && html`<audio class="attached__sound" src=${file.url} controls preload="none" aria-label=${file.name}></audio>`}
  </div>`;
}

/** Its box has its size before the picture is there, so that nothing jumps. */
function Picture({ file, t, onOpen }) {
  const ratio = Math.min(2.5, Math.max(0.8, file.width / file.height));
  return html`<button type="button" class="picture" style=${{ aspectRatio: String(ratio) }} aria-label=${t("file.open", { name: file.name })} onClick=${() => onOpen(file)}>
    <img src=${file.preview_url} width=${file.width} height=${file.height} alt=${file.name} loading="lazy" decoding="async" />
  </button>`;
}
