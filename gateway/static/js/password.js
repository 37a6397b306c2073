/* Tells, while a password is typed, which of its rules are met. The server stays the judge: without
   this file "Check the password" tells the same. */
(function () {
  "use strict";
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

  field.addEventListener("input", function () {
    Array.prototype.forEach.call(list.querySelectorAll("[data-rule]"), function (item) {
      var test = tests[item.dataset.rule];
      var word = item.querySelector("[data-met]");
      if (!test || !word) { return; }
      var met = test(field.value);
      word.textContent = " – " + (met ? word.dataset.met : word.dataset.unmet);
    });
  });
})();
