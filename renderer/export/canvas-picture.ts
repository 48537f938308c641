/**
 * The canvas as a picture that other programs open: SVG made of rectangles, text and paths (no foreign parts, so that a drawing program
 * can change it). Light colours, whatever the theme: it goes into papers and slides.
 */

import { Position } from "@xyflow/react";
import { type Axes, axisNames } from "../../core/graph/axis-names.ts";
import { isDown } from "../../core/graph/direction.ts";
import type { DesignDocument, EdgeDocument, NodeDocument } from "../../core/graph/document.ts";
import { groupPortId, portRows } from "../../core/graph/group-ports.ts";
import type { PortReference } from "../../core/graph/ports.ts";
import type { Propagation } from "../../core/graph/propagation.ts";
import type { Language } from "../../core/layers/layer.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { NODE_HEIGHT as HEIGHT, portPlace, NODE_WIDTH as WIDTH } from "../../core/layout/node-measures.ts";
import { edgePath } from "../canvas/edge-path.ts";
import { bodyOf, isLocked, stateOf, tagOf } from "../canvas/node-words.ts";
import { axesInShort } from "../ui/axis-words.ts";
import { formatCount, formatShape } from "../ui/format.ts";
import { iconPaths } from "../ui/Icon.tsx";
import type { Translate } from "../ui/texts.ts";
import { annotationPictures } from "./annotation-picture.ts";
import { type Box, drawGroup, groupsOf, type PicturedGroup } from "./group-picture.ts";
import type { PictureColours } from "./picture-colours.ts";
import { BOLD_SIZE, escaped, fitted, textWidth } from "./svg-text.ts";

const MARGIN = 40;
const FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

/**
 * @param t words in that language
 * @returns the text of an SVG file; of an empty design an empty picture
 */
export function canvasSvg(
  design: Pick<DesignDocument, "name" | "graph">,
  propagation: Propagation | null,
  colours: PictureColours,
  language: Language,
  t: Translate,
): string {
  const { name, graph } = design;
  const annotations = graph.annotations ?? [];
  const groups = groupsOf(graph, LAYER_HEIGHT);
  const [closed, open] = [groups.filter(({ group }) => group.collapsed), groups.filter(({ group }) => !group.collapsed)];
  const hidden = new Map(closed.flatMap((one) => [...one.memberIds].map((id) => [id, one] as const)));
  const shown = graph.nodes.filter(({ id }) => !hidden.has(id));
  const boxes: readonly Box[] = [...shown.map(({ position }) => ({ position, width: WIDTH, height: HEIGHT })), ...annotations, ...groups];
  const { left, top, width, height } = edgesOf(boxes);
  const { behind, before } = annotationPictures(annotations, colours);
  const axes = propagation === null ? new Map<string, Axes>() : axisNames(design, propagation);
  const drawer = { nodes: new Map(graph.nodes.map((node) => [node.id, node])), hidden, down: isDown(graph), propagation, axes, colours, t };
  const edges = graph.edges.map((edge) => drawEdge(edge, drawer));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" font-family="${escaped(FONT)}">`,
    `<title>${escaped(name)}</title>`,
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${colours.paper}"/>`,
    ...behind,
    ...open.map((one) => drawGroup(one, colours, t)),
    ...edges.map(({ line }) => line),
    ...shown.map((node) => drawNode(node, drawer, language)),
    ...closed.map((one) => drawGroup(one, colours, t)),
    // Over the layers, as on the canvas: where the room between two is narrow nothing of the numbers is cut.
    ...edges.map(({ label }) => label),
    ...before,
    "</svg>",
    "",
  ].join("\n");
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

/** Boxes are drawn this much lower than layers of the canvas are high: there are no mistakes below them. */
const SPARED = 12;
const LAYER_HEIGHT = HEIGHT - SPARED;

interface Drawer {
  readonly nodes: ReadonlyMap<string, NodeDocument>;
  /** The collapsed groups that layers are in, by the layer's id. */
  readonly hidden: ReadonlyMap<string, PicturedGroup>;
  readonly down: boolean;
  readonly propagation: Propagation | null;
  readonly axes: ReadonlyMap<string, Axes>;
  readonly colours: PictureColours;
  readonly t: Translate;
}

const NOT_DRAWN = { line: "", label: "" };

function drawEdge(edge: EdgeDocument, drawer: Drawer): { readonly line: string; readonly label: string } {
  const { nodes, hidden, down, propagation, axes, colours, t } = drawer;
  const [source, target] = [nodes.get(edge.source), nodes.get(edge.target)];
  const within = hidden.get(edge.source);
  if (source === undefined || target === undefined || (within !== undefined && within === hidden.get(edge.target))) return NOT_DRAWN;
  const from =
    within === undefined
      ? portOf(source, "outputs", edge.source_port, down)
      : groupPort(within, "outputs", { node: edge.source, port: edge.source_port }, down);
  const into = hidden.get(edge.target);
  const to =
    into === undefined
      ? portOf(target, "inputs", edge.target_port, down)
      : groupPort(into, "inputs", { node: edge.target, port: edge.target_port }, down);
  const [path, x, y] = edgePath({
    sourceX: from.x,
    sourceY: from.y,
    sourcePosition: down ? Position.Bottom : Position.Right,
    targetX: to.x,
    targetY: to.y,
    targetPosition: down ? Position.Top : Position.Left,
  });
  const line = `<path d="${path}" fill="none" stroke="${colours.wire}" stroke-width="1.5"/>`;
  const shape = propagation?.edges.get(edge.id)?.shape ?? null;
  if (shape === null) return { line, label: "" };
  const text = formatShape(shape).replaceAll(" ", "");
  const half = textWidth(text, LABEL_SIZE) / 2 + 8;
  const names = axesInShort(shape, axes.get(edge.id)?.join(",") ?? "", t);
  const halfNames = textWidth(names, NAMES_SIZE) / 2 + 2;
  const below =
    names === ""
      ? ""
      : `<rect x="${x - halfNames}" y="${y + 10}" width="${2 * halfNames}" height="12" rx="4" fill="${colours.paper}"/>` +
        `<text x="${x}" y="${y + 19}" text-anchor="middle" font-size="${NAMES_SIZE}" fill="${colours.faint}">${escaped(names)}</text>`;
  return {
    line,
    label:
      `<rect x="${x - half}" y="${y - 9}" width="${2 * half}" height="18" rx="9" fill="${colours.panel}" stroke="${colours.line}"/>` +
      `<text x="${x}" y="${y + 4}" text-anchor="middle" font-size="${LABEL_SIZE}" fill="${colours.faint}">${escaped(text)}</text>${below}`,
  };
}

