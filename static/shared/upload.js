// @ts-check
/**
 * One file on its way. XMLHttpRequest, because nothing else tells how far it has got.
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {File} file
 * @param {(part: number) => void} progressed from 0 to 1
 * @param {AbortSignal} signal
 * @returns {Promise<any>} the server's words about the stored file; rejects with {code, message}
 */
export function upload(url, headers, file, progressed, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file, file.name || "file");
    request.open("POST", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => progressed(total ? loaded / total : 0);
    request.onload = () => {
      const answer = request.response ?? {};
      if (request.status === 201) resolve(answer.file);
      else reject({ code: answer.error?.code ?? "server", message: answer.error?.message ?? "" });
    };
    request.onerror = request.onabort = () => reject({ code: "offline", message: "" });
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}
