/*
 * Buttons that copy: a citation as it stands, an indicator in its live form, which stands nowhere on the page. Without this
 * script a click marks a citation, and an indicator is copied as it is shown.
 */
addEventListener("DOMContentLoaded", () => {
  const pattern = document.getElementById("page-copy")?.content.firstElementChild;
  if (!pattern) return;

  /** What was defanged, as a machine would use it: scheme and host are, what stands behind them is not. */
  const live = (shown) => {
    const [, scheme = "", host, rest] = shown.match(/^([a-z][a-z0-9+.-]*(?:\[:\]|:)\/\/)?([^/?#]*)(.*)$/is);
    const plain = (text) => text.replace(/\[([.:@])\]/g, "$1");
    return plain(scheme).replace(/^hxxp/i, "http").replace(/^fxp/i, "ftp") + plain(host) + rest;
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // A page from a folder may not; the older way still does.
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "unseen";
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };

  const offer = (shown, text) => {
    const button = pattern.cloneNode(true);
    const label = button.textContent;
    const say = (words) => {
      button.textContent = words;
      button.setAttribute("aria-label", `${words}: ${shown.textContent.split("\n")[0]}`);
    };
    say(label);
    button.addEventListener("click", async () => {
      await copy(text());
      say(button.dataset.done);
      setTimeout(say, 1500, label);
    });
    shown.after(button);
  };

  for (const shown of document.querySelectorAll(".copy")) offer(shown, () => shown.textContent);
  for (const shown of document.querySelectorAll("table.ioc td > code")) offer(shown, () => live(shown.textContent));
});
