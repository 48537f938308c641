import { expect, test } from "vitest";
import { propagate } from "../../core/graph/propagate.ts";
import { canvasTexts } from "../../resources/translations/app/canvas.ts";
import { type Catalogue, translate } from "../../resources/translations/translate.ts";
import { design } from "../../test/graph/designs.ts";
import type { Translate } from "../ui/texts.ts";
import { wrapped } from "./annotation-picture.ts";
import { canvasSvg } from "./canvas-picture.ts";
import type { PictureColours } from "./picture-colours.ts";
import { textWidth } from "./svg-text.ts";

const colours: PictureColours = {
  group: () => "#345",
  groupInk: "#fff",
  paper: "#fff",
  panel: "#fff",
  line: "#ccc",
  wire: "#999",
  ink: "#111",
  faint: "#555",
};
const say =
  (language: "en" | "zh"): Translate =>
  (key, params) =>
    translate(canvasTexts as Catalogue, language, key, params);
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
  const svg = canvasSvg({ ...plain, graph: { ...plain.graph, annotations: [note, frame] } }, null, colours, "en", say("en"));
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
  const svg = canvasSvg(plain, null, colours, "en", say("en"));
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
  const stacked = {
    ...plain,
    graph: { ...plain.graph, nodes: plain.graph.nodes.map((node, index) => ({ ...node, position: { x: 0, y: 162 * index } })) },
  };
  expect(ends(canvasSvg(stacked, null, colours, "en", say("en")))).toEqual([[176, 44, 0, 206]]);
  expect(ends(canvasSvg({ ...stacked, graph: { ...stacked.graph, direction: "down" } }, null, colours, "en", say("en")))).toEqual([
    [88, 80, 88, 162],
  ]);
});

/** First and last point of every connection. */
const ends = (svg: string): number[][] =>
  [...svg.matchAll(/<path d="([^"]+)"/g)].map(([, path = ""]) => {
    const numbers = path.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];
    return [...numbers.slice(0, 2), ...numbers.slice(-2)];
  });

const chain = design("in > a > b > out", {
  in: ["input", { shape: [8, 8, 1] }],
  a: ["conv_2d", { filters: 4 }],
  b: ["flatten"],
  out: ["output"],
});
const group = (collapsed: boolean) => ({
  ...chain,
  graph: { ...chain.graph, groups: [{ id: "g", name: "Stack <1>", node_ids: ["a", "b"], collapsed }] },
});

test("shapes carry the names of their axes, in the language asked for", () => {
  const propagation = propagate(chain);
  const svg = canvasSvg(chain, propagation, colours, "en", say("en"));
  expect(svg).toContain(">8×8×1<");
  expect(svg).toContain(">H × W × C<");
  expect(svg).toContain(">features<");
  expect(canvasSvg(chain, propagation, colours, "zh", say("zh"))).toContain(">高 × 宽 × 通道<");
  // The label is drawn behind the layers' boxes in the file, and so over them in the picture.
  expect(svg.lastIndexOf(">b<")).toBeLessThan(svg.indexOf(">8×8×1<"));
});

