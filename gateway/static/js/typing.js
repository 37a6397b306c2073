/* Saves what is typed while it is typed, and shows what the answers ask for. Without this file the
   buttons do both. The server stays the judge: the same saving, the same conditions. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-typing]");
  if (!form || !window.fetch || !window.FormData || !window.DOMParser || !form.requestSubmit) { return; }
  var PAUSE = 2500, LONGEST_PAUSE = 60000;
  var words = form.dataset;
  var state = normal(JSON.parse(words.state));
  var waiting = null;      /* the pause before the next saving */
  var under_way = null;    /* the saving under way */
  var typed = 0, saved = 0; /* how many times something was typed, and how much of it is saved */
  var failures = 0, stopped = false, leaving = null;

  var shown = document.createElement("p");
  shown.className = "hint";
  shown.setAttribute("data-saving", "");
  var spoken = document.createElement("p");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  var actions = form.querySelector("p.actions:last-of-type") || form.lastElementChild;
  form.insertBefore(shown, actions);
  form.insertBefore(spoken, actions);

  /* Read aloud only when the situation changes, never at each saving. */
  function tell(kind, text) {
    shown.textContent = text;
    if (shown.getAttribute("data-saving") !== kind) { spoken.textContent = text; }
    shown.setAttribute("data-saving", kind);
  }

  function hour() {
    var now = new Date();
    var minutes = ("0" + now.getMinutes()).slice(-2);
    return document.documentElement.lang === "en" ? now.getHours() + ":" + minutes : now.getHours() + "\u00a0h\u00a0" + minutes;
  }

  function later(pause) {
    clearTimeout(waiting);
    if (!stopped) { waiting = setTimeout(save, pause); }
  }

  function stop(text) {
    stopped = true;
    tell("stopped", text);
  }

  function save() {
    clearTimeout(waiting);
    if (stopped || under_way || saved === typed) { return; }
    var sent = typed;
    var body = new URLSearchParams(new FormData(form));
    under_way = fetch(words.typing, {
      method: "POST", body: body, credentials: "same-origin", keepalive: String(body).length < 60000,
      headers: { "Accept": "application/json" }
    }).then(function (response) {
      var json = (response.headers.get("Content-Type") || "").indexOf("application/json") === 0;
      if (json && response.status === 200) { return response.json().then(function (found) { accept(found, sent); }); }
      if (json && response.status === 409) { return response.json().then(conflict); }
      if (response.status === 429 || response.status >= 500) { throw new Error("later"); }
      stop(words.stopped);
    }).catch(function () {
      failures += 1;
      tell("offline", words.offline);
      later(Math.min(PAUSE * Math.pow(2, failures), LONGEST_PAUSE));
    }).then(function () {
      under_way = null;
      if (leaving) { leaving(); }
    });
  }

  function accept(found, sent) {
    failures = 0;
    saved = sent;
    form.elements.revision.value = found.revision;
    if (saved === typed) {
      tell("saved", words.saved.replace("%s", hour()));
      form.dispatchEvent(new Event("saved"));
    } else { later(PAUSE); }
    var now = normal(found.state);
    if (now !== state) { state = now; show(sent); }
  }

  /* The same state is the same text, whatever the order in which its parts were written. */
  function normal(found) {
    var computed = Object.keys(found.computed).sort().map(function (name) { return [name, found.computed[name]]; });
    return JSON.stringify([found.pages, found.hidden, found.required, computed]);
  }

  /* Saved elsewhere meanwhile: both sides are shown, nothing more is saved unasked. */
  function conflict(found) {
    var place = document.createElement("div");
    place.innerHTML = found.html;
    form.parentNode.insertBefore(place, form);
    form.elements.revision.value = found.revision;
    stop(words.conflict);
    if (leaving) {
      leaving = null; /* the person has not seen the other side yet: nothing is sent */
      place.setAttribute("tabindex", "-1");
      place.focus();
    }
  }

  /* The step as the server shows it now: questions come and go, what is being typed stays. */
  function show(sent) {
    fetch(form.action, { credentials: "same-origin" }).then(function (response) {
      return response.ok && !response.redirected ? response.text() : null;
    }).then(function (html) {
      if (html === null || stopped) { return; }
      var page = new DOMParser().parseFromString(html, "text/html");
      var fresh = page.querySelector("[data-fields]");
      if (!fresh) { return; }
      var changed = arrange(form.querySelector("[data-fields]"), fresh, sent);
      var steps = page.querySelector("nav.steps"), old = document.querySelector("nav.steps");
      if (steps && old && !old.contains(document.activeElement)) { old.replaceWith(document.importNode(steps, true)); }
      if (changed) { spoken.textContent = words.more; }
    }).catch(function () { /* the next step will show it */ });
  }

  function arrange(place, fresh, sent) {
    var known = {}, changed = false, before = null;
    Array.prototype.slice.call(place.children).forEach(function (block) { known[block.dataset.field] = block; });
    Array.prototype.slice.call(fresh.children).forEach(function (block) {
      var present = known[block.dataset.field];
      delete known[block.dataset.field];
      if (!present) {
        present = document.importNode(block, true);
        place.insertBefore(present, before ? before.nextElementSibling : place.firstElementChild);
        changed = true;
      } else if (differs(present, block) && typed === sent && !present.contains(document.activeElement)) {
        var other = document.importNode(block, true);
        place.replaceChild(other, present);
        present = other;
      }
      before = present;
    });
    Object.keys(known).forEach(function (name) {
      if (!known[name].contains(document.activeElement)) { place.removeChild(known[name]); changed = true; }
    });
    return changed;
  }

  /* A computed value, a mention « obligatoire », the options or inner questions of a block. */
  function differs(present, block) {
    return outline(present) !== outline(block);
  }
  function outline(block) {
    var found = [];
    Array.prototype.forEach.call(block.querySelectorAll("output, label, legend, option, [name]"), function (one) {
      found.push(one.getAttribute("name") || one.textContent.trim());
    });
    return found.join("\n");
  }

  function note() {
    typed += 1;
    if (shown.getAttribute("data-saving") !== "offline" && !stopped) { tell("waiting", words.waiting); }
    later(PAUSE);
  }
  form.addEventListener("input", note);
  form.addEventListener("change", function (event) {
    /* a choice often opens a question: saved at once */
    if (/^(radio|checkbox|select-one)$/.test(event.target.type)) { typed += 1; later(50); }
  });
  window.addEventListener("online", function () { if (failures) { save(); } });
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") { save(); } });

  /* The button waits for the saving under way: the step is never sent with an old revision. */
  form.addEventListener("submit", function (event) {
    clearTimeout(waiting);
    if (!under_way) { stopped = true; return; }
    event.preventDefault();
    event.stopPropagation();
    var button = event.submitter;
    leaving = function () { leaving = null; form.requestSubmit(button); };
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { stopped = false; } });
})();
