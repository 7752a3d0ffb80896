"""A corpus as content for Hugo.

Takes the folder of a dossier that `examples/corpus` wrote; gives a folder of content that the site
in `benches/peers/hugo/` builds. Names are resolved here, so that Hugo need not: `[[slug]]` becomes a
Markdown link, `[@slug]` a shortcode, a relation the path of its target. Turning the links round
(who mentions, who cites, who is related), looking up titles and numbering citations are left to
Hugo, as they would be for anyone who writes for it.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

from . import front_matter

# Folder, heading, label: in the order in which a dossier lists them.
KINDS = [
    ("actors", "Actors", "Actor"),
    ("incidents", "Incidents", "Incident"),
    ("malware", "Malware", "Malware"),
    ("tools", "Tools", "Tool"),
    ("techniques", "Techniques", "Technique"),
    ("people", "People", "Person"),
    ("organisations", "Organisations", "Organisation"),
    ("places", "Places", "Place"),
    ("notes", "Notes", "Note"),
    ("sources", "Sources", "Source"),
]
VERBS = [
    "attributed_to", "part_of", "member_of", "uses", "targets", "routed_through", "originates_from",
    "located_at", "authored_by", "variant_of", "drops", "derived_from", "related_to",
]  # fmt: skip
FACTS = {"first_seen": "First seen", "last_seen": "Last seen", "motive": "Motive"}
PLAIN = [
    "accessed", "archived", "grade", "type", "seen", "language", "authors", "status", "platforms",
    "types", "tactics", "nationality", "lat", "lon", "external_ids", "key", "changes",
]  # fmt: skip
PER_PAGE = 100

WIKILINK = re.compile(r"\[\[([^\]|\\]+)(?:\\?\|([^\]]+))?\]\]")
CITATION = re.compile(r"\[(@[^\]]+)\]")
FENCE = re.compile(r"^```ioc\n(.*?)^```$", re.M | re.S)
DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|-Q(\d))?")


def convert(dossier, content):
    """Writes the content folder."""
    files = sorted(Path(dossier, "content").glob("*/*.md"))
    order = [folder for folder, _, _ in KINDS]
    files.sort(key=lambda path: (order.index(path.parent.name), path.stem))
    paths = {path.stem: f"/{path.parent.name}/{path.stem}" for path in files}
    further = Further()
    for folder, heading, label in KINDS:
        if any(path.parent.name == folder for path in files):
            section(content, folder, heading, label)
    for weight, path in enumerate(files, 1):
        page, body = entry(path, paths, weight)
        further.count(page, paths[path.stem])
        write(content / path.parent.name / path.name, page, body)
    for number, page in enumerate(further.pages()):
        write(content / "more" / f"{number}.md", page, "")
    write(content / "more" / "_index.md", {"build": {"render": "never", "list": "never"}}, "")
    head, body = front_matter.split(Path(dossier, "content", "index.md").read_text())
    write(content / "_index.md", head, body)


def section(content, folder, heading, label):
    page = {"title": heading, "cascade": {"params": {"label": label}}}
    write(content / folder / "_index.md", page, "")
    page = {"title": heading, "layout": "by-date", "outputs": ["html"]}
    write(content / folder / "by-date" / "_index.md", page, "")


def write(path, page, body):
    """YAML takes a JSON value after a key, so a block of keys is all that has to be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{key}: {json.dumps(value)}\n" for key, value in page.items())
    path.write_text(f"---\n{lines}---\n{body}")


def entry(path, paths, weight):
    head, body = front_matter.split(path.read_text())
    cites, mentions = [], []
    facts = read_facts(head)
    page = {"title": head["title"], "summary": head["summary"], "weight": weight, "tags": head["tags"]}
    when = head.get("date") or leading(facts, "First seen")
    if when:
        page |= {"date": sort_day(when), "when": when}
    if "updated" in head:
        page["lastmod"] = head["updated"]
    if "redirect_from" in head:
        page["aliases"] = head["redirect_from"]
    page |= {key: head[key] for key in PLAIN if key in head}
    if "url" in head:
        page["address"] = head["url"]  # `url` is Hugo's own: where a page goes
    if facts:
        page["facts"] = resolved(facts, paths, cites)
    if "judgements" in head:
        page["judgements"] = resolved(head["judgements"], paths, cites)
    body = text(body, paths, cites, mentions)
    for key in ["legal", "events"]:
        if key in head:
            page[key] = resolved(head[key], paths, cites)
    page["relations"] = resolved(relations(head, paths), paths, cites)
    if "aliases" in head:
        names = [{"name": name} if isinstance(name, str) else name for name in head["aliases"]]
        page["names"] = resolved(names, paths, cites)
    page["sources"] = resolved(head.get("sources", []), paths, cites)
    if "publisher" in head:
        known = head["publisher"] in paths
        page["publisher_page" if known else "publisher"] = paths.get(head["publisher"], head["publisher"])
    if "country" in head:
        page["country"] = paths[head["country"]]
    own = paths[path.stem]
    page["cites"] = list(dict.fromkeys(cites))
    page["mentions"] = [to for to in dict.fromkeys(mentions) if to != own]
    return page, body


