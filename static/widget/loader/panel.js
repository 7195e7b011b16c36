/*
 * The second stage of the loader, a module that comes on intent or for a card: the chat's frame, shown,
 * hidden, and spoken with. The server joins card.js before it, and puts the inbox's settings in.
 */
const settings = __HELPDESK_SETTINGS__;
const PHONE = "(max-width: 480px)";
const PATIENCE_MS = 15_000;
const STAGES = ["before", "during", "after"];
const VIEWS = ["home", "chat", "help", "callback", "message"];

export default function panel({ my, host, target, stored, remember, name, say, refuse, lang }) {
  const root = host.shadowRoot;
  const button = root.querySelector(".launcher");
  const polite = root.querySelector("p");
  const { documentElement } = document;
  let frame, ready, view, queue, told, entry, overflow;
  let open = Boolean(target);
  let jwt = null, attributes = null, leaving = false;
  let listeners = [];
  // A page without an origin cannot be spoken with from a frame, and gives it no storage.
  const isSandboxed = window.origin === "null";
  const words = () => settings.words[lang()];
  const card = cards({ root, button, polite, words, theme });

  // ---- the frame ------------------------------------------------------------------------------

  function theme() {
    const wish = settings.theme === "page" ? documentElement.dataset.theme : settings.theme;
    const dark = wish === "dark" || (wish === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
    return dark ? "dark" : "light";
  }

  function address(again = "") {
    return `${settings.base}frame/?lang=${lang()}&theme=${theme()}${again}#${location.origin}`;
  }

  function load() {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.id = "frame";
    frame.title = words().title;
    frame.allow = "autoplay; clipboard-write; microphone";
    frame.className = open ? "" : "closed";
    if (target) fill();
    frame.src = address();
    root.append(frame);
    button.setAttribute("aria-controls", "frame");
  }

  /* As a part of the page; nobody becomes a visitor by a chat that stands further down. */
  function fill() {
    host.className = host.parentNode.clientHeight < 240 ? "inline tall" : "inline";
    frame.loading = "lazy";
  }

  function tell(type, detail) {
    if (ready) frame.contentWindow.postMessage({ helpdesk: type, detail }, settings.origin);
  }

  function reload(again) {
    if (!frame) return;
    ready = false;
    frame.src = address(again);
  }

  /* The keyboard of a phone covers a part of the page without changing its height. */
  function fit() {
    const seen = window.visualViewport;
    if (frame) frame.style.cssText = entry && seen ? `top:${seen.offsetTop}px;height:${seen.height}px` : "";
  }

  // ---- the page -------------------------------------------------------------------------------

  function follows() {
    return settings.follow && navigator.doNotTrack !== "1" && !navigator.globalPrivacyControl;
  }

  function page() {
    return follows() ? { url: location.href, title: document.title, referrer: document.referrer } : null;
  }

  function forget() {
    for (const key in stored()) remember(key, null);
  }

  function emit(event, detail) {
    for (const [name, listener] of listeners) if (name === event) setTimeout(listener, 0, detail);
  }

  function announce(text) {
    if (!open) polite.textContent = text;
  }

  // ---- shown and hidden -------------------------------------------------------------------------

  function show(wish) {
    view = wish;
    load();
    if (target) host.scrollIntoView({ block: "nearest" });
    else if (!open) appear();
    if (my.invited) tell("invited", my.invited);
    tell("open", { view });
  }

  function appear() {
    my.open = open = true;
    my.unread = 0;
    remember("known", Date.now());
    card.drop();
    frame.className = "";
    if (matchMedia(PHONE).matches) coverPage();
    name();
    emit("open");
    // A part of it did not arrive.
    setTimeout(() => ready || reload("&again"), PATIENCE_MS);
  }

  function hide() {
    if (!open || target) return;
    my.open = open = false;
    view = undefined;
    frame.className = "closed";
    if (entry) uncoverPage();
    name();
    tell("close");
    emit("close");
    if (document.activeElement === host) button.focus();
  }

  /* On a phone the panel is the whole screen, and the browser's Back closes it. */
  function coverPage() {
    overflow = documentElement.style.overflow;
    documentElement.style.setProperty("overflow", "hidden", "important");
    history.pushState({ helpdesk: true }, "");
    entry = true;
    fit();
  }

  function uncoverPage() {
    entry = false;
    fit();
    documentElement.style.overflow = overflow;
    if (history.state?.helpdesk) history.back();
  }

  // ---- what the frame says ------------------------------------------------------------------------

  const heard = {
    ready() {
      ready = true;
      if (open) remember("known", Date.now());
      tell("host", {
        page: page(), open, stored: stored(), mode: target ? "inline" : "panel",
        stage: my.stage ?? null, cart: my.cart ?? null, jwt: leaving ? null : jwt, attributes, invited: my.invited ?? null,
      });
      if (leaving) tell("logout");
      if (open && !target) tell("open", { view });
      emit("ready");
    },
    close: hide,
    unread(count) {
      if (count !== my.unread) emit("unread", count);
      if (count > (my.unread || 0) && !root.querySelector(".card")) announce(words().unread + count);
      my.unread = open ? 0 : count;
      name();
    },
    // A conversation is open: the next page asks how it stands.
    talking: ({ on, key }) => remember("talking", on ? key : null),
    remember: ({ key, value }) => remember(key, value),
    queue(place) {
      queue = place;
      name();
      if (place) announce(place.text);
    },
    preview(said) {
      if (!said) card.drop();
      else if (!open) card.draw(said, () => show());
    },
    event({ name, detail }) {
      // What he was invited with has led to one conversation; the next is his own.
      if (name === "chat-started") my.invited = null;
      emit(name, detail);
    },
    // It loads itself anew, and hears who comes next with `host`.
    forgotten() {
      leaving = false;
      forget();
    },
  };

  // ---- what the page asks for ------------------------------------------------------------------------

  /* Each answers `false` to what it cannot take. */
  const commands = {
    open(wish) {
      if (typeof wish === "string" && !VIEWS.includes(wish)) return false;
      show(typeof wish === "string" ? wish : undefined);
    },
    close: hide,
    toggle: () => (open ? hide() : show()),
    hide,
    show() {},
    identify(token) {
      jwt = token;
      if (!leaving) tell("identify", jwt);
    },
    logout() {
      jwt = attributes = queue = my.invited = null;
      card.drop();
      name();
      leaving = true;
      tell("logout");
    },
    setAttributes(given) {
      attributes = { ...attributes, ...JSON.parse(JSON.stringify(given)) };
      tell("attributes", attributes);
    },
    setLocale(wish) {
      if (lang() !== wish.slice(0, 2)) return false;
      if (frame) frame.title = words().title;
      reload();
    },
    // What cannot be sent to the frame is not kept for it either.
    setStage(stage, cart) {
      my.stage = my.cart = null;
      if (!STAGES.includes(stage)) return false;
      my.cart = JSON.parse(JSON.stringify(cart ?? null));
      my.stage = stage;
      tell("stage", { stage, cart: my.cart });
    },
    on(event, listener) {
      if (typeof listener !== "function") return false;
      listeners.push([event, listener]);
    },
    off(event, listener) {
      listeners = listeners.filter((pair) => pair[0] !== event || (listener && pair[1] !== listener));
    },
    // ---- the loader's own ----
    load,
    card: card.draw,
    look() {
      const now = location.href + document.title;
      if (told !== now && told && follows()) tell("page", page());
      told = now;
    },
    named() {
      button.ariaExpanded = open;
      button.dataset.state = open ? "open" : queue ? "queued" : "";
      card.hide(button.hidden);
      if (open) say("", words().close);
      else if (queue) say(queue.text, words().open);
    },
  };

  function run(command, given) {
    try {
      if (commands[command](...given) !== false) return;
    } catch (error) {
      given = [...given, error];
    }
    refuse(command, given);
  }

  if (isSandboxed) return (command) => /open|toggle/.test(command) && window.open(settings.page);
  window.addEventListener("message", ({ data, origin, source }) => {
    if (source !== frame?.contentWindow || origin !== settings.origin) return;
    if (Object.hasOwn(heard, data?.helpdesk)) heard[data.helpdesk](data.detail);
  });
  window.addEventListener("popstate", () => {
    if (entry && !history.state?.helpdesk) hide();
  });
  window.visualViewport?.addEventListener("resize", fit);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(settings.style);
  root.adoptedStyleSheets.push(sheet);
  for (const [command, given] of my.calls) run(command, given);
  return run;
}
