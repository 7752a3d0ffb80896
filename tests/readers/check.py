"""What is exported, read by other people's programs.

    python check.py DOSSIER ROOT...

DOSSIER is the program, each ROOT the folder of a dossier. Every form is exported for everybody and read by the programs
that people will read it with; of what they read, something is compared with the JSON of the same dossier. Lists of
indicators are also read of `indicators/`, a dossier with one of every type. Prints a line for each check, and fails where
one does.
"""

import contextlib
import csv
import io
import ipaddress
import json
import re
import sqlite3
import subprocess
import shutil
import sys
import tempfile
import threading
import urllib.parse
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import bibtexparser
import networkx
import pypandoc
import rispy
import stix2
import stix2patterns.validator
import stix2validator
from mitreattack.navlayers import Layer
from taxii2client.v21 import Server, as_pages
from pymisp import MISPEvent
from pymispgalaxies import Clusters

import wire

# The checks of what is recommended that cannot hold: 103 asks for UUIDv4 where the specification wants ids that last, 202 for the
# relationships of a table that has none for incidents, 302 for the hash of every address that is cited.
LEFT_OUT = ["103", "202", "302"]


def exported(dossier, root, form, folder):
    """The file or the folder of an export."""
    path = Path(folder) / f"export-{form}"
    command = [dossier, "--root", root, "export", form, "--out", str(path)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return path


def stix(path, whole):
    options = stix2validator.ValidationOptions(strict=True, version="2.1", disabled=LEFT_OUT)
    results = stix2validator.validate_file(str(path), options)
    if not results.is_valid:
        found = io.StringIO()
        with contextlib.redirect_stdout(found):
            stix2validator.print_results([results])
        raise AssertionError(found.getvalue()[:4000])
    bundle = stix2.parse(path.read_text("utf-8"), allow_custom=False)
    kept = {"actor", "incident", "campaign", "malware", "tool", "infrastructure", "technique"}
    names = {it.name for it in bundle.objects if hasattr(it, "name")}
    missing = [it["title"] for it in whole if it["kind"] in kept and it["title"] not in names]
    assert not missing, f"not in the bundle: {missing[:5]}"


def graphml(path, whole):
    of_graph(networkx.read_graphml(path), whole)


def gexf(path, whole):
    of_graph(networkx.read_gexf(path), whole)


def of_graph(graph, whole):
    assert graph.number_of_nodes() == len(whole), (graph.number_of_nodes(), len(whole))
    relations = sum(1 for it in whole for said in it["statements"] if "relation" in said)
    assert graph.number_of_edges() == relations, (graph.number_of_edges(), relations)


def titles(whole):
    return {" ".join(it["title"].split()) for it in whole if it["kind"] == "source"}


def bibtex(path, whole):
    library = bibtexparser.parse_string(path.read_text("utf-8"))
    assert not library.failed_blocks, library.failed_blocks[:3]
    assert len(library.entries) == len(titles_of(whole)), len(library.entries)
    literature(path, "biblatex", whole)


def titles_of(whole):
    return [it for it in whole if it["kind"] == "source"]


def ris(path, whole):
    found = {" ".join(it["title"].split()) for it in rispy.loads(path.read_text("utf-8"))}
    assert found == titles(whole), found ^ titles(whole)
    literature(path, "ris", whole)


def csl_json(path, whole):
    literature(path, "csljson", whole)


def plain(text):
    """A title without what programs set in their own way: quotation marks, small letters, and which space is which."""
    return " ".join(re.sub(r"[\"'“”‘’]", "", text).casefold().split())


def literature(path, form, whole):
    """What Pandoc reads of the sources, and prints as a bibliography."""
    read = json.loads(pypandoc.convert_file(str(path), "csljson", format=form))
    by_key = {it["id"]: it for it in read}
    assert len(by_key) == len(read) == len(titles_of(whole)), len(read)
    references = path.with_suffix(".json")
    references.write_text(json.dumps(read), "utf-8")
    options = ["--citeproc", f"--bibliography={references}", "--wrap=none"]
    printed = pypandoc.convert_text("---\nnocite: '@*'\n---\n", "plain", format="markdown", extra_args=options)
    printed = printed.strip().split("\n\n")
    assert len(printed) == len(read), len(printed)
    for source in titles_of(whole):
        found = by_key[source["slug"]]
        assert plain(found["title"]) == plain(source["title"]), found
        names = [it.get("literal") or " ".join(it[key] for key in ("given", "family") if key in it) for it in found.get("author", [])]
        assert names == source.get("authors", []), (names, source["authors"])
        url = source.get("source", {}).get("url", {}).get("address", "")
        assert found.get("URL", "") == url, found
        earliest = source.get("date", {}).get("earliest", "")
        if day := found.get("issued", {}).get("date-parts"):
            known = [int(part) for part in earliest.split("T")[0].split("-")]
            assert day[0] == known[: len(day[0])], found
            # Of the dates of RIS, Pandoc reads the year.
            whole_day = re.fullmatch(r"\d{1,2} \w+ \d{4}", source["date"]["text"])
            assert not whole_day or len(day[0]) == (1 if form == "ris" else 3), found
        # Styles turn the first author round, and say how many more there are.
        told = [source["title"], url, earliest[:4], *(name.split()[-1] for name in names[:1])]
        assert any(all(plain(it) in plain(line) for it in told) for line in printed), told


def navigator(path, whole):
    layer = Layer()
    layer.from_file(str(path))
    assert layer.layer is not None, "it is no layer"
    ids = [it.techniqueID for it in layer.layer.techniques]
    assert len(ids) == len(set(ids)), ids


class Host(SimpleHTTPRequestHandler):
    """A host of files that reads `_headers`, as some do: folders with the headers of what lies in them."""

    def end_headers(self):
        for line in (Path(self.directory) / "_headers").read_text("utf-8").splitlines():
            if not line.startswith(" "):
                applies = self.path.startswith(line.rstrip("*"))
            elif applies:
                self.send_header(*line.strip().split(": ", 1))
        super().end_headers()

    def guess_type(self, path):
        return None if "/taxii2/" in str(path) else super().guess_type(path)

    def send_header(self, keyword, value):
        if value is not None:
            super().send_header(keyword, value)

    def log_message(self, *_):
        pass


def taxii(dossier, root, whole):
    """The site of a dossier, asked by a TAXII client as any server is."""
    with tempfile.TemporaryDirectory() as folder:
        copy, site = Path(folder) / "dossier", Path(folder) / "site"
        copy.mkdir()
        shutil.copytree(Path(root) / "content", copy / "content")
        settings = (Path(root) / "dossier.toml").read_text("utf-8")
        head = "[exports]\n"
        more = settings.replace(head, f"{head}taxii = true\n") if head in settings else f"{settings}\n{head}taxii = true\n"
        (copy / "dossier.toml").write_text(more, "utf-8")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(site)))
        base = f"http://127.0.0.1:{server.server_port}/"
        build = [dossier, "--root", str(copy), "build", "--out", str(site), "--base-url", base]
        subprocess.run(build, check=True, stderr=subprocess.DEVNULL)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            client = Server(f"{base}taxii2/")
            (collection,) = client.default.collections
            objects = [it for page in as_pages(collection.get_objects) for it in page["objects"]]
            listed = [it for page in as_pages(collection.get_manifest) for it in page["objects"]]
        finally:
            server.shutdown()
        assert [it["id"] for it in objects] == [it["id"] for it in listed]
        stix2.parse({"type": "bundle", "id": "bundle--" + collection.id, "objects": objects}, allow_custom=False)
        names = {it.get("name") for it in objects}
        missing = [it["title"] for it in whole if it["kind"] == "actor" and it["title"] not in names]
        assert not missing, missing


