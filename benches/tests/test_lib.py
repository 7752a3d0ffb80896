"""The benches' own tests: that a difference between two sites is found, and that a corpus is read right."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from lib import front_matter, hugo_content, report, sites


def site(folder, pages):
    for address, main in pages.items():
        path = Path(folder, address.strip("/"), "index.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'<nav><a href="/no/matter/">n</a></nav><main id="main">{main}</main>')
    return folder


class Sites(unittest.TestCase):
    OURS = {
        "/": '<a href="./actors/a/">A</a>',
        "/actors/a/": '<a class="x" href="../../sources/s/#cite-a-1">s</a> <a href="https://elsewhere.example/actors/a/">e</a>',
        "/sources/s/": '<a href="../../actors/">Actors</a>',
        "/actors/": '<a href="a/">A</a>',
    }

    def differences(self, theirs):
        with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as other:
            return sites.differences(site(ours, self.OURS), site(other, theirs), 1)

    def test_relative_and_absolute_links_are_the_same(self):
        theirs = self.OURS | {"/actors/a/": "<a href=/sources/s/>s</a>"}
        self.assertEqual(self.differences(theirs), ([], {"pages": 4, "links": 3}))

    def test_a_link_that_lacks_is_found(self):
        said, _ = self.differences(self.OURS | {"/actors/a/": "s"})
        self.assertEqual(said, ["/actors/a/: theirs lacks 1 of 1 links, such as /sources/s/"])

    def test_a_link_too_many_is_found(self):
        said, _ = self.differences(self.OURS | {"/sources/s/": '<a href="/actors/a/">A</a>'})
        self.assertEqual(said, ["/sources/s/: theirs has 1 more links, such as /actors/a/"])

    def test_a_page_that_lacks_is_found(self):
        said, _ = self.differences({page: main for page, main in self.OURS.items() if page != "/sources/s/"})
        self.assertIn("only ours: /sources/s/", said)


ENTRY = """---
title: A case: one
date: about 2018-09
loss:
  attempted: { value: 3m USD, sources: [s] }
  actual:
    - { value: 1m USD, sources: [s], chosen: the later sum }
    - { value: 2m USD, sources: [s, t] }
tags: [one, two]
---
Text of [[a|an actor]] and [[s]] [@s, p. 4].

```ioc
203.0.113[.]1  # beacon [@t]
```
"""


class Corpus(unittest.TestCase):
    def test_front_matter(self):
        head, body = front_matter.split(ENTRY)
        self.assertEqual(head["title"], "A case: one")
        self.assertEqual(head["tags"], ["one", "two"])
        self.assertEqual(head["loss"]["attempted"], {"value": "3m USD", "sources": ["s"]})
        self.assertEqual(head["loss"]["actual"][1]["sources"], ["s", "t"])
        self.assertTrue(body.startswith("Text of"))

    def test_text(self):
        paths = {"a": "/actors/a", "s": "/sources/s", "t": "/sources/t"}
        cites, mentions = [], []
        text = hugo_content.text(front_matter.split(ENTRY)[1], paths, cites, mentions)
        self.assertIn('Text of [an actor](/actors/a) and [](/sources/s){{< cite "/sources/s" "p. 4" >}}.', text)
        self.assertIn("203.0.113[.]1 | beacon | /sources/t", text)
        self.assertEqual((cites, mentions), (["/sources/s", "/sources/t"], ["/actors/a", "/sources/s"]))

    def test_days(self):
        for written, day in [("2016", "2016-01-01"), ("about 2018-Q3", "2018-07-01"), ("2018-02-03/2018-02-05", "2018-02-03")]:
            self.assertEqual(hugo_content.sort_day(written), day)


class Report(unittest.TestCase):
    def test_phases(self):
        said = "load 3 ms · parse 12.5 ms\n9 files: 9 written · made in 0.52 s, placed in 0.01 s\nbuilt 9 pages in 0.6 s"
        found = {"load": 3.0, "parse": 12.5, "render and write": 520.0, "place": 10.0}
        self.assertEqual(report.phases(said), found)


if __name__ == "__main__":
    unittest.main()