def read_facts(head):
    """The facts of an entry as one list, in the order in which they are shown."""
    facts = [(label, head[key]) for key, label in FACTS.items() if key in head]
    loss = head.get("loss", {})
    facts += [(label, loss[key]) for key, label in [("attempted", "Attempted"), ("actual", "Lost")] if key in loss]
    facts += [(key.replace("_", " ").capitalize(), value) for key, value in head.get("facts", {}).items()]
    return [
        {"label": label, "versions": value if isinstance(value, list) else [value]} for label, value in facts
    ]


def leading(facts, label):
    versions = next((fact["versions"] for fact in facts if fact["label"] == label), [])
    chosen = [version for version in versions if "chosen" in version] or versions
    return chosen[0]["value"] if chosen else None


def relations(head, paths):
    found = []
    for verb in VERBS:
        for end in head.get(verb, []):
            end = {"entry": end} if isinstance(end, str) else dict(end)
            found.append({"verb": verb, "to": paths[end.pop("entry")]} | end)
    return found


def resolved(value, paths, cites):
    """The value with the paths of sources for their slugs; each is noted in `cites`."""
    if isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            value = [paths[slug] for slug in value]
            cites += value
            return value
        return [resolved(item, paths, cites) for item in value]
    if isinstance(value, dict):
        nested = {"sources", "versions"}
        return {key: resolved(item, paths, cites) if key in nested else item for key, item in value.items()}
    return value


def text(body, paths, cites, mentions):
    def link(match):
        to = paths[match[1]]
        mentions.append(to)
        return f"[{match[2] or ''}]({to})"

    def cite(match):
        marks = []
        for part in match[1].split(";"):
            slug, _, at = part.strip().removeprefix("@").partition(",")
            cites.append(paths[slug])
            marks.append(f'{{{{< cite "{paths[slug]}" "{at.strip()}" >}}}}' if at else f'{{{{< cite "{paths[slug]}" >}}}}')
        return "".join(marks)

    def indicators(lines):
        rows = []
        for line in lines.splitlines():
            value, _, note = line.partition("  # ")
            source = CITATION.search(note)
            found = paths[source[1].removeprefix("@")] if source else ""
            if found:
                cites.append(found)
                note = note[: source.start()].strip()
            rows.append(f"{value} | {note} | {found}")
        return "```ioc\n" + "\n".join(rows) + "\n```"

    parts = FENCE.split(body)
    for at, part in enumerate(parts):
        if at % 2:
            parts[at] = indicators(part)
        else:
            part = CITATION.sub(cite, part)
            # A mark stands directly behind what it supports.
            part = part.replace(" {{< cite", "{{< cite")
            parts[at] = WIKILINK.sub(link, part)
    return "".join(parts)


def sort_day(written):
    year, month, day, quarter = DAY.search(written).groups()
    month = month or (f"{int(quarter) * 3 - 2:02}" if quarter else "01")
    return f"{year}-{month}-{day or '01'}"


class Further:
    """Counts what leads to each entry, for the further pages of its lists: Hugo has pages only for
    files, so that there must be one for each."""

    def __init__(self):
        self.lists = {name: Counter() for name in ["cited", "mentions", "connections", "timeline"]}

    def count(self, page, own):
        self.lists["cited"].update(page["cites"])
        self.lists["mentions"].update(page["mentions"])
        for relation in page["relations"]:
            act = relation["verb"] == "attributed_to" and own.startswith("/incidents/")
            if relation["verb"] != "derived_from":
                self.lists["timeline" if act else "connections"][relation["to"]] += 1

    def pages(self):
        for name, counts in self.lists.items():
            for of, count in sorted(counts.items()):
                for number in range(2, -(-count // PER_PAGE) + 1):
                    yield {"url": f"{of}/{name}/{number}/", "of": of, "list": name, "number": number}


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
