/** Curves of memory over edits as an SVG that reads on light and on dark ground. */

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [720, 170, 64, 16, 34, 30];
const STYLE = `
text { font: 13px system-ui, sans-serif; fill: #1f2328 } .quiet { fill: #59636e }
.curve { fill: none; stroke: #0b6e4f; stroke-width: 2 } .axis { stroke: #d1d9e0 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .quiet { fill: #9198a1 } .curve { stroke: #3fb98a } .axis { stroke: #3d444d }
}`;

/** Takes `[heading, [[edits, MB] …]]` for each; every one has an axis of its own that begins at 0. */
export function drawCurves(curves) {
  const height = curves.length * HEIGHT;
  const said = curves.map(([heading, points]) => `${heading}: ${points[0][1].toFixed(0)} MB at first, ${points.at(-1)[1].toFixed(0)} MB at the end`);
  const parts = curves.flatMap(([heading, points], at) => curve(heading, points, at * HEIGHT));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Memory of the server. ${said.join("; ")}">
<style>${STYLE}</style>
${parts.join("\n")}
</svg>
`;
}

function curve(heading, points, down) {
  const most = round(Math.max(...points.map(([, mb]) => mb)) * 1.1);
  const last = points.at(-1)[0] || 1;
  const x = (edits) => (LEFT + (edits / last) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const y = (mb) => (down + HEIGHT - BOTTOM - (mb / most) * (HEIGHT - TOP - BOTTOM)).toFixed(1);
  const grid = [0, most / 2, most].flatMap((mb) => [
    `<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(mb)}" y2="${y(mb)}"/>`,
    `<text class="quiet" x="${LEFT - 8}" y="${Number(y(mb)) + 4}" text-anchor="end">${mb} MB</text>`,
  ]);
  const edits = [0, last / 2, last].map((n, at) => `<text class="quiet" x="${x(n)}" y="${down + HEIGHT - 10}" text-anchor="${["start", "middle", "end"][at]}">${n ? `${n} edits` : "0"}</text>`);
  return [
    `<text x="0" y="${down + 18}">${heading}</text>`,
    ...grid,
    ...edits,
    `<polyline class="curve" points="${points.map(([n, mb]) => `${x(n)},${y(mb)}`).join(" ")}"/>`,
  ];
}

/** Up to a number that halves to a round one. */
function round(value) {
  const step = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 6, 8, 10].map((factor) => factor * step).find((top) => top >= value);
}
