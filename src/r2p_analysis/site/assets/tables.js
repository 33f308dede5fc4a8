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

  document.querySelectorAll("main table").forEach(function (table) {
    sortable(table);
    filterable(table);
  });
})();
