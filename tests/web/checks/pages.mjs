/**
 * What every page must have, read from its source alone: the policy, one
 * `main`, one `h1`, a language, a title, and nothing that the policy would
 * stop. A redirect stub owes the reader only the policy, language and title.
 */
import { attr, elements, httpEquiv, line, text } from "../lib/site.mjs";

/** The policy as the project promises it, to the letter. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";

/** @returns {import("../lib/report.mjs").Result} */
export function checkPages(site) {
  const problems = site.pages.flatMap((page) =>
    pageProblems(page).map(([element, what]) => ({
      where: element && line(element) ? `${page.path}:${line(element)}` : page.path,
      what,
    })),
  );
  return { tested: site.pages.map((page) => page.path), problems };
}

/** Pairs of the element at fault, if there is one, and what is wrong. */
function pageProblems(page) {
  const all = elements(page.document);
  const named = (tag) => all.filter((el) => el.tagName === tag);
  const problems = [...policyProblems(all), ...inlineProblems(all)];
  const root = named("html")[0];
  if (!attr(root, "lang")) problems.push([root, "html has no lang"]);
  if (text(named("title")[0] ?? {}).trim() === "") problems.push([undefined, "no title"]);
  if (page.redirect) return problems;

  for (const tag of ["main", "h1"]) {
    if (named(tag).length !== 1) problems.push([named(tag)[1], `${named(tag).length} ${tag} elements, one expected`]);
  }
  if (!all.some((el) => el.tagName === "meta" && attr(el, "name") === "viewport")) {
    problems.push([undefined, "no viewport: a phone would show it as a shrunken desktop page"]);
  }
  const firstLink = all.find((el) => el.tagName === "a" && attr(el, "href"));
  const target = attr(firstLink ?? { attrs: [] }, "href");
  if (!target?.startsWith("#") || target.length < 2) problems.push([firstLink, "the first link is no skip link"]);
  return problems;
}

/** The policy stands once, to the letter, and before the first thing that loads. */
function policyProblems(all) {
  const policies = all.filter((el) => httpEquiv(el) === "content-security-policy");
  if (policies.length !== 1) return [[policies[1], `${policies.length} content security policies, one expected`]];
  const [policy] = policies;
  const problems = [];
  if (attr(policy, "content") !== POLICY) {
    problems.push([policy, `another content security policy than promised: ${attr(policy, "content")}`]);
  }
  // A policy in a meta element holds only for what comes after it.
  const before = all.slice(0, all.indexOf(policy)).find((el) => ["link", "script", "style", "img"].includes(el.tagName));
  if (before) problems.push([before, `${before.tagName} stands before the policy`]);
  return problems;
}

/** Styles and scripts inside the page, which the policy would refuse. */
function inlineProblems(all) {
  return all.flatMap((el) => {
    const problems = [];
    if (el.tagName === "style") problems.push([el, "a style element"]);
    const type = attr(el, "type") ?? "";
    // A data block (JSON and the like) never runs, so the policy lets it be.
    if (el.tagName === "script" && !attr(el, "src") && !/json/.test(type)) problems.push([el, "an inline script"]);
    for (const { name } of el.attrs) {
      if (name === "style") problems.push([el, `an inline style on ${el.tagName}`]);
      if (name.startsWith("on")) problems.push([el, `an event handler ${name} on ${el.tagName}`]);
    }
    return problems;
  });
}
