"""The front matter of a generated entry, read as data.

Takes the text of a file of the corpus; gives its front matter and its body. Reads the YAML that
`examples/corpus` writes (scalars, flow lists and maps, blocks by indentation) and no more: standard
Python has no YAML reader, and an independent one keeps the comparison independent.
"""


def split(text):
    """Front matter and body of an entry."""
    head, body = text.removeprefix("---\n").split("\n---\n", 1)
    return Block(head.split("\n")).mapping(0), body


class Block:
    """Lines of block YAML, read from the top."""

    def __init__(self, lines):
        self.lines = lines
        self.at = 0

    def indent(self):
        if self.at >= len(self.lines):
            return -1
        line = self.lines[self.at]
        return len(line) - len(line.lstrip())

    def mapping(self, indent):
        found = {}
        while self.indent() == indent:
            key, _, value = self.lines[self.at].strip().partition(":")
            self.at += 1
            found[key] = flow(value) if value.strip() else self.nested(indent)
        return found

    def nested(self, indent):
        inner = self.indent()
        if inner <= indent:
            return None
        if self.lines[self.at].lstrip().startswith("- "):
            return self.sequence(inner)
        return self.mapping(inner)

    def sequence(self, indent):
        found = []
        while self.indent() == indent:
            found.append(flow(self.lines[self.at].strip()[2:]))
            self.at += 1
        return found


def flow(text):
    value, _ = flow_at(text, 0, "")
    return value


def flow_at(text, at, ends):
    """A flow value that starts at `at`, and where it ends."""
    while text[at : at + 1] == " ":
        at += 1
    match text[at : at + 1]:
        case "[":
            return items(text, at + 1)
        case "{":
            return pairs(text, at + 1)
        case '"':
            end = text.index('"', at + 1)
            return text[at + 1 : end], end + 1
    end = at
    while end < len(text) and text[end] not in ends:
        end += 1
    return text[at:end].strip(), end


def items(text, at):
    found = []
    while True:
        value, at = flow_at(text, at, ",]")
        if value != "":
            found.append(value)
        if text[at] == "]":
            return found, at + 1
        at += 1


def pairs(text, at):
    found = {}
    while True:
        key, _, _ = text[at:].partition(":")
        at += len(key) + 1
        value, at = flow_at(text, at, ",}")
        found[key.strip()] = value
        while text[at] not in ",}":
            at += 1
        if text[at] == "}":
            return found, at + 1
        at += 1