def sqlite(path, whole):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    ask = lambda question: database.execute(question).fetchall()
    assert ask("PRAGMA integrity_check") == [("ok",)], "it is broken"
    assert not ask("PRAGMA foreign_key_check"), "a foreign key leads nowhere"
    assert ask("SELECT count(*) FROM entries") == [(len(whole),)]
    statements = [said for it in whole for said in it["statements"]]
    assert ask("SELECT count(*) FROM statements") == [(len(statements),)]
    assert sorted(ask("SELECT says FROM statements")) == sorted((it["says"],) for it in statements)
    served = Path(sys.executable).with_name("datasette")
    for view in ["uses", "single_source", "contested", "losses_by_incident", "uncited_sources", "sourced_indicators"]:
        command = [served, str(path), "--get", f"/{path.stem}/{view}.json?_shape=array"]
        rows = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        count = ask(f"SELECT count(*) FROM {view}")[0][0]
        assert len(rows) == min(count, 100), (view, len(rows), count)
    word = max(ask("SELECT title FROM entries WHERE kind = 'incident'"))[0].split()[-1]
    command = [served, str(path), "--get", f"/{path.stem}/entries.json?_shape=array&_search={word}"]
    assert json.loads(subprocess.run(command, check=True, capture_output=True).stdout), f"{word} is not found"


