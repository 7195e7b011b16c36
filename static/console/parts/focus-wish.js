// @ts-check
/** The keyboard is wanted somewhere: whoever draws that place takes it, now or when it is there. */
import { focusWish } from "../ui.js";
import { useEffect } from "../view.js";

/** @param {string} place @param {() => void} take */
export function useFocusWish(place, take) {
  const wished = focusWish.value === place;
  useEffect(() => {
    if (!wished) return;
    focusWish.value = null;
    take();
  }, [wished]);
}
