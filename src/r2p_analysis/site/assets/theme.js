/* Runs before the page is drawn: the reader's choice of light or dark holds from the first moment. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("scripted");
  /* Colours that the system forces leave charts alone: they must be painted for its background, not the chosen one. */
  if (window.matchMedia("(forced-colors: active)").matches) return;
  try {
    var chosen = localStorage.getItem("r2p-theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch (refused) { /* Pages from a disk may be refused a memory: the system's choice holds. */ }
})();
