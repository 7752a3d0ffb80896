"""The results on file, and what README.md says of them.

Takes what benches/run measured; keeps it in benches/results.json by size and place, and sets tables
and a chart into benches/README.md between two comments. What stands outside them is left alone.
"""

import json
import re
from pathlib import Path
from statistics import median

from . import chart

HERE = Path(__file__).resolve().parents[1]
RESULTS, README, CHART = HERE / "results.json", HERE / "README.md", HERE / "chart.svg"
PLACES = {"tmpfs": "tmpfs", "disk": "the disk"}
BEGIN, END = "<!-- benches/run: begin -->", "<!-- benches/run: end -->"
# Peak memory that is allowed, in MB, by size (issue "Speed").
MEMORY = {10_000: 200, 50_000: 800, 100_000: 1500}


def keep(count, place, result):
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results.setdefault(str(count), {})[place] = result
    ordered = {size: results[size] for size in sorted(results, key=int)}
    RESULTS.write_text(json.dumps(ordered, indent=1) + "\n")


def phases(said):
    """The phases that `dossier build --verbose` prints, in ms: `load 33 ms · parse 127 ms …`, then
    `made in 0.52 s, placed in 0.01 s`."""
    found = re.findall(r"(?:^|· )([a-z]+(?: [a-z]+)*?(?<! in)) ([\d.]+) (ms|s)\b", said, re.M)
    found += re.findall(r"\b(made|placed) in ([\d.]+) (ms|s)\b", said)
    names = {"made": "render and write", "placed": "place"}
    return {names.get(name, name): float(value) * (1000 if unit == "s" else 1) for name, value, unit in found}


def write():
    results = {int(size): places for size, places in json.loads(RESULTS.read_text()).items()}
    parts = [
        machine(results),
        "![Seconds for a clean build, by size and generator](chart.svg)",
        *(clean(results, place) for place in PLACES),
        targets(results),
        second(results),
        phase_table(results),
    ]
    CHART.write_text(chart.bars(chart_rows(results)))
    between(README, BEGIN, END, "\n\n".join(part for part in parts if part))
    print(f"wrote {README.name}, {CHART.name}")


def between(path, begin, end, text):
    old = path.read_text()
    before, _, rest = old.partition(begin)
    _, found, after = rest.partition(end)
    assert found, f"{path} has no {begin} … {end}"
    path.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}")


class Figures:
    """Medians of one size in one place; None where a run failed."""

    def __init__(self, result):
        self.result = result

    def of(self, name, key):
        runs = [sample[name] for sample in self.result["rounds"] if name in sample]
        if not runs or any("failed" in run for run in runs):
            return None
        return median(run[key] for run in runs)

    def ratio(self, name, base, key):
        above, below = self.of(name, key), self.of(base, key)
        return above / below if above is not None and below else None


def table(head, rows):
    lines = [f"| {' | '.join(head)} |", "|" + "|".join("--:" if at else "---" for at in range(len(head))) + "|"]
    return "\n".join(lines + [f"| {' | '.join(row)} |" for row in rows])


def number(value, unit=""):
    if value is None:
        return "failed"
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}{unit}"


def machine(results):
    lines = {}
    for size, places in results.items():
        for place, result in places.items():
            about = result["machine"]
            line = (
                f"{about['processor']}, {about['cores']} cores, {about['memory']}, {about['system']}; "
                f"{result['date']}, commit {result['commit']}, Hugo {result['hugo']}"
            )
            lines.setdefault(line, []).append(f"{size:,} on {about['files']} ({len(result['rounds'])} rounds)")
    return "\n".join(f"- {line}: {', '.join(sizes)}." for line, sizes in lines.items())