def live(whole, *types):
    """The values of indicators of these types, in blocks and as names of infrastructure."""
    return {it["value"] for entry in whole for it in entry.get("indicators", []) if it["type"] in types}


def stix_patterns(path, whole):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        found = stix2patterns.validator.run_validator(row["pattern"], stix_version="2.1")
        assert not found, (row["pattern"], found)
        assert row["entries"] and row["tlp"] == "clear", row
    missing = live(whole, "IPv4", "IPv6", "Domain", "URL", "E-mail", "MD5", "SHA-256") - {it["value"] for it in rows}
    assert not missing, missing


def hosts(path, whole):
    lines = [line.split("#")[0].split() for line in path.read_text("utf-8").splitlines()]
    pairs = [line for line in lines if line]
    assert all(len(pair) == 2 and pair[0] == "0.0.0.0" for pair in pairs), pairs
    names = [name for _, name in pairs]
    assert len(names) == len(set(names)), names
    label = r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?"
    wrong = [name for name in names if not re.fullmatch(rf"({label}\.)+{label}", name)]
    assert not wrong, wrong
    missing = {it for it in live(whole, "Domain") if "*" not in it} - set(names)
    assert not missing, missing


# What a rule may say behind what it compares with, and what it compares with, by the protocol that shows it (Suricata 7).
BUFFERS = {
    "dns": {"dns.query"},
    "tls": {"tls.sni", "ja3.hash"},
    "http": {"http.host", "http.uri.raw", "http.user_agent"},
    "ip": set(),
    "tcp": set(),
}
RULE = re.compile(r"alert (\w+) \$HOME_NET any -> (\S+) (any|\d+) \((.*;)\)")
OPTION = re.compile(r'([a-z_0-9.]+)(?::((?:"(?:[^"\\;]|\\.)*")|[^";]*))?; ?')
CONTENT = re.compile(r'"(?:[A-Za-z0-9 ./=?&%~+*(),@_-]|\|[0-9A-F]{2}\|)+"')


def suricata(path, whole):
    """The grammar of rules, as far as ours use it: every option is known, and in the order that Suricata wants."""
    numbers, compared = [], []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        rule = RULE.fullmatch(line)
        assert rule, line
        protocol, to, port, options = rule.groups()
        if protocol in ("ip", "tcp"):
            ipaddress.ip_network(to, strict=False)
            compared.append(to)
        assert port == "any" or 0 < int(port) < 65536, line
        said = OPTION.findall(options)
        assert "".join(f"{key}:{value}; " if value else f"{key}; " for key, value in said).strip() == options, line
        keys = [key for key, _ in said]
        assert keys[0] == "msg" and keys[-3:] == ["metadata", "sid", "rev"], line
        buffers = [key for key in keys if "." in key]
        assert set(buffers) <= BUFFERS[protocol] and bool(buffers) == bool(BUFFERS[protocol]), line
        assert keys.count("content") == len(buffers), line
        for at, (key, value) in enumerate(said):
            match key:
                case "msg":
                    assert re.fullmatch(r'"[^";\\]+"', value), line
                case "flow":
                    assert value == "established,to_server" and at == 1, line
                case "content":
                    assert "." in keys[at - 1] and CONTENT.fullmatch(value), line
                    text = re.sub(r"\|(..)\|", lambda it: chr(int(it[1], 16)), value[1:-1])
                    assert len(text) < 256 and (keys[at - 1] != "http.host" or text == text.lower()), line
                    assert "endswith" in keys[at : at + 3] or dict(said[at : at + 3])["bsize"] == str(len(text)), line
                    compared.append(text)
                case "bsize" | "endswith" | "nocase":
                    assert "content" in keys[at - 2 : at], line
                case "reference":
                    assert re.fullmatch(r"url,[^\s;,\"]+", value), line
                case "metadata":
                    assert all(re.fullmatch(r"[a-z_]+ [^\s,;\"]+", it) for it in value.split(", ")), line
                case "sid":
                    numbers.append(int(value))
                case "rev":
                    assert value == "1", line
                case _:
                    assert "." in key and not value, line
    assert len(numbers) == len(set(numbers)) and all(1.1e9 <= it < 2.1e9 for it in numbers), numbers
    missing = live(whole, "IPv4", "IPv6", "Domain") - set(compared) - {f"*{it}" for it in compared}
    assert not missing, missing
    if sensor := shutil.which("suricata", path=str(Path(sys.executable).parent)) or shutil.which("suricata"):
        seen_on_the_wire(sensor, path, whole, set(numbers))
    else:
        print("skipped: there is no Suricata to try the rules with")


