/*
 * Light, dark, or as the system has it: what a reader chose is kept on the reader's own machine and holds before
 * anything is drawn. No page needs this.
 */
(() => {
  const key = "dossier-look";
  const root = document.documentElement;

  // Where nothing may be kept, a choice holds for the page.
  const kept = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const keep = (look) => {
    try {
      if (look === "system") localStorage.removeItem(key);
      else localStorage.setItem(key, look);
    } catch {}
  };
  const show = (look) => {
    if (look === "light" || look === "dark") root.dataset.theme = look;
    else delete root.dataset.theme;
    for (const button of document.querySelectorAll(".looks button"))
      button.setAttribute("aria-pressed", String(button.value === (root.dataset.theme ?? "system")));
  };

  show(kept());
  addEventListener("DOMContentLoaded", () => {
    for (const looks of document.querySelectorAll(".looks")) looks.hidden = false;
    show(kept());
  });
  addEventListener("storage", (event) => {
    if (event.key === key || event.key === null) show(kept());
  });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.(".looks button");
    if (!button) return;
    keep(button.value);
    show(button.value);
  });
})();
