/* Helhet's only script. Every page works without it; with it
   - results follow the typing in a search box (data-search),
   - parts marked data-live are put in place anew when the program says that something changed,
   - the error summary gets the focus.
   It keeps nothing, and asks nobody but the program it came from. */
"use strict";
(() => {
  let latest = 0;

  /* A search that is posted leaves no name in an address, and is asked again as it stands in its form. Where the program keeps what
     was asked, it gives the address (data-address) that leads back to it. */
  const posted = document.querySelector('form[method="post"] [data-search]')?.form;

  /* Fetches a page and puts the parts that both pages have, by id, in place; what the visitor is writing in stays. */
  async function refresh(address, selector) {
    const turn = ++latest;
    const asked = posted ? { method: "POST", body: new URLSearchParams(new FormData(posted)) } : {};
    let answer;
    try {
      const headers = { "X-Helhet-Part": selector === "[data-live]" ? "live" : "typed" };
      answer = await fetch(posted?.action ?? address, { ...asked, headers, redirect: "error" });
    } catch {
      return;
    }
    /* Who is not signed in any more, or may not see this any more, is not left looking at it. */
    if ([401, 403, 404].includes(answer.status)) return location.replace(location.pathname + location.search);
    if (!answer.ok || turn !== latest) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== latest) return;
    for (const part of document.querySelectorAll(selector)) {
      const fresh = page.getElementById(part.id);
      const busy = part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
      if (!fresh || busy || fresh.innerHTML === part.innerHTML) continue;
      const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      const open = [...part.querySelectorAll("details[open][id]")].map((details) => details.id);
      part.replaceChildren(...fresh.childNodes);
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
      if (focused) part.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  function follow(search) {
    const form = search.form;
    let timer;
    const ask = () => {
      const address = new URL(form.action);
      if (form === posted) {
        if (search.dataset.address) history.replaceState(null, "", search.dataset.address);
        return refresh(address, "[data-results]");
      }
      address.search = new URLSearchParams(new FormData(form)).toString();
      history.replaceState(null, "", address);
      refresh(address, "[data-results]");
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 120);
    });
  }

  function listen(address) {
    let source;
    /* A hidden tab holds no connection: a browser allows only six to one place. */
    const open = () => {
      if (source || document.hidden) return;
      source = new EventSource(address);
      source.addEventListener("change", () => refresh(location.href, "[data-live]"));
      /* What changed between the making of the page and this moment was told to nobody. */
      source.addEventListener("open", () => refresh(location.href, "[data-live]"));
    };
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) {
        source?.close();
        source = undefined;
      } else {
        open();
        refresh(location.href, "[data-live]");
      }
    });
    open();
    /* "2 minutes ago" must not grow old on a page that stands open. */
    setInterval(() => document.hidden || refresh(location.href, "[data-live]"), 60000);
  }

  for (const search of document.querySelectorAll("[data-search]")) follow(search);
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
  document.querySelector("[data-focus]")?.focus();
  const from = document.body.dataset.liveFrom;
  if (from) listen(from);
})();
