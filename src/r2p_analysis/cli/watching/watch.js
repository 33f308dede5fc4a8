/* Served by `r2p serve --watch` only, and never written into a report: reloads a page that was made again. */
(function () {
  "use strict";
  var me = document.currentScript;
  var page = me.dataset.page;
  var state = me.dataset.state;
  var place = "r2p-watch " + page;
  var events = null;
  var bar = null;

  /* Headlines and pictures above may have grown: what stays where it was is what is read, not a number of pixels. */
  function inView() {
    var marks = document.querySelectorAll("main [id]");
    var found = null;
    for (var n = 0; n < marks.length; n += 1) {
      var box = marks[n].getBoundingClientRect();
      if (box.height && box.top <= 80 && !marks[n].closest("svg")) found = marks[n];
    }
    return found;
  }

  function keepPlace() {
    var mark = inView();
    try {
      sessionStorage.setItem(place, JSON.stringify({
        y: window.scrollY, id: mark && mark.id, top: mark && mark.getBoundingClientRect().top
      }));
    } catch (refused) { /* Then the browser's own memory has to do. */ }
  }

  function takePlace() {
    var kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(place));
      sessionStorage.removeItem(place);
    } catch (refused) { return; }
    if (!kept) return;
    history.scrollRestoration = "manual";
    var mark = kept.id && document.getElementById(kept.id);
    var y = mark ? window.scrollY + mark.getBoundingClientRect().top - kept.top : kept.y;
    window.scrollTo({ top: y, behavior: "instant" });
    setTimeout(function () { history.scrollRestoration = "auto"; }, 0);
  }

  function show(line) {
    if (!bar) {
      bar = document.createElement("p");
      bar.setAttribute("role", "alert");
      bar.id = "r2p-watch-trouble";
      Object.assign(bar.style, {
        position: "fixed", bottom: "0", left: "0", right: "0", margin: "0", padding: "0.75rem 1rem", zIndex: "99",
        maxWidth: "none", background: "#7a1420", color: "#ffffff", font: "1rem/1.4 sans-serif"
      });
      document.body.append(bar);
    }
    bar.textContent = line;
    bar.hidden = !line;
    bar.style.display = line ? "block" : "none";
  }

  function listen() {
    if (events) return;
    events = new EventSource("/-/events?page=" + encodeURIComponent(page) + "&state=" + state);
    events.addEventListener("changed", function () {
      events.close();
      keepPlace();
      location.reload();
    });
    events.addEventListener("trouble", function (event) { show(event.data); });
  }

  /* A browser keeps few connections to one server: a page that nobody sees lets go of its own. */
  function follow() {
    if (document.visibilityState === "visible") {
      listen();
    } else if (events) {
      events.close();
      events = null;
    }
  }

  document.addEventListener("visibilitychange", follow);
  if (document.readyState === "complete") takePlace(); else window.addEventListener("load", takePlace);
  follow();
}());
