/* Tells, while a password is typed, which of its rules are met: those that a look is enough for at
   each key, the others (common words, words of the person) by asking the server once typing pauses.
   The server stays the judge: without this file "Check the password" tells the same. */
(function () {
  "use strict";
  var PAUSE = 500;
  var tests = {
    length: function (text) { var count = Array.from(text.normalize("NFC")).length; return count >= 12 && count <= 128; },
    lower: function (text) { return /\p{Ll}/u.test(text); },
    upper: function (text) { return /\p{Lu}/u.test(text); },
    digit: function (text) { return /\p{Nd}/u.test(text); },
    special: function (text) { return /[^\p{L}\p{N}]/u.test(text); }
  };
  var list = document.querySelector("[data-password-rules]");
  var field = list && document.getElementById(list.dataset.passwordRules);
  if (!field) { return; }
  var form = field.form;
  var waiting = 0;
  var asking = null;

  function each(work) {
    Array.prototype.forEach.call(list.querySelectorAll("[data-rule]"), function (item) {
      work(item.dataset.rule, item.querySelector("[data-met]"));
    });
  }

  function showTyped() {
    each(function (rule, word) {
      var test = tests[rule];
      if (test) { word.textContent = " – " + (test(field.value) ? word.dataset.met : word.dataset.unmet); }
      else { word.textContent = ""; }
    });
  }

  function askServer() {
    var asked = field.value;
    if (!asked || !window.fetch || !window.AbortController) { return; }
    var body = new URLSearchParams(new FormData(form));
    body.set("go", "rules");
    asking = new AbortController();
    fetch(form.getAttribute("action"), { method: "POST", body: body, credentials: "same-origin", signal: asking.signal })
      .then(function (response) { return response.ok ? response.text() : ""; })
      .then(function (html) {
        /* typed on meanwhile: this answer is about another password */
        if (!html || field.value !== asked) { return; }
        var page = new DOMParser().parseFromString(html, "text/html");
        each(function (rule, word) {
          var told = page.querySelector("[data-rule='" + rule + "'] [data-met]");
          if (told) { word.textContent = told.textContent; }
        });
      }, function () { /* stopped, or not reached: the form itself will tell */ });
  }

  function stopAsking() {
    clearTimeout(waiting);
    if (asking) { asking.abort(); }
  }

  function askSoon() {
    stopAsking();
    waiting = setTimeout(askServer, PAUSE);
  }

  field.addEventListener("input", function () { showTyped(); askSoon(); });
  /* once the form is sent the session may get another cookie: no late answer may replace it */
  form.addEventListener("submit", stopAsking);
  /* what the password must have no link with */
  Array.prototype.forEach.call(form.elements, function (other) {
    if (other.name === "identifier" || other.name === "email") { other.addEventListener("change", askSoon); }
  });
})();
