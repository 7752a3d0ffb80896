/*
 * Keeps room for what is found where a page of the search is opened with a question (search/?q=…), before anything is drawn,
 * so that nothing moves when the answer comes.
 */
document.documentElement.toggleAttribute("data-asked", Boolean(new URLSearchParams(location.search).get("q")?.trim()));