test("what is shared, frozen or bypassed is marked as on the canvas", () => {
  const marked = design("in > a > b > c > out", {
    in: ["input", { shape: [4] }],
    a: ["dense", {}, { frozen: true }],
    b: ["dense", {}, { shared_with: "a", frozen: true }],
    c: ["dropout", {}, { bypassed: true }],
    out: ["output"],
  });
  const svg = canvasSvg(marked, null, colours, "en", say("en"));
  for (const state of [">frozen<", ">weights of a<", ">bypassed<"]) expect(svg.split(state)).toHaveLength(2);
  // The lock stands at the layer that holds the weights.
  expect(svg.split("translate(")).toHaveLength(2);
  expect(svg.split("stroke-dasharray")).toHaveLength(2);
  expect(svg).toMatch(/line-through">c</);
  expect(canvasSvg(marked, null, colours, "zh", say("zh"))).toContain(">与 a 共享权重<");
  expect(canvasSvg(plain, null, colours, "en", say("en"))).not.toMatch(/translate|dash|line-through/);
});

test("an open group is a frame behind its layers, a collapsed one a box that takes their connections", () => {
  const open = canvasSvg(group(false), null, colours, "en", say("en"));
  expect(open.indexOf("Stack &lt;1&gt;")).toBeLessThan(open.indexOf(">a<"));
  expect(ends(open)).toHaveLength(3);
  const closed = canvasSvg(group(true), null, colours, "en", say("en"));
  expect(closed).not.toContain(">a<");
  expect(closed).toContain(">2 layers<");
  const [a, out] = [chain.graph.nodes[1], chain.graph.nodes[3]].map((node) => node?.position ?? { x: 0, y: 0 });
  expect(ends(closed)).toEqual([
    [176, 44, a?.x, (a?.y ?? 0) + 44],
    [(a?.x ?? 0) + 176, (a?.y ?? 0) + 44, out?.x, (out?.y ?? 0) + 44],
  ]);
  // As much room as is seen: what the collapsed layers took is not in the picture.
  const width = (svg: string): number => Number(/width="(\d+)"/.exec(svg)?.[1]);
  const far = {
    ...group(true),
    graph: {
      ...group(true).graph,
      nodes: chain.graph.nodes.map((node) => (node.id === "b" ? { ...node, position: { x: 9000, y: 0 } } : node)),
    },
  };
  expect(width(canvasSvg(far, null, colours, "en", say("en")))).toBeLessThan(3000);
});

test("a connection that runs back goes around the layers and stays within the picture", () => {
  const folded = {
    ...plain,
    graph: { ...plain.graph, nodes: plain.graph.nodes.map((node, index) => ({ ...node, position: { x: 0, y: 200 * index } })) },
  };
  const svg = canvasSvg(folded, null, colours, "en", say("en"));
  const [, left = 0, , width = 0] = /viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(svg)?.map(Number) ?? [];
  const path = /<path d="([^"]+)"/.exec(svg)?.[1] ?? "";
  const xs = [...path.matchAll(/(-?[\d.]+)[, ](-?[\d.]+)/g)].map(([, x]) => Number(x));
  expect(Math.min(...xs)).toBeGreaterThanOrEqual(left);
  expect(Math.max(...xs)).toBeLessThanOrEqual(left + width);
  expect(Math.max(...xs)).toBeGreaterThan(176 + 20);
});

test("characters that no SVG may hold are left out, and a soft break of an office program is one", () => {
  const noted = {
    ...plain,
    name: "a\u0000b",
    graph: {
      ...plain.graph,
      nodes: plain.graph.nodes.map((node) => (node.id === "in" ? { ...node, name: "x\u0008y" } : node)),
      annotations: [
        {
          id: "n",
          kind: "note" as const,
          text: "one\u000btwo\ud800\uffff\u{1f642}",
          colour: "yellow" as const,
          position: { x: 0, y: 0 },
          width: 200,
          height: 90,
        },
      ],
    },
  };
  const svg = canvasSvg(noted, null, colours, "en", say("en"));
  expect(svg).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
  for (const text of [">ab<", ">xy<", ">one<", ">two\u{1f642}<"]) expect(svg).toContain(text);
});

test("a group's name stays within its frame, in letters that are as wide as high too", () => {
  const longest = "特征提取与卷积模块第一阶段残差连接归一化";
  for (const collapsed of [true, false]) {
    const one = group(collapsed);
    const svg = canvasSvg(
      { ...one, graph: { ...one.graph, groups: one.graph.groups.map((each) => ({ ...each, name: longest.repeat(3) })) } },
      null,
      colours,
      "zh",
      say("zh"),
    );
    const [, drawn = "", frame = "", name = ""] =
      /<rect x="([^"]+)"[^>]*width="(\d+)"[^>]*\/>(?:<rect[^>]*>)?<text[^>]*>([^<]*特征[^<]*)</.exec(svg) ?? [];
    expect(drawn).not.toBe("");
    expect(name).toMatch(/^特征提取.*…$/);
    expect(textWidth(name, 13)).toBeLessThanOrEqual(Number(frame) - 24);
  }
});
