/** Every check by its name, cheapest first. Each takes a site and gives a Result (report.mjs). */
import { checkAccessibility } from "../checks/a11y.mjs";
import { checkInBrowser } from "../checks/browser.mjs";
import { checkEnlarged } from "../checks/enlarged.mjs";
import { checkFeeds } from "../checks/feeds.mjs";
import { checkInFirefox } from "../checks/firefox.mjs";
import { checkHtml } from "../checks/html.mjs";
import { checkLayout } from "../checks/layout.mjs";
import { checkLinks } from "../checks/links.mjs";
import { checkPages } from "../checks/pages.mjs";
import { checkPrint } from "../checks/print.mjs";

export const checks = {
  pages: checkPages,
  links: checkLinks,
  feeds: (site, { again } = {}) => checkFeeds(site, again),
  html: checkHtml,
  browser: checkInBrowser,
  layout: checkLayout,
  enlarged: checkEnlarged,
  firefox: checkInFirefox,
  print: checkPrint,
  a11y: checkAccessibility,
};
