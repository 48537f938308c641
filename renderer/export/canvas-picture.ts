/**
 * The canvas as a picture that other programs open: SVG made of rectangles, text and paths (no foreign parts, so that a drawing program
 * can change it), and PNG drawn from that. Light colours, whatever the theme: it goes into papers and slides.
 */

import { isDown } from "../../core/graph/direction.ts";
import type { DesignDocument, NodeDocument } from "../../core/graph/document.ts";
import type { Propagation } from "../../core/graph/propagation.ts";
import type { Language, LayerGroup } from "../../core/layers/layer.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { NODE_HEIGHT as HEIGHT, portPlace, NODE_WIDTH as WIDTH } from "../../core/layout/node-measures.ts";
import { bodyOf, tagOf } from "../canvas/node-words.ts";
import { formatCount, formatShape } from "../ui/format.ts";
import { annotationPictures } from "./annotation-picture.ts";

const MARGIN = 40;
const FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

export interface PictureColours {
  readonly group: (group: LayerGroup | "unknown") => string;
  /** Behind all. */
  readonly paper: string;
  readonly panel: string;
  readonly line: string;
  readonly wire: string;
  readonly ink: string;
  readonly faint: string;
}

/** @returns the text of an SVG file; of an empty design an empty picture */
export function canvasSvg(
  { name, graph }: Pick<DesignDocument, "name" | "graph">,
  propagation: Propagation | null,
  colours: PictureColours,
  language: Language,
): string {
  const annotations = graph.annotations ?? [];
  const boxes: readonly Box[] = [...graph.nodes.map(({ position }) => ({ position, width: WIDTH, height: HEIGHT })), ...annotations];
  const { left, top, width, height } = edgesOf(boxes);
  const { behind, before } = annotationPictures(annotations, colours);
  const edges = graph.edges.map((edge) => drawEdge(graph, edge, propagation, colours));
  const nodes = graph.nodes.map((node) => drawNode(node, propagation, colours, language));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" font-family="${escaped(FONT)}">`,
    `<title>${escaped(name)}</title>`,
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${colours.paper}"/>`,
    ...behind,
    ...edges,
    ...nodes,
    ...before,
    "</svg>",
    "",
  ].join("\n");
}

interface Box {
  readonly position: NodeDocument["position"];
  readonly width: number;
  readonly height: number;
}

/** Of the picture: all of these and a margin. A loop, since thousands of layers are more than a call takes as arguments. */
function edgesOf(boxes: readonly Box[]): { left: number; top: number; width: number; height: number } {
  let [left, top, right, bottom] = boxes.length === 0 ? [0, 0, WIDTH, HEIGHT] : [Infinity, Infinity, -Infinity, -Infinity];
  for (const { position, width, height } of boxes) {
    left = Math.min(left, position.x);
    top = Math.min(top, position.y);
    right = Math.max(right, position.x + width);
    bottom = Math.max(bottom, position.y + height);
  }
  return { left: left - MARGIN, top: top - MARGIN, width: right - left + 2 * MARGIN, height: bottom - top + 2 * MARGIN };
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

function drawEdge(
  graph: DesignDocument["graph"],
  edge: DesignDocument["graph"]["edges"][number],
  propagation: Propagation | null,
  colours: PictureColours,
): string {
  const source = graph.nodes.find(({ id }) => id === edge.source);
  const target = graph.nodes.find(({ id }) => id === edge.target);
  if (source === undefined || target === undefined) return "";
  const down = isDown(graph);
  const [from, to] = [portOf(source, "outputs", edge.source_port, down), portOf(target, "inputs", edge.target_port, down)];
  const path = `<path d="${curve(from, to, down)}" fill="none" stroke="${colours.wire}" stroke-width="1.5"/>`;
  const shape = propagation?.edges.get(edge.id)?.shape;
  if (shape == null) return path;
  const text = formatShape(shape);
  const [x, y, half] = [(from.x + to.x) / 2, (from.y + to.y) / 2, text.length * 3.2 + 6];
  return (
    `${path}<rect x="${x - half}" y="${y - 9}" width="${2 * half}" height="18" rx="9" fill="${colours.panel}" stroke="${colours.line}"/>` +
    `<text x="${x}" y="${y + 4}" text-anchor="middle" font-size="11" fill="${colours.faint}">${escaped(text)}</text>`
  );
}

/** Boxes are drawn this much lower than layers of the canvas are high: there are no mistakes below them. */
const SPARED = 12;

function portOf(node: NodeDocument, side: "inputs" | "outputs", port: string, down: boolean): Point {
  const names = layerDefinition(node.type)?.ports[side] ?? [];
  const index = names.findIndex(({ name }) => name === port);
  const { x, y } = portPlace(side, Math.max(0, index), Math.max(1, names.length), down, HEIGHT - SPARED);
  return { x: node.position.x + x, y: node.position.y + y };
}

type Point = NodeDocument["position"];

function curve({ x: x1, y: y1 }: Point, { x: x2, y: y2 }: Point, down: boolean): string {
  const bend = Math.max(30, Math.abs(down ? y2 - y1 : x2 - x1) / 2);
  if (down) return `M${x1} ${y1} C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
  return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function drawNode(node: NodeDocument, propagation: Propagation | null, colours: PictureColours, language: Language): string {
  const definition = layerDefinition(node.type);
  const { x, y } = node.position;
  const text = (left: number, down: number, words: string, look: string, end = false): string =>
    `<text x="${x + left}" y="${y + down}"${end ? ' text-anchor="end"' : ""} ${look}>${escaped(words)}</text>`;
  const result = propagation?.nodes.get(node.id);
  const fill = colours.group(definition?.group ?? "unknown");
  const tag = definition === undefined ? "" : tagOf(definition, node, language);
  return [
    `<g${node.bypassed ? ' opacity="0.5"' : ""}>`,
    `<rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT - SPARED}" rx="8" fill="${colours.panel}" stroke="${colours.line}"/>`,
    `<rect x="${x + 9}" y="${y + 9}" width="17" height="17" rx="4" fill="${fill}"/>`,
    text(17.5, 21.5, definition?.icon ?? "?", 'text-anchor="middle" font-size="9" font-weight="700" fill="#ffffff"'),
    text(32, 22, shortened(node.name, tag === "" ? 20 : 14), `font-size="13" font-weight="600" fill="${colours.ink}"`),
    text(WIDTH - 9, 22, tag, `font-size="10" fill="${colours.faint}"`, true),
    text(9, 44, shortened(bodyOf(definition, node, language), 26), `font-size="12" fill="${colours.faint}"`),
    `<line x1="${x}" x2="${x + WIDTH}" y1="${y + 54}" y2="${y + 54}" stroke="${colours.line}"/>`,
    text(WIDTH - 9, 71, result === undefined ? "" : formatCount(result.parameters), `font-size="11" fill="${colours.faint}"`, true),
    "</g>",
  ].join("");
}

const shortened = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** How many pixels of the PNG one of the canvas becomes: sharp on paper. */
const SCALE = 2;

/** @throws Error when the browser cannot draw it (a canvas has a largest size) */
export async function pngOf(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob === null ? reject(new Error("the picture is too large for a canvas")) : resolve(blob)), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
