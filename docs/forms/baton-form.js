/* Baton: faults beside their fields for forms with the attribute data-baton. Without it they are posted as they are.
   Sets no cookie, stores nothing. Texts: data-thanks, data-sending, data-again, data-offline, or by the page's lang.
   Events: baton:sent {form, reference}, baton:refused {form, fields}, baton:failed {form, status}. */
(() => {
  "use strict";
  const FORMS = "form[data-baton]";
  const BUTTON = "button:not([type=button],[type=reset]), input[type=submit], input[type=image]";
  const ASKED = ["source", "medium", "campaign", "term", "content", "id"].map((name) => `utm_${name}`);
  const CLICKED = ["gclid", "gbraid", "wbraid", "msclkid", "li_fat_id", "ttclid", "fbclid"];
  const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
  const KEYS = ["thanks", "sending", "offline", "again", "needed", "unread"];
  const WORDS = {
    en: ["Thank you. We have got it.", "Sending…", "You seem to be offline. Please try again.",
      "That did not work just now. Please try again in a moment.", "Please fill this in.", "Please look at this again."],
    de: ["Vielen Dank. Es ist angekommen.", "Wird gesendet…", "Sie sind wohl offline.",
      "Das hat nicht geklappt. Bitte gleich noch einmal versuchen.", "Bitte füllen Sie das aus.", "Bitte prüfen Sie diese Angabe."],
    fr: ["Merci. C’est bien arrivé.", "Envoi…", "Vous semblez être hors ligne.",
      "Cela n’a pas fonctionné. Merci de réessayer dans un instant.", "Merci de remplir ce champ.", "Merci de vérifier ce champ."],
    es: ["Gracias. Lo hemos recibido.", "Enviando…", "Parece que no hay conexión.",
      "No ha funcionado. Inténtelo de nuevo dentro de un momento.", "Rellene este campo.", "Revise este campo."],
    it: ["Grazie. Lo abbiamo ricevuto.", "Invio…", "Sembra che non ci sia connessione.",
      "Non ha funzionato. Riprovi tra un momento.", "Compili questo campo.", "Controlli questo campo."],
    nl: ["Bedankt. We hebben het ontvangen.", "Versturen…", "U lijkt offline te zijn.",
      "Dat lukte nu even niet. Probeer het zo meteen opnieuw.", "Vul dit in.", "Kijk dit nog eens na."],
  };
  const newId = () => [...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(36)).join("-");
  const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

  function improve(form) {
    if (form.batonImproved) return;
    form.batonImproved = true;
    const language = (form.closest("[lang]")?.lang || "en").slice(0, 2).toLowerCase();
    const table = WORDS[language] || WORDS.en;
    const words = { ...Object.fromEntries(KEYS.map((key, n) => [key, table[n]])), ...form.dataset };
    const name = form.getAttribute("action").split(/[?#]/)[0].split("/").pop();
    let id = newId();
    let caption = null;
    form.noValidate = true; // without this script the browser shows faults in its own way

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (caption || !check()) return;
      busy(true);
      context();
      try {
        await send();
      } catch {
        if (navigator.onLine) HTMLFormElement.prototype.submit.call(form); // with the same submission_id
        else failed(words.offline, 0);
      }
    });
    form.addEventListener("input", ({ target }) => clear(target));
    addEventListener("pageshow", ({ persisted }) => {
      if (!persisted) return;
      busy(false);
      id = newId();
    });

    async function send() {
      const body = new URLSearchParams();
      for (const [field, value] of new FormData(form)) if (typeof value === "string") body.append(field, value);
      body.delete("return_to"); // the answer is shown here
      let answer = await post(body);
      const wait = Number(answer.headers.get("Retry-After")) || 2;
      if ((answer.status === 429 || answer.status >= 500) && wait <= 30) {
        await pause(wait);
        answer = await post(body);
      }
      const told = await answer.json().catch(() => ({}));
      form.hidden = answer.ok;
      if (answer.ok) {
        say(words.thanks);
        tellPage("sent", { reference: told.reference });
      } else if (answer.status === 422) refused(told.errors || []);
      else failed(words.again, answer.status);
    }

    function post(body) {
      const signal = AbortSignal.timeout(20000);
      return fetch(form.getAttribute("action"), { method: "POST", body, credentials: "omit", signal });
    }

    function failed(text, status) {
      say(text);
      tellPage("failed", { status });
    }

    function tellPage(what, more) {
      form.dispatchEvent(new CustomEvent(`baton:${what}`, { bubbles: true, detail: { form: name, ...more } }));
    }

    function context() {
      const asked = new URLSearchParams(location.search);
      tell("submission_id", id);
      tell("page", location.origin + location.pathname);
      tell("referrer", document.referrer);
      tell("seconds_on_page", Math.floor(performance.now() / 1000));
      [...ASKED, ...CLICKED].forEach((each) => tell(each, asked.get(each) || ""));
    }

    function tell(field, value) {
      let input = form.elements[field];
      if (input ? !input.dataset?.told : !value && value !== 0) return; // the form has a field of its own
      if (!input) {
        input = form.appendChild(document.createElement("input"));
        input.dataset.told = "yes";
      }
      Object.assign(input, { type: "hidden", name: field, value });
    }

    function check() {
      const fields = [...form.elements].filter((field) => field.willValidate);
      fields.forEach(clear);
      fields.forEach((field) => field.type === "email" && (field.value = field.value.replace(UNSEEN, "")));
      const wrong = fields.filter((field) => !field.validity.valid);
      wrong.forEach((field) => mark(field, why(field)));
      wrong[0]?.focus();
      return !wrong.length;
    }

    function why({ validity, type, validationMessage }) {
      if (validity.valueMissing) return words.needed;
      return validity.typeMismatch && type === "email" ? `${words.unread} (name@company.com)` : validationMessage;
    }

    function refused(errors) {
      busy(false);
      const rest = errors.filter(({ field, detail }) => {
        const input = form.elements[field];
        const label = input?.labels?.[0]?.firstChild.textContent.trim();
        if (label) mark(input, sentence(label, detail));
        return !label;
      });
      form.querySelector("[aria-invalid]")?.focus();
      if (rest.length) say(rest.map(({ field, detail }) => sentence(field, detail)).join(". "));
      tellPage("refused", { fields: errors.map(({ field }) => field) });
    }

    function sentence(label, detail) {
      return table === WORDS.en ? `${label} ${detail}` : words.unread;
    }

    function mark(field, text) {
      clear(field);
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
      document.getElementById(`${field.id}-fault`)?.remove();
      field.removeAttribute("aria-invalid");
      if (field.dataset.hint) field.setAttribute("aria-describedby", field.dataset.hint);
      else field.removeAttribute("aria-describedby");
    }

    function busy(yes) {
      if (yes) live().textContent = "";
      else [window.turnstile, window.hcaptcha].forEach((puzzle) => puzzle?.reset());
      const button = form.querySelector(BUTTON) || {};
      const isButton = button.tagName === "BUTTON";
      button.disabled = yes;
      const shown = yes ? [words.sending] : caption;
      caption = yes ? (isButton ? [...button.childNodes] : [button.value]) : null;
      if (shown && isButton) button.replaceChildren(...shown);
      else if (shown) [button.value] = shown;
    }

    function say(text) {
      busy(false);
      const status = live();
      status.textContent = text;
      status.tabIndex = -1;
      status.focus();
    }

    function live() {
      const around = form.parentNode;
      const status = around.querySelector("[role=status]") || around.appendChild(document.createElement("p"));
      status.setAttribute("role", "status");
      return status;
    }

    live(); // what screen readers listen to
  }

  function look(node) {
    if (node.matches?.(FORMS)) improve(node);
    node.querySelectorAll?.(FORMS).forEach(improve);
  }

  look(document);
  new MutationObserver((changes) => {
    changes.forEach(({ target, type, addedNodes }) => (type === "attributes" ? [target] : addedNodes).forEach(look));
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["data-baton"] });
})();
