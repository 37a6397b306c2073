/* Shows how far a file has gone, and sends it again after a cut. Without this file the form is sent
   as any other. The same bytes sent twice are one document: trying again is harmless. */
(function () {
  "use strict";
  var main = document.querySelector("main");
  if (!main || !window.XMLHttpRequest || !window.FormData || !window.DOMParser) { return; }
  var TRIES = 5, PAUSE = 2000;

  function line(form) {
    var found = form.querySelector("[data-sending]");
    if (found) { return found; }
    found = document.createElement("p");
    found.className = "hint";
    found.setAttribute("data-sending", "");
    var bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", form.dataset.progress);
    var words = document.createElement("span");
    words.setAttribute("role", "status");
    found.appendChild(bar);
    found.appendChild(document.createTextNode(" "));
    found.appendChild(words);
    form.appendChild(found);
    return found;
  }

  function tell(form, text, percent) {
    var shown = line(form);
    shown.querySelector("progress").value = percent;
    var words = shown.querySelector("[role]");
    /* read aloud when the words change, not at each percent */
    if (words.textContent !== text) { words.textContent = text; }
  }

  /* Something else than a file taken or refused (a session that ended): its page says what. */
  function show(request) {
    var page = new DOMParser().parseFromString(request.responseText, "text/html");
    var fresh = page.querySelector("main");
    if (!fresh) { window.location.reload(); return; }
    document.title = page.title;
    main.replaceWith(document.importNode(fresh, true));
    main = document.querySelector("main");
    var first = main.querySelector("[data-focus]") || main.querySelector("h1");
    if (!first.hasAttribute("tabindex")) { first.setAttribute("tabindex", "-1"); }
    first.focus();
  }

  function send(form, tries) {
    var request = new XMLHttpRequest();
    form.sending = true;
    request.upload.addEventListener("progress", function (event) {
      if (event.lengthComputable) { tell(form, form.dataset.progress, Math.round(event.loaded / event.total * 100)); }
    });
    request.addEventListener("load", function () {
      form.sending = false;
      var json = (request.getResponseHeader("Content-Type") || "").indexOf("application/json") === 0;
      if (json) {
        var next = JSON.parse(request.responseText).location;
        /* no session any more: the form itself says it best */
        if (next) { window.location.assign(next); } else { form.submit(); }
        return;
      }
      if (request.status === 503 && tries < TRIES) { again(form, tries); return; }
      show(request);
    });
    request.addEventListener("error", function () { again(form, tries); });
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(new FormData(form));
  }

  function again(form, tries) {
    if (tries >= TRIES) {
      form.sending = false;
      tell(form, form.dataset.stopped, 0);
      return;
    }
    tell(form, form.dataset.cut, 0);
    setTimeout(function () { send(form, tries + 1); }, PAUSE * Math.pow(2, tries));
  }

  /* on the document: the forms of a page that took the place of another are served too */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("form[data-progress]")) { return; }
    var chosen = form.elements.file;
    if (!chosen || !chosen.files || !chosen.files.length) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.sending) { return; }
    tell(form, form.dataset.progress, 0);
    send(form, 0);
  }, true);
})();
