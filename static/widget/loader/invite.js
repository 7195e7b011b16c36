/*
 * Gathers the facts, once a second while the page is looked at, and invites. What has to be remembered
 * is one entry of the page's storage:
 *
 *   visit: {pages, until, returning, referrer, query, done, rules: {id: [variant, not again before]}}
 *
 * Who lets us remember nothing could not be spared a second time, so he is never invited.
 */
var HALF_HOUR = 18e5, MINUTE = 6e4;
var answers = {}, facts, address, asking;

function recall() {
  try {
    var kept = JSON.parse(stored().visit);
    kept.rules[0]; // ours has them
    return kept;
  } catch (e) { return { rules: {} }; }
}

function keep(kept) {
  kept = JSON.stringify(kept);
  remember("visit", kept);
  return (stored() || {}).visit === kept;
}

/* The launcher calls it at the start, and after each change of address. */
function arrived() {
  if (target || address === (address = href.split("#")[0])) return;
  var now = Date.now(), kept = recall();
  if (!(now < kept.until)) kept = {
    pages: 0, returning: !!kept.until, referrer: d.referrer.toLowerCase(), query: plain(w.location.search), rules: kept.rules,
  };
  kept.pages++;
  kept.until = now + HALF_HOUR;
  if (!keep(kept)) return;
  facts || watch();
  facts = { ...kept, seconds: 0, scroll: 0, idle: 0, exit: false };
}

function watch() {
  "scroll pointermove pointerdown keydown".split(" ").map((what) => d.addEventListener(what, () => {
    facts.idle = 0;
    facts.exit = false;
  }, { capture: true, passive: true }));
  d.documentElement.addEventListener("mouseleave", (event) => {
    facts.exit = event.clientY <= 0;
    consider();
  });
  setInterval(() => {
    if (d.hidden) return;
    var way = d.documentElement.scrollHeight - w.innerHeight;
    facts.scroll = Math.max(facts.scroll, way > 0 && Math.round(100 * w.scrollY / way));
    facts.seconds++;
    facts.idle++;
    consider();
  }, 1000);
}

/* The first rule that comes true speaks: once in a visit, to nobody who has found the chat himself. */
function consider() {
  var now = Date.now();
  if (asking || my.open || note || button.hidden) return;
  Object.assign(facts, { path: w.location.pathname, lang, stage: my.stage, cart: (my.cart || {}).value });
  for (let { id, hours, ...rule } of settings.invitations) {
    let answer = now < (answers[id] || {}).until && answers[id];
    facts.state = answer;
    if (!holds(rule, facts)) continue;
    let kept = recall(), { known, talking } = stored() || {}, [variant, before] = kept.rules[id] || [];
    if (kept.done || talking || now - known < HALF_HOUR) return;
    if (now < before) continue;
    if (!answer) {
      asking = true;
      // Its words come with the answer: a rule that was switched off meanwhile has none.
      return ask((answer) => {
        asking = false;
        // Where the page's policy forbids to ask, asking again would only fill its console.
        answers[id] = { texts: [], ...answer, until: Date.now() + (answer ? MINUTE : HALF_HOUR) };
        consider();
      }, id);
    }
    let { texts, name } = answer;
    if (!texts[variant]) variant = Math.floor(Math.random() * texts.length);
    let text = (texts[variant] || {})[lang];
    if (text) return invite({ id, variant, text }, kept, hours, name);
  }
}

function invite(invitation, kept, hours, name) {
  var { id, variant, text } = invitation;
  var rest = (hours) => {
    kept.done = 1;
    kept.rules[id] = [variant, Date.now() + hours * 2 * HALF_HOUR];
    return keep(kept);
  };
  var count = (what) => w.navigator.sendBeacon(base + "invitations/", JSON.stringify({ id, variant, what }));
  if (!rest(hours)) return;
  card({ name, text, choices: [words.open] }, () => {
    count("accepted");
    my.invited = invitation;
    api.open("chat");
  }, () => {
    count("dismissed");
    kept = recall();
    rest(720);
  }).then(() => count("shown"), () => {});
}
