// @ts-check
/** Something small that opens at a button, and is loaded when it is wanted first. */
import { useEffect, useRef, useState } from "../shared/view.js";
import { fetchView } from "./later.js";

/**
 * Esc, and going or pointing elsewhere, close it; Esc gives the focus back to the button.
 * @param {() => Promise<{default: any}>} load
 */
export function usePopup(load) {
  const [open, setOpen] = useState(false);
  const [Inside, setInside] = useState(/** @type {any} */ (null));
  const box = useRef(/** @type {HTMLElement | null} */ (null));

  useEffect(() => {
    if (!open) return;
    const outside = (event) => !box.current?.contains(event.target) && setOpen(false);
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  function toggle() {
    setOpen(!open);
    if (!Inside) fetchView(load).then((view) => setInside(() => view), () => setOpen(false));
  }

  /** @param {boolean} back the focus returns to the button */
  function close(back) {
    setOpen(false);
    if (back) box.current?.querySelector("button")?.focus();
  }

  function onKeyDown(event) {
    if (!open || event.key !== "Escape") return;
    event.stopPropagation();
    close(true);
  }

  // Safari gives the focus to no button that is clicked: then there is no next one, and it stays open.
  const onFocusOut = ({ currentTarget, relatedTarget }) => relatedTarget && !currentTarget.contains(relatedTarget) && setOpen(false);

  return { box: { ref: box, onKeyDown, onFocusOut }, open, Inside, toggle, close };
}
