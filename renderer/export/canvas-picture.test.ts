import { expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { wrapped } from "./annotation-picture.ts";
import { canvasSvg, type PictureColours } from "./canvas-picture.ts";

const colours: PictureColours = {
  group: () => "#345",
  paper: "#fff",
  panel: "#fff",
  line: "#ccc",
  wire: "#999",
  ink: "#111",
  faint: "#555",
};
const plain = design("in > out", { in: ["input", { shape: [4] }], out: ["output"] });
const note = {
  id: "n",
  kind: "note",
  text: 'less < more & "so"',
  colour: "yellow",
  position: { x: -300, y: -200 },
  width: 160,
  height: 80,
};
const frame = { id: "f", kind: "frame", text: "Encoder", colour: "blue", position: { x: -20, y: -50 }, width: 900, height: 700 };

test("notes and frames are in the picture: frames behind the layers, notes over them, all within its edges", () => {
  const svg = canvasSvg({ ...plain, graph: { ...plain.graph, annotations: [note, frame] } }, null, colours, "en");
  const [, left, top, width, height] = /viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(svg)?.map(Number) ?? [];
  expect(left).toBeLessThan(-300);
  expect(top).toBeLessThan(-200);
  expect((left ?? 0) + (width ?? 0)).toBeGreaterThan(880);
  expect((top ?? 0) + (height ?? 0)).toBeGreaterThan(650);
  expect(svg).toContain("less &lt; more &amp;");
  const [framed, layer, noted] = [svg.indexOf("Encoder"), svg.indexOf(">in<"), svg.indexOf("less &lt;")];
  expect(framed).toBeGreaterThan(0);
  expect(framed).toBeLessThan(layer);
  expect(noted).toBeGreaterThan(layer);
});

test("a design without them draws what it drew before", () => {
  const svg = canvasSvg(plain, null, colours, "en");
  expect(svg).toContain('viewBox="-40 -40 ');
  expect(svg).not.toContain("fill-opacity");
});

test("lines break at spaces, within words that are too long, and sooner in Chinese", () => {
  expect(wrapped("one two three", 60)).toEqual(["one two", "three"]);
  expect(wrapped("a\n\nb", 60)).toEqual(["a", "", "b"]);
  expect(wrapped("extraordinarily", 40).join("")).toBe("extraordinarily");
  expect(wrapped("extraordinarily", 40).length).toBeGreaterThan(2);
  expect(wrapped("损失函数下降得太慢", 40)[0]).toHaveLength(3);
});

test("of a drawing that runs down, connections leave at the bottom and come in at the top", () => {
  const wire = /<path d="M([\d.-]+) ([\d.-]+) C\S+ \S+ \S+ \S+ ([\d.-]+) ([\d.-]+)"/;
  const drawn = (one: typeof plain): number[] => (wire.exec(canvasSvg(one, null, colours, "en")) ?? []).slice(1).map(Number);
  const stacked = {
    ...plain,
    graph: { ...plain.graph, nodes: plain.graph.nodes.map((node, index) => ({ ...node, position: { x: 0, y: 162 * index } })) },
  };
  expect(drawn(stacked)).toEqual([176, 44, 0, 206]);
  expect(drawn({ ...stacked, graph: { ...stacked.graph, direction: "down" } })).toEqual([88, 80, 88, 162]);
});
