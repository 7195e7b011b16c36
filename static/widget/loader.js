/* Draws the launcher and, on intent, the chat's frame. The server puts the inbox's settings in. */
(function (w, d) {
  "use strict";
  var settings = __HELPDESK_SETTINGS__;
  var early = w.HelpdeskWidget && w.HelpdeskWidget.q;
  if (w.HelpdeskWidget && !early) return; // the snippet stands twice on the page

  var WORDS = {
    en: ["Open chat", "Minimise chat", "Open chat, new messages: ", "Help chat"],
    tr: ["Sohbeti a\u00e7", "Sohbeti k\u00fc\u00e7\u00fclt", "Sohbeti a\u00e7, yeni mesaj: ", "Yard\u0131m sohbeti"],
    pl: ["Otw\u00f3rz czat", "Zminimalizuj czat", "Otw\u00f3rz czat, nowe wiadomo\u015bci: ", "Czat pomocy"],
  };
  var CHAT = "M5.8 4.9c3.9-2.8 9.5-2.5 13.1.5 3.7 3.2 4.2 8.3 1.1 11.9-2.8 3.5-7.9 4.6-12.2 2.8L3.3 21.1a1 1 0 0 1-1.3-1.3l1.2-3.5C.9 12.6 2.2 7.7 5.8 4.9z";
  var DOWN = "M6 9l6 6l6 -6";
  var PHONE = "(max-width: 480px)";
  var prefix = "helpdesk:" + settings.inbox + ":";
  var lang = pickLanguage();
  var words = WORDS[lang] || WORDS.en;
  var label = settings.label[lang];
  var seen = w.location.href + d.title;
  var open = false, unread = 0, frame = null, ready = false, waiting = [], entry = false, overflow = "";
  var host, button, badge, icon, polite;

  function pickLanguage() {
    var wished = [d.documentElement.lang].concat(w.navigator.languages || []);
    for (var i = 0; i < wished.length; i++) {
      var short = String(wished[i] || "").slice(0, 2).toLowerCase();
      if (settings.languages.indexOf(short) >= 0) return short;
    }
    return settings.languages[0] || "en";
  }

  function theme() {
    var wish = settings.theme === "page" ? d.documentElement.getAttribute("data-theme") : settings.theme;
    if (wish === "system") wish = w.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    return wish === "dark" ? "dark" : "light";
  }

  /* The page's storage may be forbidden; then nothing is remembered. */
  function storage(use) {
    try { return use(w.localStorage); } catch (e) { return null; }
  }
  function stored() {
    return storage(function (box) {
      var all = {};
      for (var key in box) if (key.indexOf(prefix) === 0) all[key.slice(prefix.length)] = box[key];
      return all;
    });
  }
  function remember(key, value) {
    storage(function (box) { value === null ? box.removeItem(prefix + key) : box.setItem(prefix + key, value); });
  }

  function element(name, attributes, parent) {
    var el = name === "svg" || name === "path" ? d.createElementNS("http://www.w3.org/2000/svg", name) : d.createElement(name);
    for (var key in attributes) el.setAttribute(key, attributes[key]);
    if (parent) parent.appendChild(el);
    return el;
  }

  /* A constructed sheet, because a page's policy may forbid inline styles. */
  function style(root) {
    var side = settings.side === "left" ? "left" : "right";
    var x = settings.offset[0], y = settings.offset[1];
    var motion = " .24s cubic-bezier(.2,0,0,1)";
    var sheet = new CSSStyleSheet();
    sheet.replaceSync(
      ":host{all:initial!important;position:fixed!important;z-index:" + settings.z + "!important}" +
      "button{all:unset;box-sizing:border-box;position:fixed;" + side + ":" + x + "px;bottom:calc(" + y + "px + env(safe-area-inset-bottom,0px));display:flex;align-items:center;justify-content:center;gap:10px;min-width:60px;height:60px;border-radius:30px;background:" + settings.brand + ";color:" + settings.ink + ";box-shadow:0 12px 32px #25221f24;font:600 15px system-ui,sans-serif;cursor:pointer}" +
      "button:hover{filter:brightness(1.12)}" +
      "button:focus-visible{outline:3px solid #fff;outline-offset:-5px;box-shadow:0 0 0 3px " + settings.brand + ",0 0 0 5px #fff}" +
      "svg{width:28px;fill:currentColor}" +
      "svg:nth-last-child(3){margin-inline-start:18px}" +
      "b{padding-inline-end:22px}" +
      "[aria-expanded=true] svg{fill:none;stroke:currentColor;stroke-width:2}" +
      "i{position:absolute;top:-2px;inset-inline-end:-2px;min-width:20px;padding:0 6px;box-sizing:border-box;border-radius:10px;background:#c8393a;color:#fff;box-shadow:0 0 0 2px #fff;font:600 12px/20px system-ui,sans-serif;text-align:center}" +
      "[hidden]{display:none}" +
      "div{position:fixed;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}" +
      "iframe{position:fixed;" + side + ":" + x + "px;bottom:" + (y + 80) + "px;width:400px;height:720px;max-height:calc(100dvh - " + (y + 100) + "px);border:0;border-radius:20px;color-scheme:normal;box-shadow:0 24px 64px #25221f33;transition:opacity" + motion + ",transform" + motion + "}" +
      "iframe.c{opacity:0;transform:translateY(12px);visibility:hidden}" +
      "@media " + PHONE + "{iframe{inset:0;width:100%;height:100dvh;max-height:none;border-radius:0}[aria-expanded=true]{display:none}}" +
      "@media (prefers-reduced-motion:reduce){iframe{transition:none}}" +
      "@media print{:host{display:none}}"
    );
    root.adoptedStyleSheets = [sheet];
  }

  function draw() {
    host = element("div", { "data-helpdesk": settings.inbox });
    var root = host.attachShadow({ mode: "open" });
    style(root);
    button = element("button", { type: "button", "aria-expanded": "false", lang: lang }, root);
    icon = element("path", { d: CHAT }, element("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, button));
    if (label) element("b", {}, button).textContent = label;
    badge = element("i", { "aria-hidden": "true" }, button);
    polite = element("div", { role: "status", lang: lang }, root);
    button.addEventListener("click", toggle);
    ["pointerenter", "focus", "touchstart"].forEach(function (name) {
      button.addEventListener(name, load, { once: true, passive: true });
    });
    name();
    d.body.appendChild(host);
  }

  function name() {
    button.setAttribute("aria-label", (label ? label + ": " : "") + (open ? words[1] : unread ? words[2] + unread : words[0]));
    button.setAttribute("aria-expanded", String(open));
    icon.setAttribute("d", open ? DOWN : CHAT);
    badge.hidden = open || !unread;
    badge.textContent = unread > 99 ? "99+" : unread;
  }

  function load() {
    if (frame) return;
    var url = settings.origin + "/widget/" + settings.inbox + "/frame/?lang=" + lang + "&theme=" + theme();
    frame = element("iframe", { id: "frame", class: "c", title: words[3], allow: "autoplay; clipboard-write", src: url + "#" + w.location.origin }, host.shadowRoot);
    button.setAttribute("aria-controls", "frame");
    setInterval(look, 1000);
  }

  /* The keyboard of a phone covers a part of the page without changing its height. */
  function fit() {
    var view = w.visualViewport;
    if (entry && view) frame.style.cssText = "top:" + view.offsetTop + "px;height:" + view.height + "px";
    else frame.style.cssText = "";
  }

  function tell(type, detail) {
    var message = { helpdesk: type, detail: detail };
    if (ready) frame.contentWindow.postMessage(message, settings.origin);
    else waiting.push(message);
  }

  function show() {
    if (open) return;
    load();
    open = true;
    unread = 0;
    frame.classList.remove("c");
    if (w.matchMedia(PHONE).matches) {
      overflow = d.documentElement.style.overflow;
      d.documentElement.style.overflow = "hidden";
      w.history.pushState({ helpdesk: true }, "");
      entry = true;
      fit();
    }
    name();
    tell("open");
    setTimeout(function () {
      if (!ready) frame.src = frame.src.replace("?", "?again&"); // a part of it did not arrive
    }, 15000);
  }

  function hide() {
    if (!open) return;
    open = false;
    frame.classList.add("c");
    if (entry) {
      entry = false;
      fit();
      d.documentElement.style.overflow = overflow;
      if ((w.history.state || {}).helpdesk) w.history.back();
    }
    name();
    tell("close");
    button.focus();
  }

  function toggle() {
    (open ? hide : show)();
  }

  function page() {
    return { url: w.location.href, title: d.title, referrer: d.referrer };
  }

  /* Single-page shops change address and title without a load; their history is not ours to wrap. */
  function look() {
    var now = page();
    if (!ready || now.url + now.title === seen) return;
    seen = now.url + now.title;
    tell("page", now);
  }

  var heard = {
    ready: function () {
      ready = true;
      tell("host", { page: page(), open: open, stored: stored() });
      waiting.splice(0).forEach(function (message) { tell(message.helpdesk, message.detail); });
    },
    close: hide,
    unread: function (count) {
      if (count > unread && !open) polite.textContent = words[2] + count;
      unread = open ? 0 : count;
      name();
    },
    /* A conversation is open: next time the frame loads early, to count what comes. */
    talking: function (on) { remember("talking", on ? "1" : null); },
    remember: function (item) { remember(item.key, item.value); },
  };

  w.addEventListener("message", function (event) {
    if (!frame || event.source !== frame.contentWindow || event.origin !== settings.origin) return;
    var type = event.data && event.data.helpdesk;
    if (typeof type === "string" && heard.hasOwnProperty(type)) heard[type](event.data.detail);
  });

  w.addEventListener("popstate", function () {
    if (entry && !(w.history.state || {}).helpdesk) hide();
  });
  if (w.visualViewport) w.visualViewport.addEventListener("resize", function () { if (frame) fit(); });

  w.HelpdeskWidget = { open: show, close: hide, toggle: toggle };

  function start() {
    draw();
    (early || []).forEach(function (method) { w.HelpdeskWidget[method](); });
    if ((stored() || {}).talking) (w.requestIdleCallback || setTimeout)(load, { timeout: 3000 });
  }
  if (d.body) start();
  else d.addEventListener("DOMContentLoaded", start);
})(window, document);
