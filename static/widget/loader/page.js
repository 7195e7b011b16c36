/*
 * The loader in parts: the server joins them, in the order of `PARTS` in chat/queries/loader.py, into
 * one function (w = window, d = document), puts the inbox's settings in, and minifies the whole. Each
 * part is plain functions; what one declares, all can use:
 *
 *   settings, lang, words       what the server wrote; the language in use, and its words
 *   stored(), remember(key, value)    what this page keeps for this inbox; null: it may keep nothing
 *   matches(pattern, text)      a path pattern whose stars stand for anything
 *   element(name, className, parent), card(said, opened, dismissed), note    see launcher.js
 *   api.open(view), ask(then)   shows the chat; asks the server what state.json tells
 *   my.stage, my.cart           what the shop has set
 *   my.open, my.away            whether the chat is open; whether the shop has taken the launcher away
 *   my.invited = {id, variant, text}  the invitation that was taken up, before api.open("chat")
 *
 * If the inbox invites (`settings.invitations`), rules.js and invite.js are joined too, and their
 * `arrived()` is called at the start and after each change of address.
 *
 * Only what a page needs before anybody asks for the chat is here; the rest comes with the panel.
 */
var settings = __HELPDESK_SETTINGS__;
var prefix = "helpdesk:" + settings.inbox + ":";
var lang, words;

function speak(wish) {
  wish = String(wish).slice(0, 2).toLowerCase();
  if (settings.words[wish]) words = settings.words[lang = wish];
  return words;
}

/* The page's storage may be forbidden; then nothing is remembered. */
function storage(use) {
  try { return use(w.localStorage); } catch (e) { return null; }
}

function stored() {
  return storage((box) => {
    var all = {};
    for (var key in box) if (key.startsWith(prefix)) all[key.slice(prefix.length)] = box[key];
    return all;
  });
}

function remember(key, value) {
  storage((box) => value === null ? box.removeItem(prefix + key) : box.setItem(prefix + key, value));
}

function matches(pattern, text) {
  return RegExp("^" + pattern.replace(/[^\w*]/g, "\\$&").replace(/\*+/g, ".*") + "$").test(text);
}
