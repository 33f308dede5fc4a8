/* The table of contents marks where the reader is. */
(function () {
  "use strict";
  var links = Array.prototype.slice.call(document.querySelectorAll(".contents a[href^='#']"));
  var places = links.map(function (link) { return document.getElementById(decodeURIComponent(link.hash.slice(1))); });
  if (links.length < 2 || places.indexOf(null) >= 0) return;
  var now = -1, asked = false;

  function mark() {
    asked = false;
    var line = document.documentElement.clientHeight / 3, at = 0;
    places.forEach(function (place, number) { if (place.getBoundingClientRect().top <= line) at = number; });
    if (at === now) return;
    now = at;
    links.forEach(function (link, number) {
      if (number === at) link.setAttribute("aria-current", "location"); else link.removeAttribute("aria-current");
    });
    var list = document.querySelector(".contents");
    if (list.scrollHeight > list.clientHeight) list.scrollTop = links[at].offsetTop - list.clientHeight / 2;
  }

  window.addEventListener("scroll", function () {
    if (!asked) { asked = true; requestAnimationFrame(mark); }
  }, { passive: true });
  mark();
})();
