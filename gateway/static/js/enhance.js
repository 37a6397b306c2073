/* Comforts only: without this file every page and form works the same. */
(function () {
  "use strict";
  var words = document.documentElement.dataset || {};

  /* Take the reader to the error summary, or to the notice of what has just been done. */
  var summary = document.querySelector("[data-focus]");
  if (summary) { summary.focus(); }

  /* Tell of typing that would be lost. */
  var dirty = false;
  var forms = document.querySelectorAll("form[data-keep]");
  Array.prototype.forEach.call(forms, function (form) {
    form.addEventListener("input", function () { dirty = true; });
    form.addEventListener("saved", function () { dirty = false; });
  });
  window.addEventListener("beforeunload", function (event) {
    if (!dirty) { return; }
    event.preventDefault();
    event.returnValue = "";
  });

  /* A second click within four seconds is ignored. The server stays the judge: each form has its own key. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    var now = Date.now();
    if (form.method === "post" && form.sentAt && now - form.sentAt < 4000) {
      event.preventDefault();
      return;
    }
    form.sentAt = now;
    dirty = false;
    var button = event.submitter;
    if (button && form.method === "post") {
      button.setAttribute("aria-disabled", "true");
      setTimeout(function () { button.removeAttribute("aria-disabled"); }, 4000);
    }
  });

  /* Back to a page kept in memory: its buttons answer again. */
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) { return; }
    Array.prototype.forEach.call(document.forms, function (form) { form.sentAt = 0; });
  });

  /* Offer to copy what must be noted down. */
  var codes = document.querySelectorAll("main [data-copy]");
  if (!navigator.clipboard) { return; }
  Array.prototype.forEach.call(codes, function (code) {
    var button = document.createElement("button");
    var status = document.createElement("span");
    button.type = "button";
    button.className = "button secondary small no-print";
    button.textContent = words.copy || "Copier";
    button.setAttribute("aria-describedby", code.id);
    status.setAttribute("role", "status");
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(code.textContent.trim()).then(function () {
        status.textContent = " " + (words.copied || "Copié");
      });
    });
    code.parentNode.insertBefore(status, code.nextSibling);
    code.parentNode.insertBefore(button, status);
    code.parentNode.insertBefore(document.createTextNode(" "), button);
  });
})();