def traffic(kind, value):
    """Conversations that show an indicator, and such that show what is nearly one: each is a function of its own port."""
    match kind:
        case "IPv4" | "IPv6":
            network = ipaddress.ip_network(value, strict=False)
            beside = network.broadcast_address + 1
            return [partial(wire.tcp, to=str(network.broadcast_address), port=80)], [partial(wire.tcp, to=str(beside), port=80)]
        case "IP range" if "/" in value:
            return traffic("IPv4", value)
        case "Domain":
            below = value.removeprefix("*.")
            hit, others = (f"a.b.{below}", [below]) if "*" in value else (value, [f"below.{value}"])
            others += [f"not{below}", f"{below}.elsewhere.example"]
            asked = [partial(to, name=hit) for to in (wire.dns, wire.tls)]
            return asked, [partial(to, name=it) for it in others for to in (wire.dns, wire.tls)]
        case "Host and port":
            at = urllib.parse.urlsplit(f"//{value}")
            try:
                ipaddress.ip_address(at.hostname)
            except ValueError:
                asked = [partial(wire.tls, name=at.hostname), partial(wire.http, host=value)]
            else:
                asked = [partial(wire.tcp, to=at.hostname)]
            return [partial(it, port=at.port) for it in asked], [partial(it, port=at.port + 1) for it in asked]
        case "URL" | "URL without scheme":
            at = urllib.parse.urlsplit(value if kind == "URL" else f"http://{value}")
            if at.scheme not in ("http", "https"):
                return [], []
            path = urllib.parse.quote(at.path or "/", safe="/%:;,!'()*[]|@&=+$~") + (f"?{at.query}" if at.query else "")
            host = at.netloc.rpartition("@")[2]
            port = at.port or 80
            hits = [partial(wire.http, host=host, path=path, port=port)]
            misses = [partial(wire.http, host=host, path=f"{path}0", port=port), partial(wire.http, host=f"not{host}", path=path)]
            encrypted = partial(wire.tls, name=at.hostname, port=at.port or 443)
            bare = at.scheme == "https" and path == "/"
            return hits + [encrypted] * bare, misses + [encrypted] * (not bare)
        case "User agent":
            return [partial(wire.http, host="any.example", agent=value)], [partial(wire.http, host="any.example", agent=f"{value}0")]
        case "JA3":
            # That of a client which knows one cipher, as in `indicators/`.
            return [partial(wire.tls, name="any.example", cipher=47)], []
        case _:
            return [], []


def seen_on_the_wire(sensor, rules, whole, numbers):
    """Suricata takes every rule; each finds what it is for, and none finds what is only like that."""
    shown = [traffic(it["type"], it["value"]) for entry in whole for it in entry.get("indicators", [])]
    named = [traffic("Domain", it["title"].replace("[.]", ".")) for it in whole if it["kind"] == "infrastructure"]
    for at, expected in enumerate((numbers, set())):
        with tempfile.TemporaryDirectory() as folder:
            conversations = [it for pair in shown + named for it in pair[at]]
            wire.write(f"{folder}/wire.pcap", conversations)
            settings = Path(__file__).with_name("suricata.yaml")
            command = [sensor, "-v", "-k", "none", "-c", settings, "-S", rules, "-r", f"{folder}/wire.pcap", "-l", folder]
            ran = subprocess.run(command, capture_output=True, text=True)
            said = ran.stdout + ran.stderr
            assert ran.returncode == 0 and f"{len(numbers)} rules successfully loaded, 0 rules failed" in said, said
            found = re.findall(r"\[1:(\d+):1\]", Path(folder, "fast.log").read_text("utf-8"))
            assert set(map(int, found)) == expected, set(map(int, found)) ^ expected