def clean(results, place):
    rows = []
    for size, places in results.items():
        if place not in places:
            continue
        figures = Figures(places[place])
        for name, label in [("dossier", "**dossier**"), ("hugo", "Hugo"), ("cp", "`cp -r` of the output")]:
            rows.append([
                f"{size:,}" if name == "dossier" else "",
                label,
                number(figures.of(name, "wall")),
                number(figures.of(name, "cpu")),
                number(figures.of(name, "peak")) if name != "cp" else "",
                "" if name == "dossier" else number(figures.ratio(name, "dossier", "wall")),
                "" if name == "dossier" else number(figures.ratio(name, "dossier", "cpu")),
            ])  # fmt: skip
    head = ["entries", "", "wall s", "user + sys s", "peak MB", "wall ÷ ours", "CPU ÷ ours"]
    return rows and f"### A clean build, on {PLACES[place]}\n\n{table(head, rows)}"


def targets(results):
    rows = []
    for size, allowed in MEMORY.items():
        for place, result in results.get(size, {}).items():
            rows += targets_of(size, place, Figures(result), results, allowed)
    head = ["entries", "on", "target", "measured", "met"]
    return rows and f"### Targets\n\n{table(head, rows)}"


def targets_of(size, place, figures, results, allowed):
    def row(target, measured, met, unit=""):
        verdict = "–" if met is None else "yes" if met else "**no**"
        return [f"{size:,}", place, target, number(measured, unit), verdict]

    def at_most(target, measured, limit, unit=""):
        return row(target, measured, measured is not None and measured <= limit, unit)

    rows = []
    for key, what in [("wall", "wall"), ("cpu", "CPU")]:
        faster = figures.ratio("hugo", "dossier", key)
        rows.append(row(f"at least 6 × faster than Hugo, {what}", faster, faster is None or faster >= 6, " ×"))
    copy = 3 if place == "tmpfs" else 2
    rows.append(at_most(f"at most {copy} × `cp -r`", figures.ratio("dossier", "cp", "wall"), copy, " ×"))
    rows.append(at_most(f"at most {allowed:,} MB", figures.of("dossier", "peak"), allowed, " MB"))
    base = results.get(10_000, {}).get(place)
    if size == 100_000 and base:
        here, before = figures.of("dossier", "wall"), Figures(base).of("dossier", "wall")
        growth = here / before if here and before else None
        rows.append(at_most("at most 11 × our own time at 10,000", growth, 11, " ×"))
    if size in (10_000, 100_000):
        edit = figures.ratio("one edit", "dossier", "wall")
        if size == 10_000:
            rows.append(at_most("a body edited: at most 0.2 × a clean build", edit, 0.2, " ×"))
        else:
            rows.append(at_most("a body edited: at most 1.5 s", figures.of("one edit", "wall"), 1.5, " s"))
        rows.append(at_most("nothing edited: at most 0.15 ×", figures.ratio("no-op", "dossier", "wall"), 0.15, " ×"))
    return rows


def second(results):
    rows = []
    for size, places in results.items():
        for place, result in places.items():
            figures = Figures(result)
            rows.append([f"{size:,}", place, *(number(figures.of(name, "wall")) for name in ("dossier", "one edit", "no-op"))])
    head = ["entries", "on", "clean s", "one body edited s", "nothing edited s"]
    return f"### A second build\n\n{table(head, rows)}"


def phase_table(results):
    """Of the round whose clean build took the median time."""
    columns = {}
    for size, places in results.items():
        result = places.get("tmpfs") or places["disk"]
        rounds = sorted(result["rounds"], key=lambda sample: sample["dossier"].get("wall", 0))
        columns[size] = rounds[len(rounds) // 2]["phases"]
    names = list(dict.fromkeys(name for phases in columns.values() for name in phases))
    rows = [[name, *(number(phases.get(name, 0)) for phases in columns.values())] for name in names]
    head = ["phase, ms", *(f"{size:,}" for size in columns)]
    return rows and f"### Phases\n\n{table(head, rows)}"


def chart_rows(results):
    """For every size the bars: label, seconds."""
    for size, places in results.items():
        figures = Figures(places.get("tmpfs") or places["disk"])
        bars = [("dossier", figures.of("dossier", "wall")), ("cp -r", figures.of("cp", "wall")), ("Hugo", figures.of("hugo", "wall"))]
        yield f"{size:,} entries", bars
