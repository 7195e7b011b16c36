// @ts-check
/** Me: availability, free places, appearance, language, signing out. */
import { html, useRef } from "../view.js";
import { setAvailability, setLanguage, setTheme } from "../actions/tickets.js";
import { forgetDrafts } from "../drafts.js";
import { language, LANGUAGES, t } from "../i18n.js";
import { Icon } from "../parts/icon.js";
import { Menu, MenuItem } from "../parts/menu.js";
import { Avatar, Presence } from "../parts/people.js";
import { services } from "../services.js";
import { state } from "../store/store.js";

const AVAILABILITIES = ["online", "busy", "away", "offline"];
const THEMES = { light: "sun", dark: "moon", system: "device-desktop" };

const Check = (/** @type {{on: boolean}} */ { on }) => html`<span class="option__check">${on && html`<${Icon} name="check" size="sm" />`}</span>`;

/** @param {{load: number, capacity: number}} props */
function Slots({ load, capacity }) {
  const places = Array.from({ length: Math.min(capacity, 8) }, (_, index) => index < load);
  return html`<span class="slots ${load >= capacity ? "slots--full" : ""}" aria-hidden="true">
    ${places.map((on, index) => html`<i key=${index} class=${on ? "on" : ""} />`)}
  </span>`;
}

function MenuBody() {
  const form = useRef(/** @type {HTMLFormElement|null} */ (null));
  const { profile } = state.value;
  const theme = document.documentElement.dataset.choice ?? "system";
  const signOut = () => {
    forgetDrafts();
    form.current?.submit();
  };
  return html`
    <div role="group" aria-label=${t("me.status")}>
      <div class="menu__label" aria-hidden="true">${t("me.status")}</div>
      ${AVAILABILITIES.map(
        (each) => html`<${MenuItem} key=${each} checked=${profile.availability === each} onChoose=${() => setAvailability(each)}>
          <${Presence} state=${each} /><span class="grow">${t(`availability.${each}`)}</span><${Check} on=${profile.availability === each} />
        <//>`,
      )}
    </div>
    <div role="group" aria-label=${t("me.theme")}>
      <div class="menu__label" aria-hidden="true">${t("me.theme")}</div>
      ${Object.entries(THEMES).map(
        ([each, icon]) => html`<${MenuItem} key=${each} checked=${theme === each} onChoose=${() => setTheme(/** @type {any} */ (each))}>
          <${Icon} name=${icon} /><span class="grow">${t(`theme.${each}`)}</span><${Check} on=${theme === each} />
        <//>`,
      )}
    </div>
    <div role="group" aria-label=${t("me.language")}>
      <div class="menu__label" aria-hidden="true">${t("me.language")}</div>
      ${Object.entries(LANGUAGES).map(
        ([code, own]) => html`<${MenuItem} key=${code} lang=${code} checked=${language() === code} onChoose=${() => setLanguage(code)}>
          <span class="grow">${own}</span><${Check} on=${language() === code} />
        <//>`,
      )}
    </div>
    <div class="menu__rule" role="separator"></div>
    <${MenuItem} onChoose=${signOut}><${Icon} name="logout" /><span class="grow">${t("me.sign_out")}</span><//>
    <form ref=${form} method="post" action=${services.signOut} hidden>
      <input type="hidden" name="csrfmiddlewaretoken" value=${services.csrf} />
    </form>
  `;
}

/** @param {{name: string, place: string, phone?: boolean}} props */
export function MeMenu({ name, place, phone = false }) {
  const { profile } = state.value;
  if (!profile) return null;
  const { availability, load, capacity } = profile;
  const status = t(`availability.${availability}`);
  const places = t("me.places", { load: load ?? 0, capacity: capacity ?? 0 });
  const avatar = html`<${Avatar} id=${profile.id} name=${profile.name} size=${phone ? "xs" : "sm"}><${Presence} state=${availability} /><//>`;
  const button = (/** @type {any} */ props) =>
    phone
      ? html`<button type="button" class="tabbar__me" ...${props}>${avatar}<span>${t("tab.me")}<span class="vh">: ${status}</span></span></button>`
      : html`<button type="button" class="me" ...${props}>
          ${avatar}
          <span class="lbl grow"><span class="sm medium clip me__name">${profile.name}</span>
            <span class="me__status xs faint">${status} <${Slots} load=${load} capacity=${capacity} /><span class="num" aria-hidden="true">${load}/${capacity}</span><span class="vh">${places}</span></span></span>
        </button>`;
  return html`<${Menu} name=${name} label=${t("me.title")} place=${place} button=${button}><${MenuBody} /><//>`;
}
