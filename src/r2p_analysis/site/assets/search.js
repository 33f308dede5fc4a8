/* Search over titles, headlines, countries and claims. The list is a script of its own, so that a disk can give it. */
(function () {
  "use strict";
  var make = window.r2p.make, plain = window.r2p.plain;
  var most = 12;
  var kinds = ["Topic", "Country", "Claim", "Exhibit", "Term", "Table", "Page"];
  var here = document.querySelector("script[data-root]");
  var masthead = document.querySelector(".masthead .wrap");
  if (!here || !masthead) return;
  var root = here.dataset.root, entries = null, loading = false;

  var form = make("form", { role: "search", "class": "search" });
  var label = make("label", {}, "Search ");
  var field = make("input", { type: "search", autocomplete: "off", spellcheck: "false", "aria-controls": "search_results" });
  var list = make("ul", { id: "search_results", hidden: "" });
  label.append(field);
  form.append(label, list);
  masthead.append(form);

  function load() {
    if (entries || loading) return;
    loading = true;
    var script = make("script", { src: root + "assets/search-index.js" });
    script.addEventListener("load", function () {
      entries = window.r2pSearch.map(function (row) {
        return { kind: row[0], title: row[1], href: row[2], where: row[3], text: plain(row[1] + " " + row[3] + " " + (row[4] || "")) };
      });
      search();
    });
    document.head.append(script);
  }

  function rank(entry, words) {
    var score = 0;
    for (var n = 0; n < words.length; n += 1) {
      var at = entry.text.indexOf(words[n]);
      if (at < 0) return -1;
      var begins = at === 0 || !/[\p{L}\p{N}]/u.test(entry.text[at - 1]);
      score += (begins ? 4 : 1) + (at === 0 ? 3 : 0);
    }
    return score + (kinds.length - entry.kind) / 10 + (entry.text === words.join(" ") ? 20 : 0);
  }

  function search() {
    var words = plain(field.value).split(/\s+/).filter(Boolean);
    list.textContent = "";
    list.hidden = !words.length;
    if (!words.length || !entries) return;
    var found = entries.map(function (entry) { return { entry: entry, score: rank(entry, words) }; })
      .filter(function (one) { return one.score >= 0; })
      .sort(function (one, other) { return other.score - one.score; });
    found.slice(0, most).forEach(function (one) {
      var item = make("li"), link = make("a", { href: root + one.entry.href });
      link.append(make("span", { "class": "kind" }, kinds[one.entry.kind]), make("span", {}, one.entry.title));
      if (one.entry.where) link.append(make("span", { "class": "small" }, one.entry.where));
      item.append(link);
      list.append(item);
    });
    if (!found.length) list.append(make("li", { "class": "none" }, "Nothing found"));
    if (found.length > most) list.append(make("li", { "class": "none" }, "and " + (found.length - most) + " more: add a word"));
    window.r2p.say(found.length + " found");
  }

  function close() {
    list.hidden = true;
  }

  field.addEventListener("focus", load);
  field.addEventListener("input", search);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = list.querySelector("a");
    if (first) first.click();
  });
  form.addEventListener("keydown", function (event) {
    var stops = [field].concat(Array.prototype.slice.call(list.querySelectorAll("a")));
    var at = stops.indexOf(document.activeElement);
    if (event.key === "Escape") { field.value = ""; close(); field.focus(); return; }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    stops[(at + (event.key === "ArrowDown" ? 1 : -1) + stops.length) % stops.length].focus();
  });
  document.addEventListener("click", function (event) { if (!form.contains(event.target)) close(); });
  form.addEventListener("focusout", function (event) {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
  });
})();
