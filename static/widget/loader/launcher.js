/* The button in its shadow root. */
var host, root, button, badge, label, polite, note;

function element(name, className, parent) {
  var el = d.createElement(name);
  el.className = className;
  el.type = "button"; // of buttons only; elsewhere it means nothing
  parent.append(el);
  return el;
}

function draw() {
  host = d.createElement("div");
  host.dataset.helpdesk = settings.inbox;
  host.role = "region";
  root = host.attachShadow({ mode: "open" });
  // A constructed sheet, because a page's policy may forbid inline styles.
  var sheet = new CSSStyleSheet();
  sheet.replaceSync(settings.style);
  root.adoptedStyleSheets = [sheet];
  button = element("button", "launcher", root);
  badge = element("i", "", button);
  polite = element("p", "", root);
  polite.role = "status";
  button.ariaExpanded = false;
  button.onclick = api.toggle;
  button.onpointerenter = button.onfocus = intend;
}

/* Says on the button what there is; the panel goes on where it knows more. */
function name() {
  host.lang = lang;
  host.ariaLabel = words.title;
  button.hidden = my.away || settings.hide.some((path) => matches(path, w.location.pathname));
  badge.textContent = my.unread > 99 ? "99+" : my.unread || "";
  say(words.label || "", words.open + (my.unread ? words.unread + my.unread : ""));
  panel && panel("named", []);
}

/* A new element each time: one that grows would count as a shift of the page's layout. */
function say(text, action) {
  if (label) label.remove();
  label = element("b", "", button);
  label.append(text);
  button.ariaLabel = (text && text + ": ") + action;
}

/*
 * One card at a time above the launcher, which the panel draws: {name, text, choices?: [text]}.
 * `opened(index)` when he takes it up, by a choice or by the text (no index); `dismissed()` when he
 * closes it. It takes no focus. `note` is true once we have asked for one; the promise ends when it is there.
 */
function card(...said) {
  note = true;
  return load().then(() => my.open || panel("card", said));
}
