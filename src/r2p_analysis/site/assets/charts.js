/* Charts read their marks aloud: a tip at the pointer, arrow keys for those without one, one country in all charts. */
(function () {
  "use strict";
  var make = window.r2p.make;
  var near = 28;
  var tip = make("div", { "class": "tip", role: "presentation", hidden: "" });
  document.body.append(tip);

  function centre(mark) {
    var box = mark.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2, width: box.width, top: box.top };
  }

  function show(mark, x, y) {
    tip.textContent = mark.dataset.label;
    tip.hidden = false;
    var box = tip.getBoundingClientRect();
    var left = Math.min(Math.max(x - box.width / 2, 4), document.documentElement.clientWidth - box.width - 4);
    tip.style.insetInlineStart = "auto";
    tip.style.left = Math.max(left, 4) + "px";
    tip.style.top = (y - box.height - 12 < 4 ? y + 18 : y - box.height - 12) + "px";
  }

  function chart(graphic) {
    var svg = graphic.querySelector("svg");
    var marks = svg ? Array.prototype.slice.call(svg.querySelectorAll("[data-label]")) : [];
    if (!marks.length) return;
    var current = -1;

    function light(mark) {
      svg.querySelectorAll(".lit").forEach(function (other) { other.classList.remove("lit"); });
      if (mark) mark.classList.add("lit");
    }
    function leave() {
      light(null);
      tip.hidden = true;
    }
    function closest(x, y) {
      var best = null, least = near * near;
      marks.forEach(function (mark) {
        var at = centre(mark), far = (at.x - x) * (at.x - x) + (at.y - y) * (at.y - y);
        if (far < least) { least = far; best = mark; }
      });
      return best;
    }
    function point(event) {
      var over = event.target.closest && event.target.closest("[data-label]");
      var mark = over || closest(event.clientX, event.clientY);
      if (!mark) { leave(); return; }
      light(mark);
      show(mark, event.clientX, event.clientY);
    }
    svg.addEventListener("pointermove", point);
    svg.addEventListener("pointerdown", point);
    svg.addEventListener("pointerleave", leave);

    graphic.tabIndex = 0;
    graphic.setAttribute("role", "group");
    graphic.setAttribute("aria-label", "Chart with " + marks.length + " values: arrow keys read them one by one");
    graphic.addEventListener("keydown", function (event) {
      var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Home") current = 0;
      else if (event.key === "End") current = marks.length - 1;
      else if (event.key === "Escape") { leave(); return; }
      else if (step) current = current < 0 ? (step > 0 ? 0 : marks.length - 1) : (current + step + marks.length) % marks.length;
      else return;
      event.preventDefault();
      var mark = marks[current], at = centre(mark);
      light(mark);
      show(mark, at.x, at.top);
      window.r2p.say(mark.dataset.label);
    });
    graphic.addEventListener("blur", leave);
    window.addEventListener("scroll", leave, { passive: true });
  }

  /* Names that stand inside other names, such as Niger in Nigeria, must not be taken for them. */
  function finder(names) {
    var longest = names.slice().sort(function (one, other) { return other.length - one.length; });
    var pattern = longest.map(function (name) { return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); }).join("|");
    return new RegExp("(?<![\\p{L}-])(?:" + pattern + ")(?![\\p{L}-])", "gu");
  }

  function highlighter() {
    var place = document.querySelector("[data-highlight]");
    if (!place) return;
    var names = JSON.parse(place.dataset.highlight);
    var find = finder(names), found = new Map();
    document.querySelectorAll(".graphic [data-label], .graphic svg text, .exhibit tbody tr").forEach(function (one) {
      var words = one.dataset.label || (one.matches("tr") ? one.cells[0].textContent + " | " + (one.cells[1] || one.cells[0]).textContent : one.textContent);
      (words.match(find) || []).forEach(function (name) {
        if (!found.has(name)) found.set(name, new Set());
        found.get(name).add(one);
      });
    });
    if (found.size < 2) return;
    var label = make("label", {}, "Highlight a country ");
    var choice = make("select");
    choice.append(make("option", { value: "" }, "none"));
    Array.from(found.keys()).sort(new Intl.Collator("en").compare).forEach(function (name) {
      choice.append(make("option", { value: name }, name));
    });
    choice.addEventListener("change", function () {
      document.querySelectorAll(".chosen").forEach(function (one) { one.classList.remove("chosen"); });
      document.querySelectorAll(".has-chosen").forEach(function (one) { one.classList.remove("has-chosen"); });
      var marks = found.get(choice.value) || new Set(), figures = new Set();
      marks.forEach(function (one) {
        one.classList.add("chosen");
        var drawing = one.closest("svg");
        if (drawing && one.dataset.label) drawing.classList.add("has-chosen");
        figures.add(one.closest(".exhibit"));
      });
      window.r2p.say(choice.value ? choice.value + " stands out in " + figures.size + " exhibits" : "Nothing stands out");
    });
    label.append(choice);
    place.append(label);
    place.hidden = false;
  }

  document.querySelectorAll(".graphic").forEach(chart);
  highlighter();
})();
