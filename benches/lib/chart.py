"""Measurements drawn: an SVG that reads on light and on dark ground."""

from html import escape

WIDTH, LEFT, RIGHT, ROW, GAP, TOP = 720, 92, 96, 22, 30, 40
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.quiet { fill: #59636e } .bar { fill: #9aa4af } .ours { fill: #0b6e4f }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .quiet { fill: #9198a1 } .bar { fill: #59636e } .ours { fill: #3fb98a }
}
"""


def bars(groups):
    """Seconds by the wall as bars, each group of them to its own scale. Takes (heading, [(label,
    seconds or None)]) for every group, ours first."""
    groups = list(groups)
    parts, y = ['<text x="0" y="14">Seconds for a clean build, each size to its own scale</text>'], TOP
    for heading, rows in groups:
        longest = max(seconds or 0 for _, seconds in rows)
        parts.append(f'<text x="0" y="{y}" class="quiet">{escape(heading)}</text>')
        y += 10
        for at, (label, seconds) in enumerate(rows):
            parts += bar(y, label, seconds, longest, "bar" if at else "ours")
            y += ROW
        y += GAP
    said = "; ".join(f"{heading}: " + ", ".join(f"{label} {figure(s)}" for label, s in rows) for heading, rows in groups)
    return document(y - GAP + 8, f"Seconds for a clean build. {said}", parts)


def bar(y, label, seconds, longest, style):
    width = (seconds or 0) / longest * (WIDTH - LEFT - RIGHT)
    return [
        f'<text x="{LEFT - 10}" y="{y + 13}" text-anchor="end">{escape(label)}</text>',
        f'<rect x="{LEFT}" y="{y + 2}" width="{max(width, 1):.1f}" height="14" rx="2" class="{style}"/>',
        f'<text x="{LEFT + width + 8:.1f}" y="{y + 13}">{figure(seconds)}</text>',
    ]


def figure(seconds):
    return "failed" if seconds is None else f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s"


def document(height, label, parts):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-label="{escape(label)}">\n<style>{STYLE}</style>\n' + "\n".join(parts) + "\n</svg>\n"
    )
