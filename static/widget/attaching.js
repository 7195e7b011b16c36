// @ts-check
/** Uploading, for those who attach something: loaded with the first file. */
import { Chips } from "../shared/chips.js";
import { newRef } from "../shared/dom.js";
import { upload } from "../shared/upload.js";
import { Uploads } from "../shared/uploads.js";

/** @param {any} app */
export default function attachingFor({ store, config }) {
  const { api } = store;
  const uploads = new Uploads({
    send: (file, progressed, signal) => upload(`${api.base}files/`, api.headers(), file, progressed, signal),
    discard: (id) => api.remove(`files/${id}/`).catch(() => {}), // a sweep finds it otherwise
    newRef,
    limit: config.file_limit_mb * 1024 * 1024,
  });
  store.renamed = (from, to) => uploads.move(from, to);
  return { uploads, Chips };
}
