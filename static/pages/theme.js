// Loaded in the head of server-rendered pages, so that "system" is decided before the first paint.
(function () {
  "use strict";
  var root = document.documentElement;
  if (root.dataset.theme !== "system") return;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  function apply() {
    root.dataset.theme = dark.matches ? "dark" : "light";
  }
  apply();
  dark.addEventListener("change", apply);
})();
