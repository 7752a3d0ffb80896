/*
 * Buttons that copy: a citation as it stands, an indicator in its live form, which stands nowhere on the page, and a link to
 * the passage that is pointed at or that has the focus. Without this script a click marks a citation, an indicator is copied
 * as it is shown, and headings are what can be linked to.
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

  /** The button copies what `text` gives; `of` says of what it is. */
  const offer = (button, text, of) => {
    const label = button.textContent;
    const say = (words) => {
      button.textContent = words;
      if (of) button.setAttribute("aria-label", `${words}: ${of}`);
    };
    say(label);
    button.addEventListener("click", async () => {
      await copy(text());
      say(button.dataset.done);
      setTimeout(say, 1500, label);
    });
    return button;
  };
  const beside = (shown, text) => shown.after(offer(pattern.cloneNode(true), text, shown.textContent.split("\n")[0]));

  for (const shown of document.querySelectorAll(".copy")) beside(shown, () => shown.textContent);
  for (const shown of document.querySelectorAll("table.ioc td > code")) beside(shown, () => live(shown.textContent));

  // One button, which goes from passage to passage: a page of thirty paragraphs has no thirty stops more.
  const PASSAGES = ".prose > p, .prose > :is(ol, ul) > li, .prose > blockquote";
  let passage;
  const button = pattern.nextElementSibling && offer(pattern.nextElementSibling.cloneNode(true), () => address(passage));
  const go = ({ target, altKey }) => {
    const next = target.closest?.(PASSAGES);
    // Who holds Alt while the page is edited points at its source.
    if (altKey || !next || next === passage) return;
    passage = next;
    button.style.translate = "";
    passage.append(button);
    // Behind the last words, or beneath them where there is no room.
    const over = button.getBoundingClientRect().right - passage.getBoundingClientRect().right;
    if (over > 0) button.style.translate = `${-over}px 1.4em`;
  };

  /** The passage by its first words (a text fragment), beneath its heading, to which a browser goes that knows none. */
  const address = (passage) => {
    const heading = [...document.querySelectorAll(".prose > :is(h2, h3, h4)[id]")].filter((it) => it.compareDocumentPosition(passage) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
    const words = opening(passage).split(" ");
    const text = document.querySelector("main").innerText.replace(/\s+/g, " ");
    const once = (start) => text.indexOf(start) === text.lastIndexOf(start);
    let many = Math.min(6, words.length);
    while (many < words.length && !once(words.slice(0, many).join(" "))) many++;
    // In a text fragment a dash has a meaning of its own.
    const start = encodeURIComponent(words.slice(0, many).join(" ")).replaceAll("-", "%2D");
    return `${location.href.replace(/#.*/s, "")}#${heading ? encodeURIComponent(heading.id) : ""}:~:text=${start}`;
  };

  /** What a passage says before its first note: words that stand on the page as they stand here. */
  const opening = (passage) => {
    const range = document.createRange();
    range.selectNodeContents(passage);
    range.setEndBefore(passage.querySelector(".cite, .sidenote, button"));
    return range.toString().trim().replace(/\s+/g, " ");
  };

  if (button) for (const by of ["pointerover", "focusin"]) document.addEventListener(by, go);
});