def indicator_lists(path, whole):
    found = set()
    for file in path.iterdir():
        lines = file.read_text("utf-8").splitlines()
        assert lines[0] == "# TLP:CLEAR" and len(lines) % 2 == 0, file.name
        above, values = lines[2::2], lines[3::2]
        assert all(line.startswith("# ") for line in above), file.name
        assert values and values == sorted(set(values)), file.name
        found |= set(values)
    missing = {it["value"] for entry in whole for it in entry.get("indicators", [])} - found
    assert not missing, missing


def misp_galaxy(path, whole):
    text = path.read_text("utf-8")
    clusters = Clusters([json.loads(text)])
    clusters.validate_with_schema()
    cluster = clusters["threat-actor"]
    titles = {it["title"] for it in whole if it["kind"] == "actor"}
    assert {it.value for it in cluster.values()} == titles, "not the same actors"
    by_uuid = {it["uuid"]: it for it in json.loads(text)["values"]}
    assert len(by_uuid) == len(titles), "a UUID stands twice"
    for uuid, value in by_uuid.items():
        for related in value.get("related", []):
            other = by_uuid.get(related["dest-uuid"])
            # What is not here is known to MISP by that UUID.
            back = [it["dest-uuid"] for it in other.get("related", [])] if other else [uuid]
            assert uuid in back, f"{value['value']} is related to what does not say so"


def misp_feed(path, whole):
    manifest = json.loads((path / "manifest.json").read_text("utf-8"))
    events = {it.stem for it in path.glob("*.json")} - {"manifest"}
    assert events == set(manifest), events ^ set(manifest)
    incidents = {it["title"] for it in whole if it["kind"] == "incident"}
    missing = incidents - {it["info"] for it in manifest.values()}
    assert not missing, f"no event of {missing}"
    hashes = set()
    indicators = 0
    for uuid, listed in manifest.items():
        event = MISPEvent(strict_validation=True)
        event.load_file(str(path / f"{uuid}.json"))
        told = {key: value if isinstance(value, (list, dict)) else str(value) for key, value in event.manifest[uuid].items()}
        assert {**told, "Tag": None, "Orgc": None} == {**listed, "Tag": None, "Orgc": None}, (told, listed)
        assert [it["name"] for it in listed["Tag"]] == [tag.name for tag in event.tags], event.info
        assert sum(tag.name.startswith("tlp:") for tag in event.tags) == 1, event.info
        types = event.attributes[0].describe_types if event.attributes else {}
        for attribute in event.attributes:
            assert attribute.type in types["category_type_mappings"][attribute.category], attribute
            hashes |= {f"{hash},{uuid}" for hash in attribute.hash_values("md5")}
            indicators += attribute.type not in ("link", "text")
    assert hashes == set((path / "hashes.csv").read_text("utf-8").split()), "the hashes are others"
    assert indicators >= sum(len(it.get("indicators", [])) for it in whole), indicators


CHECKS = {
    "stix": stix,
    "graphml": graphml,
    "gexf": gexf,
    "bibtex": bibtex,
    "ris": ris,
    "csl-json": csl_json,
    "navigator": navigator,
    "stix-patterns": stix_patterns,
    "suricata": suricata,
    "hosts": hosts,
    "indicator-lists": indicator_lists,
    "misp-feed": misp_feed,
    "misp-galaxy": misp_galaxy,
    "sqlite": sqlite,
}


# What is read of `indicators/` alone.
OF_INDICATORS = ["stix-patterns", "suricata", "hosts", "indicator-lists"]


def main(dossier, *roots):
    failed = 0

    def tried(what, check, *arguments):
        nonlocal failed
        try:
            check(*arguments)
            print(f"ok {what}")
        except Exception as error:  # Whatever a reader says against it.
            failed += 1
            print(f"FAILED {what}: {error}")

    def read(root, forms):
        with tempfile.TemporaryDirectory() as folder:
            whole = json.loads(exported(dossier, root, "json", folder).read_text("utf-8"))["entries"]
            for form in forms:
                tried(f"{form} of {Path(root).name or root}", lambda: CHECKS[form](exported(dossier, root, form, folder), whole))
        return whole

    for root in roots:
        whole = read(root, CHECKS)
        tried(f"TAXII of {Path(root).name or root}", taxii, dossier, root, whole)
    read(Path(__file__).with_name("indicators"), OF_INDICATORS)
    return failed


if __name__ == "__main__":
    sys.exit(1 if main(*sys.argv[1:]) else 0)
