/** Groups in the picture of the canvas: an open one is a frame behind its layers, a collapsed one a box in their place. */
import { isDown } from "../../core/graph/direction.ts";
import type { GraphDocument, GroupDocument, NodeDocument } from "../../core/graph/document.ts";
import { type GroupPorts, groupPorts, portRows } from "../../core/graph/group-ports.ts";
import { collapsedPlace } from "../../core/graph/groups.ts";
import { heightForPorts, NODE_HEIGHT, NODE_WIDTH } from "../../core/layout/node-measures.ts";
import { FRAME } from "../canvas/flow-elements.ts";
import type { Translate } from "../ui/texts.ts";
import type { PictureColours } from "./picture-colours.ts";
import { BOLD_SIZE, escaped, fitted } from "./svg-text.ts";

/** From the edge to the name. */
const SIDE = 12;

export interface Box {
  readonly position: NodeDocument["position"];
  readonly width: number;
  readonly height: number;
}

export interface PicturedGroup extends Box {
  readonly group: GroupDocument;
  /** What is drawn in their place while they are collapsed. */
  readonly memberIds: ReadonlySet<string>;
  readonly ports: GroupPorts;
}

/** @param height of a layer in the picture */
export function groupsOf(graph: GraphDocument, height: number): readonly PicturedGroup[] {
  const { groups, nodes } = graph;
  return groups.flatMap((group): PicturedGroup[] => {
    const memberIds = new Set(group.node_ids);
    const members = nodes.filter(({ id }) => memberIds.has(id));
    const closedAt = collapsedPlace(members, isDown(graph));
    if (closedAt === null) return [];
    const ports = groupPorts(graph, group, () => null);
    const most = Math.max(portRows(ports.inputs), portRows(ports.outputs));
    // The same room below the last port, however many there are.
    const closedHeight = height + heightForPorts(most) - NODE_HEIGHT;
    if (group.collapsed) return [{ group, memberIds, ports, position: closedAt, width: NODE_WIDTH, height: closedHeight }];
    const left = Math.min(...members.map(({ position }) => position.x));
    const top = Math.min(...members.map(({ position }) => position.y));
    const right = Math.max(...members.map(({ position }) => position.x)) + NODE_WIDTH;
    const bottom = Math.max(...members.map(({ position }) => position.y)) + height;
    return [
      {
        group,
        memberIds,
        ports,
        position: { x: left - FRAME.side, y: top - FRAME.top },
        width: right - left + 2 * FRAME.side,
        height: bottom - top + FRAME.top + FRAME.bottom,
      },
    ];
  });
}

export function drawGroup({ group, position: { x, y }, width, height }: PicturedGroup, colours: PictureColours, t: Translate): string {
  const box = (dx: number, look: string): string =>
    `<rect x="${x + dx}" y="${y + dx}" width="${width}" height="${height}" ${look} stroke="${colours.line}"/>`;
  const name = fitted(group.name, BOLD_SIZE, width - 2 * SIDE);
  if (!group.collapsed)
    return (
      `<g>${box(0, `rx="12" fill="${colours.panel}" fill-opacity="0.55"`)}` +
      `<text x="${x + SIDE}" y="${y + 20}" font-size="13" font-weight="600" fill="${colours.faint}">${escaped(name)}</text></g>`
    );
  const text = (down: number, words: string, look: string): string =>
    `<text x="${x + SIDE}" y="${y + down}" ${look}>${escaped(words)}</text>`;
  return [
    "<g>",
    // A sheet behind it: there is more in it than is seen.
    box(4, `rx="8" fill="${colours.paper}"`),
    box(0, `rx="8" fill="${colours.panel}"`),
    text(22, name, `font-size="13" font-weight="600" fill="${colours.ink}"`),
    text(44, t("canvas.group_count", { count: group.node_ids.length }), `font-size="12" fill="${colours.faint}"`),
    "</g>",
  ].join("");
}
