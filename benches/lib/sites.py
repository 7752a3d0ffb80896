"""Whether two generators made the same site.

Takes two output folders; gives what differs: page addresses, and for every page the entries that its
`<main>` links to. An entry is a page `/kind/slug/`. Words and markup are not compared: README.md says
what each site shows.
"""

import json
import re
import sys
from pathlib import Path
from urllib.parse import urljoin, urlsplit

MAIN = re.compile(r"<main\b.*?</main>", re.S)
HREF = re.compile(r'<a\b[^>]*? href="?([^"\s>]+)')
# What no peer is asked for: the search, and the list of all names that it leads to.
OURS_ALONE = re.compile(r"^/(search/|names/(page/\d+/)?)$")
INDEX = re.compile(r"^/(tags/[^/]+|[^/]+(?:/by-date)?)/(?:page/\d+/)?$")


def pages(folder):
    """The files that are pages, by address."""
    found = {}
    for path in Path(folder).rglob("*.html"):
        address = "/" + path.relative_to(folder).as_posix()
        found[address.removesuffix("index.html")] = path
    return found


def links(address, path, known):
    main = MAIN.search(path.read_text())
    if not main:
        return set()
    found = set()
    for href in HREF.findall(main[0]):
        parts = urlsplit(urljoin(f"https://dossier.example{address}", href))
        if parts.netloc == "dossier.example" and is_entry(parts.path, known):
            found.add(parts.path)
    return found - {address}


def is_entry(path, known):
    parts = path.strip("/").split("/")
    return len(parts) == 2 and parts[0] != "tags" and parts[1] != "by-date" and path in known


def differences(ours, theirs, every):
    """Sentences, none where the two sites are the same in pages and links, and how many were compared:
    all pages, the links of every index, and of one in `every` other pages."""
    here, there = pages(ours), pages(theirs)
    here = {address: path for address, path in here.items() if not OURS_ALONE.match(address)}
    said = [f"only ours: {page}" for page in sorted(here.keys() - there.keys())]
    said += [f"only theirs: {page}" for page in sorted(there.keys() - here.keys())]
    compared = 0
    whole_here, whole_there = {}, {}
    for at, address in enumerate(sorted(here.keys() & there.keys())):
        index = INDEX.match(address)
        if not index and at % every:
            continue
        mine, yours = links(address, here[address], here), links(address, there[address], there)
        if index:
            # Entries of one day or name may stand in either order, so an index counts as a whole.
            whole_here.setdefault(index[1], set()).update(mine)
            whole_there.setdefault(index[1], set()).update(yours)
            continue
        compared += len(mine)
        said += unlike(address, mine, yours)
    for name, mine in whole_here.items():
        compared += len(mine)
        said += unlike(f"/{name}/", mine, whole_there[name])
    return said, {"pages": len(here), "links": compared}


def unlike(address, mine, yours):
    said = []
    if lost := sorted(mine - yours):
        said.append(f"{address}: theirs lacks {len(lost)} of {len(mine)} links, such as {lost[0]}")
    if more := sorted(yours - mine):
        said.append(f"{address}: theirs has {len(more)} more links, such as {more[0]}")
    return said


if __name__ == "__main__":
    said, counts = differences(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    print(json.dumps({"differences": len(said), "such": said[:20], **counts}))
