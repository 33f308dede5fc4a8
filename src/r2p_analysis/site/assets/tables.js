/* Tables are sorted by their headers and filtered by a word. */
(function () {
  "use strict";
  var make = window.r2p.make;
  var collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  var few = 12;

  function value(row, column) {
    var cell = row.cells[column];
    if (!cell || cell.classList.contains("missing")) return null;
    var text = cell.textContent.trim();
    if (!cell.classList.contains("num")) return text;
    var number = parseFloat(text.replace(/[,\s\u00a0\u202f]/g, "").replace("\u2212", "-").replace(/^[^\d.-]+/, ""));
    return isNaN(number) ? null : number;
  }

  function compare(one, other) {
    if (typeof one === "number" && typeof other === "number") return one - other;
    return collator.compare(one, other);
  }

  function sortable(table) {
    var body = table.tBodies[0], heads = table.tHead && table.tHead.rows.length === 1 ? table.tHead.rows[0].cells : [];
    if (!body || body.rows.length < 3) return;
    var first = Array.prototype.slice.call(body.rows);
    Array.prototype.forEach.call(heads, function (head, column) {
      var button = make("button", { type: "button", "class": "sort" });
      while (head.firstChild) button.append(head.firstChild);
      head.append(button);
      button.addEventListener("click", function () {
        var was = head.getAttribute("aria-sort");
        var now = was === "ascending" ? "descending" : was === "descending" ? "" : "ascending";
        Array.prototype.forEach.call(heads, function (one) { one.removeAttribute("aria-sort"); });
        var rows = first.slice();
        if (now) {
          head.setAttribute("aria-sort", now);
          rows.sort(function (one, other) {
            var a = value(one, column), b = value(other, column);
            /* What is not known stands last, whichever way. */
            if (a === null || b === null) return (a === null) - (b === null);
            return now === "ascending" ? compare(a, b) : compare(b, a);
          });
        }
        rows.forEach(function (row) { body.append(row); });
        window.r2p.say(now ? "Sorted by " + button.textContent.trim() + ", " + now : "In the first order");
      });
    });
  }

  function filterable(table) {
    var rows = Array.prototype.slice.call((table.tBodies[0] || { rows: [] }).rows);
    var around = table.closest(".scroll");
    if (rows.length < few || !around) return;
    var texts = rows.map(function (row) { return plain(row.textContent); });
    var label = make("label", { "class": "filter" }, "Show rows with ");
    var field = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    var told = make("span", { "class": "small" });
    var waiting = 0;
    field.addEventListener("input", function () {
      var words = plain(field.value).split(/\s+/).filter(Boolean), shown = 0;
      rows.forEach(function (row, number) {
        row.hidden = !words.every(function (word) { return texts[number].indexOf(word) >= 0; });
        if (!row.hidden) shown += 1;
      });
      told.textContent = words.length ? " " + shown + " of " + rows.length : "";
      clearTimeout(waiting);
      waiting = setTimeout(function () { window.r2p.say(shown + " of " + rows.length + " rows"); }, 400);
    });
    label.append(field, told);
    around.before(label);
  }

  function plain(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }
  window.r2p.plain = plain;

  /* The list of countries is narrowed by a word, so that one of 195 is found without scrolling. */
  function picker() {
    var place = document.querySelector("[data-picker]");
    if (!place) return;
    var items = Array.prototype.slice.call(document.querySelectorAll("main section .names li"));
    var label = make("label", {}, "Find a country ");
    var field = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    field.addEventListener("input", function () {
      var word = plain(field.value.trim()), shown = 0;
      items.forEach(function (item) {
        item.hidden = plain(item.textContent).indexOf(word) < 0;
        if (!item.hidden) shown += 1;
      });
      document.querySelectorAll("main section").forEach(function (section) {
        section.hidden = !section.querySelector(".names li:not([hidden])");
      });
      window.r2p.say(shown + " shown");
    });
    label.append(field);
    place.className = "picker";
    place.append(label);
    place.hidden = false;
  }
  picker();

  /* The parts of a claim stand in blocks on a phone, by which some browsers forget that they are a table. In the
     page itself these roles would be a mistake: there it is one. */
  function named(table) {
    table.setAttribute("role", "table");
    table.querySelectorAll("thead, tbody").forEach(function (group) { group.setAttribute("role", "rowgroup"); });
    table.querySelectorAll("tr").forEach(function (row) { row.setAttribute("role", "row"); });
    table.querySelectorAll("td").forEach(function (cell) { cell.setAttribute("role", "cell"); });
    table.querySelectorAll("th").forEach(function (head) {
      head.setAttribute("role", head.scope === "row" ? "rowheader" : "columnheader");
    });
  }

  document.querySelectorAll("main table").forEach(function (table) {
    if (table.classList.contains("parts")) named(table);
    sortable(table);
    filterable(table);
  });
})();
