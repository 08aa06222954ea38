/* Asks the browser for a passkey, on the two pages that need one. What to ask for stands in the form (data-ask); what the browser
   says is put into it, and sent like any other form. */
"use strict";
(() => {
  const form = document.querySelector("form[data-ask]");
  const show = (id) => document.getElementById(id)?.removeAttribute("hidden");
  const able = window.PublicKeyCredential?.parseCreationOptionsFromJSON && PublicKeyCredential.prototype.toJSON;
  if (!form || !able) return show("passkey-unable");

  async function ask() {
    const { publicKey } = JSON.parse(form.dataset.ask);
    if (form.dataset.passkey === "add") {
      return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
    }
    return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  }

  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      form.elements.answer.value = JSON.stringify((await ask()).toJSON());
    } catch {
      return show("passkey-failed");
    }
    form.submit();
  });
})();
