/* The button in its shadow root, and the small card above it. */
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
  button.onpointerenter = button.onfocus = load;
}

/* Says on the button what there is; the panel goes on where it knows more. */
function name() {
  host.lang = lang;
  button.hidden = my.away || settings.hide.some((path) => matches(path, w.location.pathname));
  if (note) note.hidden = button.hidden;
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
 * One card at a time: {name, text, choices?: [text]}. `opened(index)` when he takes it up, by a choice
 * or by the text (no index); `dismissed()` when he closes it. It takes no focus.
 */
function card(said, opened, dismissed) {
  dropCard();
  note = element("section", "card " + d.documentElement.dataset.theme, root);
  note.ariaLabel = words.title;
  var part = (kind, text, then) => {
    var made = element("button", kind, note);
    made.dir = "auto";
    made.append(text);
    made.onclick = () => { dropCard(); then && then(); };
    return made;
  };
  var text = part("said", "", opened);
  element("small", "", text).append(said.name);
  text.append(said.text);
  var close = part("close", "\u00d7", dismissed);
  close.ariaLabel = words.dismiss;
  (said.choices || []).forEach((choice, index) => part("choice", choice, () => opened(index)));
  note.onkeydown = (event) => { if (event.key === "Escape") close.click(); };
  name();
  polite.textContent = said.name + ": " + said.text;
}

function dropCard() {
  if (!note) return;
  if (note.contains(root.activeElement)) button.focus();
  note.remove();
  note = 0;
}
