/** Well-formed XML as a flat list of elements: enough for feeds, sitemaps and drawings. */
import { SaxesParser } from "saxes";

/**
 * @typedef {object} XmlElement
 * @property {string} local       name without prefix
 * @property {string} namespace   "" if there is none
 * @property {Record<string, string>} attributes
 * @property {string} text        the text directly and indirectly inside
 * @property {XmlElement[]} children
 */

/** All elements in document order, and the faults that make the file no XML. */
export function readXml(source) {
  const elements = [];
  const faults = [];
  const open = [];
  const parser = new SaxesParser({ xmlns: true, position: true });
  parser.on("error", (error) => faults.push(error.message));
  parser.on("opentag", (tag) => {
    const attributes = Object.fromEntries(Object.values(tag.attributes).map((a) => [a.name, a.value]));
    const element = { local: tag.local, namespace: tag.uri, attributes, text: "", children: [] };
    elements.push(element);
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const addText = (chunk) => open.forEach((element) => (element.text += chunk));
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => open.pop());
  parser.write(source).close();
  return { elements, faults };
}

/** Children of an element with this local name. */
export function children(element, local) {
  return element.children.filter((child) => child.local === local);
}