const LABEL_SIZE = 10.5;
const NAMES_SIZE = 9;

function portOf(node: NodeDocument, side: Side, port: string, down: boolean): Point {
  const names = layerDefinition(node.type)?.ports[side] ?? [];
  const index = names.findIndex(({ name }) => name === port);
  return beside(node.position, portPlace(side, Math.max(0, index), Math.max(1, names.length), down, LAYER_HEIGHT));
}

function groupPort({ position, ports, height }: PicturedGroup, side: Side, at: PortReference, down: boolean): Point {
  const row = ports[side].find(({ id }) => id === groupPortId(at))?.row ?? 0;
  return beside(position, portPlace(side, row, Math.max(1, portRows(ports[side])), down, height));
}

type Side = "inputs" | "outputs";
type Point = NodeDocument["position"];

const beside = (corner: Point, place: Point): Point => ({ x: corner.x + place.x, y: corner.y + place.y });

/** What stands at the sides of a box, and between a name and what follows it. */
const [SIDE, GAP] = [9, 6];
/** Of the line below the name, at most so much is the state's. */
const STATE_SHARE = 0.6;
const LOCK_SIZE = 12;

function drawNode(node: NodeDocument, { nodes, propagation, colours, t }: Drawer, language: Language): string {
  const definition = layerDefinition(node.type);
  const { x, y } = node.position;
  const text = (left: number, down: number, words: string, look: string, end = false): string =>
    `<text x="${x + left}" y="${y + down}"${end ? ' text-anchor="end"' : ""} ${look}>${escaped(words)}</text>`;
  const result = propagation?.nodes.get(node.id);
  const fill = colours.group(definition?.group ?? "unknown");
  const tag = definition === undefined ? "" : tagOf(definition, node, language);
  const locked = isLocked(node);
  // From the right: the activation, the lock before it, and what is left is the name's.
  const tagLeft = WIDTH - SIDE - (tag === "" ? 0 : textWidth(tag, TAG_SIZE) + GAP);
  const lockLeft = tagLeft - (locked ? LOCK_SIZE : 0);
  const name = fitted(node.name, BOLD_SIZE, lockLeft - (locked ? GAP : 0) - NAME_LEFT);
  const state = fitted(stateOf(node, definition, nameOf(node.shared_with, nodes), t), STATE_SIZE, STATE_SHARE * (WIDTH - 2 * SIDE));
  const left = WIDTH - 2 * SIDE - (state === "" ? 0 : textWidth(state, STATE_SIZE) + GAP);
  return [
    "<g>",
    `<rect x="${x}" y="${y}" width="${WIDTH}" height="${LAYER_HEIGHT}" rx="8" fill="${colours.panel}" stroke="${colours.line}"${node.bypassed ? ' stroke-dasharray="4 3"' : ""}/>`,
    `<rect x="${x + 9}" y="${y + 9}" width="17" height="17" rx="4" fill="${fill}"/>`,
    text(17.5, 21.5, definition?.icon ?? "?", `text-anchor="middle" font-size="9" font-weight="700" fill="${colours.groupInk}"`),
    text(
      NAME_LEFT,
      22,
      name,
      `font-size="13" font-weight="600" fill="${node.bypassed ? colours.faint : colours.ink}"${node.bypassed ? ' text-decoration="line-through"' : ""}`,
    ),
    locked ? lock({ x: x + lockLeft, y: y + 11 }, colours.faint) : "",
    text(WIDTH - SIDE, 22, tag, `font-size="${TAG_SIZE}" fill="${colours.faint}"`, true),
    text(SIDE, 44, fitted(bodyOf(definition, node, language), BODY_SIZE, left), `font-size="${BODY_SIZE}" fill="${colours.faint}"`),
    state === "" ? "" : text(WIDTH - SIDE, 44, state, `font-size="${STATE_SIZE}" fill="${colours.faint}"`, true),
    `<line x1="${x}" x2="${x + WIDTH}" y1="${y + 54}" y2="${y + 54}" stroke="${colours.line}"/>`,
    text(WIDTH - SIDE, 71, result === undefined ? "" : formatCount(result.parameters), `font-size="11" fill="${colours.faint}"`, true),
    "</g>",
  ].join("");
}

const [TAG_SIZE, BODY_SIZE, STATE_SIZE] = [10, 12, 10];
const NAME_LEFT = 32;

function nameOf(id: string | null, nodes: ReadonlyMap<string, NodeDocument>): string {
  return id === null ? "" : (nodes.get(id)?.name ?? id);
}

function lock({ x, y }: Point, colour: string): string {
  const look = `fill="none" stroke="${colour}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"`;
  return `<path ${look} transform="translate(${x} ${y}) scale(${LOCK_SIZE / 16})" d="${iconPaths.lock}"/>`;
}
