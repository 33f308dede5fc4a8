/* What every page gets: the switch of light and dark, links to copy, and one voice for what changes. */
(function () {
  "use strict";
  var root = document.documentElement;
  var themes = ["auto", "light", "dark"];
  var names = { auto: "as the system", light: "light", dark: "dark" };

  function make(tag, attributes, text) {
    var made = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    if (text) made.textContent = text;
    return made;
  }

  var voice = make("p", { "class": "unseen", "aria-live": "polite" });
  document.body.append(voice);
  function say(words) {
    voice.textContent = "";
    /* A screen reader speaks what changes; the same words twice would be no change. */
    setTimeout(function () { voice.textContent = words; }, 30);
  }
  window.r2p = { make: make, say: say };

  function themeSwitch() {
    var place = document.querySelector(".masthead nav ul");
    if (!place || window.matchMedia("(forced-colors: active)").matches) return;
    var button = make("button", { type: "button", "class": "plain theme-switch" });
    function show() {
      var now = root.dataset.theme || "auto";
      button.textContent = "Colours: " + names[now];
    }
    button.addEventListener("click", function () {
      var next = themes[(themes.indexOf(root.dataset.theme || "auto") + 1) % themes.length];
      if (next === "auto") delete root.dataset.theme; else root.dataset.theme = next;
      try {
        if (next === "auto") localStorage.removeItem("r2p-theme"); else localStorage.setItem("r2p-theme", next);
      } catch (refused) { /* It holds for this page. */ }
      show();
      say("Colours " + names[next]);
    });
    show();
    var item = make("li");
    item.append(button);
    place.append(item);
  }

  function copy(text, done) {
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(function () { done(true); }, function () { done(byHand(text)); });
    } else {
      done(byHand(text));
    }
  }

  function byHand(text) {
    var field = make("textarea", { "class": "unseen", "aria-hidden": "true", tabindex: "-1" });
    var before = document.activeElement;
    field.value = text;
    document.body.append(field);
    field.select();
    var went = false;
    try { went = document.execCommand("copy"); } catch (refused) { went = false; }
    field.remove();
    if (before) before.focus();
    return went;
  }

  function copyLinks() {
    document.querySelectorAll("[data-copy-link]").forEach(function (place) {
      var button = make("button", { type: "button", "class": "plain" }, "Copy link");
      button.append(make("span", { "class": "unseen" }, " to " + place.dataset.copyLink));
      button.addEventListener("click", function () {
        var address = location.href.split("#")[0] + "#" + place.closest("[id]").id;
        copy(address, function (went) {
          say(went ? "Link copied" : "The link is " + address);
          button.firstChild.textContent = went ? "Copied" : "Not copied";
          setTimeout(function () { button.firstChild.textContent = "Copy link"; }, 2000);
        });
      });
      place.append(button);
      place.hidden = false;
    });
    document.querySelectorAll("[data-copy-text]").forEach(function (text) {
      var button = make("button", { type: "button", "class": "plain" }, "Copy");
      button.append(make("span", { "class": "unseen" }, " this citation"));
      button.addEventListener("click", function () {
        copy(text.textContent, function (went) { say(went ? "Citation copied" : "Select the text and copy it"); });
      });
      text.after(button);
    });
  }

  themeSwitch();
  copyLinks();
})();
