/* Baton: faults beside their fields for forms with the attribute data-baton. Without it they are posted as they are.
   Sets no cookie, stores nothing. Texts: data-thanks, data-sending, data-again, data-offline. */
(() => {
  "use strict";
  const UTM = ["source", "medium", "campaign", "term", "content"].map((name) => `utm_${name}`);
  const newId = () => [...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(36)).join("-");

  function improve(form) {
    const button = form.querySelector("button:not([type=button])");
    const status = form.parentNode.querySelector("[role=status]") || form.parentNode.appendChild(live());
    const { textContent: caption } = button;
    const { thanks, sending, again, offline } = form.dataset;
    let id = newId();
    form.noValidate = true; // without this script the browser shows faults in its own way

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (button.disabled || !check()) return;
      busy(true);
      context();
      try {
        await send();
      } catch {
        if (navigator.onLine) HTMLFormElement.prototype.submit.call(form); // with the same submission_id
        else say(offline || "You seem to be offline. Please try again.");
      }
    });
    form.addEventListener("input", ({ target }) => clear(target));
    addEventListener("pageshow", ({ persisted }) => {
      if (!persisted) return;
      busy(false);
      id = newId();
    });

    async function send() {
      const body = new URLSearchParams(new FormData(form));
      body.delete("return_to"); // the answer is shown here
      const how = { method: "POST", body, credentials: "omit", signal: AbortSignal.timeout(20000) };
      const answer = await fetch(form.action, how);
      const told = await answer.json();
      form.hidden = answer.ok;
      if (answer.ok) say(thanks || "Thank you. We have got it.");
      else if (answer.status === 422) refused(told.errors || []);
      else say(again || "That did not work just now. Please try again in a moment.");
    }

    function context() {
      const asked = new URLSearchParams(location.search);
      tell("submission_id", id);
      tell("page", location.origin + location.pathname);
      tell("referrer", document.referrer);
      tell("seconds_on_page", Math.floor(performance.now() / 1000));
      UTM.forEach((name) => tell(name, asked.get(name) || ""));
    }

    function tell(name, value) {
      let field = form.elements[name];
      if (field && !field.dataset.told) return; // the form has a field of its own
      if (!field) {
        field = form.appendChild(document.createElement("input"));
        field.dataset.told = "yes";
      }
      Object.assign(field, { type: "hidden", name, value });
    }

    function check() {
      const fields = [...form.elements].filter((field) => field.willValidate);
      fields.forEach(clear);
      const wrong = fields.filter((field) => !field.validity.valid);
      wrong.forEach((field) => mark(field, field.validationMessage));
      wrong[0]?.focus();
      return !wrong.length;
    }

    function refused(errors) {
      busy(false);
      const rest = errors.filter(({ field, detail }) => {
        const input = form.elements[field];
        const label = input?.labels?.[0]?.firstChild.textContent.trim();
        if (label) mark(input, `${label} ${detail}`);
        return !label;
      });
      form.querySelector("[aria-invalid]")?.focus();
      if (rest.length) say(rest.map(({ field, detail }) => `${field} ${detail}`).join(". "));
    }

    function mark(field, text) {
      const note = document.createElement("p");
      field.id ||= `baton-${field.name}`;
      Object.assign(note, { id: `${field.id}-fault`, className: "fault", textContent: text });
      field.after(note);
      field.dataset.hint ??= field.getAttribute("aria-describedby") || "";
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", `${note.id} ${field.dataset.hint}`.trim());
    }

    function clear(field) {
      if (!field.hasAttribute("aria-invalid")) return;
      document.getElementById(`${field.id}-fault`).remove();
      field.removeAttribute("aria-invalid");
      if (field.dataset.hint) field.setAttribute("aria-describedby", field.dataset.hint);
      else field.removeAttribute("aria-describedby");
    }

    function busy(yes) {
      button.disabled = yes;
      button.textContent = yes ? sending || "Sending…" : caption;
      if (yes) status.textContent = "";
      else [window.turnstile, window.hcaptcha].forEach((puzzle) => puzzle?.reset());
    }

    function say(text) {
      busy(false);
      status.textContent = text;
      status.tabIndex = -1;
      status.focus();
    }
  }

  function live() {
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    return status;
  }

  document.querySelectorAll("form[data-baton]").forEach(improve);
})();
