// What a managers' form does beyond the browser's own: shows the tab it is on, goes to the first
// mistake, says how much is not saved yet, and asks before that is lost.
(function () {
  "use strict";
  var tab = document.querySelector(".tabs [aria-current]");
  if (tab) tab.scrollIntoView({ block: "nearest", inline: "center" });
  var wrong = document.querySelector('[aria-invalid="true"]');
  if (wrong) wrong.focus();

  var form = document.querySelector(".manage__form");
  var count = document.querySelector("[data-changes]");
  if (!form || !count) return;
  // A form that came back, rearranged or refused, is not saved as a whole.
  var came = "unsaved" in count.dataset;
  var before = values();

  function values() {
    var found = new Map();
    new FormData(form).forEach(function (value, name) {
      found.set(name, (found.get(name) || "") + "\n" + value);
    });
    return found;
  }

  function changes() {
    var now = values();
    var names = new Set(Array.from(before.keys()).concat(Array.from(now.keys())));
    return Array.from(names).filter(function (name) { return before.get(name) !== now.get(name); }).length;
  }

  function show() {
    var changed = changes();
    count.hidden = !changed && !came;
    count.lastChild.textContent = changed ? count.dataset.changes.replace("{n}", changed) : count.dataset.unsaved || "";
  }

  function ask(event) {
    if (came || changes()) event.preventDefault();
  }

  form.addEventListener("input", show);
  form.addEventListener("submit", function () { window.removeEventListener("beforeunload", ask); });
  window.addEventListener("beforeunload", ask);
  show();
})();
