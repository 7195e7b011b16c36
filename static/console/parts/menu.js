// @ts-check
/** A button with a menu (APG menu button): arrows, typing a letter, Esc, focus back to the button. */
import { itemsOf, moveInMenu } from "../../shared/menu.js";
import { html, useEffect, useRef } from "../view.js";
import { menu } from "../ui.js";

/**
 * `button` draws the button from the properties it must carry; `children` are the items.
 * @param {{name: string, label: string, place?: string, button: (props: any) => any, children: any}} props
 */
export function Menu({ name, label, place = "", button, children }) {
  const root = useRef(/** @type {HTMLElement|null} */ (null));
  const list = useRef(/** @type {HTMLElement|null} */ (null));
  const open = menu.value === name;

  const close = (/** @type {boolean} */ back) => {
    menu.value = null;
    if (back) /** @type {HTMLElement|null} */ (root.current?.querySelector("[aria-haspopup]"))?.focus();
  };

  useEffect(() => {
    if (!open || !list.current) return undefined;
    const checked = list.current.querySelector("[aria-checked=true]");
    /** @type {HTMLElement} */ (checked ?? itemsOf(list.current)[0])?.focus();
    const outside = (/** @type {Event} */ event) => {
      if (!root.current?.contains(/** @type {Node} */ (event.target))) close(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Tab") return close(false);
    if (event.key === "Escape") {
      event.stopPropagation();
      return close(true);
    }
    return moveInMenu(event, /** @type {HTMLElement} */ (list.current));
  };

  const onFocusOut = (/** @type {FocusEvent} */ event) => {
    const next = /** @type {Node|null} */ (event.relatedTarget);
    if (next && !root.current?.contains(next)) close(false);
  };

  return html`<span class="menu-root" ref=${root} onFocusOut=${open ? onFocusOut : undefined}>
    ${button({
      "aria-haspopup": "menu",
      "aria-expanded": open ? "true" : "false",
      onClick: () => (open ? close(true) : (menu.value = name)),
    })}
    ${open &&
    html`<div class="menu menu--pop ${place} enter" role="menu" aria-label=${label} ref=${list} onKeyDown=${onKeyDown}>
      ${children}
    </div>`}
  </span>`;
}

/**
 * @param {{onChoose: () => void, checked?: boolean, disabled?: boolean, lang?: string, hint?: string, children: any}} props
 */
export function MenuItem({ onChoose, checked, disabled = false, lang, hint, children }) {
  const choose = (/** @type {Event} */ event) => {
    if (disabled) return;
    const root = /** @type {HTMLElement} */ (event.currentTarget).closest(".menu-root");
    menu.value = null;
    /** @type {HTMLElement|null} */ (root?.querySelector("[aria-haspopup]") ?? null)?.focus();
    onChoose();
  };
  return html`<button
    type="button"
    class="option"
    role=${checked === undefined ? "menuitem" : "menuitemradio"}
    aria-checked=${checked === undefined ? undefined : String(checked)}
    aria-disabled=${disabled ? "true" : undefined}
    tabindex="-1"
    lang=${lang}
    onClick=${choose}
  >
    ${children}${hint && html`<span class="xs faint push num">${hint}</span>`}
  </button>`;
}
