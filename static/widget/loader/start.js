/* Beginning, what is looked at again and again, and what a shop may ask of us. */
var early = (w.HelpdeskWidget || {}).q;
var target = ((d.currentScript || {}).dataset || {}).target;
var base = settings.origin + "/widget/" + settings.inbox + "/";
var panel, coming, href, api = { q: { push: take } };
/* What both stages know; `calls` waits for the panel, `open` is the panel's word. */
var my = { calls: [], away: target };
/* Commands by what their first argument is. */
var COMMANDS = { any: "open close toggle hide show logout", string: "identify setLocale setStage on off", object: "setAttributes" };

/* The panel comes on intent. If it does not, the next try loads it again. */
function load() {
  coming ||= import(base + "panel.js").then((module) => {
    panel = module.default({ my, host, target, stored, remember, name, say, refuse, lang: () => lang });
  });
  coming.catch(() => { coming = 0; });
  return coming;
}

/* Somebody may be about to open the chat: its frame comes too. */
function intend() {
  load().then(() => panel("load", []), () => {});
}

/* What a shop may not ask is said on the console, never thrown into its page. */
function refuse(...given) {
  w.console.warn("HelpdeskWidget", given);
}

function run(command, given) {
  if (command === "hide" || command === "show") my.away = command === "hide";
  if (command === "setStage") [my.stage, my.cart] = given;
  if (command === "setLocale") speak(given[0]);
  if (command === "logout") {
    var all = stored() || { known: 1 };
    for (var key in all) remember(key, null);
    my.unread = 0;
    if (all.known) intend();
  }
  name();
  if (panel) panel(command, given);
  // Without a panel the chat has a page of its own.
  else if (/open|toggle/.test(command)) load().then(() => panel("open", given), () => w.open(settings.origin + "/chat/" + settings.inbox));
  else my.calls.push([command, given]);
}

function take(item) {
  item = [].concat(item);
  var command = api[item[0]];
  command?.call ? command(...item.slice(1)) : refuse(...item);
}

/* `then` gets {open, free, unread, live}, or undefined when nobody answers; of a rule, its texts too. */
function ask(then, rule = "") {
  fetch(base + "state.json?k=" + ((stored() || {}).talking || "") + "&r=" + rule).then((answer) => answer.json()).catch(() => {}).then(then);
}

function follow(link) {
  link = /^#chat(-(message|callback|help))?$/.exec(link);
  if (link) api.open(link[2]);
  return link;
}

/* A page may exchange its whole body, and change its address without a load; its history is not ours to wrap. */
function look() {
  var home = target ? d.querySelector(target) : d.documentElement;
  if (home && host.parentNode !== home) {
    host.dir = d.body.dir || d.dir;
    home.append(host);
    target && intend();
  }
  if (href !== w.location.href) {
    href = w.location.href;
    name();
    settings.invitations && arrived();
  }
  panel && panel("look", []);
}

function start() {
  [d.documentElement.lang].concat(w.navigator.languages, Object.keys(settings.words)).find(speak);
  draw();
  look();
  setInterval(look, 500);
  early?.forEach(take);
  follow(w.location.hash);
  if ((stored() || {}).talking && !target) ask((state) => {
    if (state && !panel) { my.unread = state.unread; name(); }
    if (!state || state.live) (w.requestIdleCallback || setTimeout)(intend);
  });
}

/* The snippet may stand twice on the page; the first one counts. */
if (!w.HelpdeskWidget || early?.map) {
  for (let kind in COMMANDS) COMMANDS[kind].split(" ").forEach((command) => {
    api[command] = (...given) => kind === "any" || (given[0] && typeof given[0] === kind) ? run(command, given) : refuse(command, given);
  });
  w.HelpdeskWidget = api;
  d.addEventListener("click", (event) => {
    var link = event.target.closest('a[href^="#chat"]');
    if (link && follow(link.getAttribute("href"))) event.preventDefault();
  }, true);
  if (d.body) start();
  else d.addEventListener("DOMContentLoaded", start);
}
