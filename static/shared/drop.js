// @ts-check
/** The whole page as a place to drop or paste files. */
import { filesIn } from "./files.js";
import { useEffect, useRef, useState } from "./view.js";

/** @param {(files: File[]) => void} onFiles @returns {boolean} whether something is held over the page */
export function useDropAndPaste(onFiles) {
  const [over, setOver] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
    const listeners = {
      // A file dropped beside the zone would replace the chat with itself.
      dragover(event) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      dragleave: (event) => event.relatedTarget === null && setOver(false),
      drop(event) {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        latest.current([...event.dataTransfer.files]);
      },
      paste(event) {
        const files = filesIn(event.clipboardData);
        if (!files.length) return;
        event.preventDefault();
        latest.current(files);
      },
    };
    for (const [type, listener] of Object.entries(listeners)) document.addEventListener(type, listener);
    return () => {
      for (const [type, listener] of Object.entries(listeners)) document.removeEventListener(type, listener);
    };
  }, []);
  return over;
}
