/** Where ports are on a node of React Flow. */
import type { NodeHandle } from "@xyflow/react";
import { portRows } from "../../core/graph/group-ports.ts";
import { layerDefinition } from "../../core/layers/registry.ts";
import { NODE_HEIGHT, portPlace } from "../../core/layout/node-measures.ts";
import { SIDES } from "./flow-elements.ts";

const PORT_SIZE = 10;
/** A node's border lies between its outer edge and what its ports are placed in. */
const BORDER = 1;
const ports = new Map<string, { readonly handles?: NodeHandle[] }>();

/**
 * Where the ports of a layer are, so that connections can be drawn to layers that never were on the screen.
 * @param height as measured; those at the bottom are that far down
 */
export function portsOf(type: string, down: boolean, height = NODE_HEIGHT): { readonly handles?: NodeHandle[] } {
  const key = down ? `${type} ${height}` : type;
  const known = ports.get(key);
  if (known !== undefined) return known;
  const definition = layerDefinition(type);
  const ids = (side: readonly { readonly name: string }[]): Placed => side.map(({ name }, row) => ({ id: name, row }));
  const found =
    definition === undefined ? {} : { handles: handlesOf(ids(definition.ports.inputs), ids(definition.ports.outputs), down, height) };
  ports.set(key, found);
  return found;
}

type Placed = readonly { readonly id: string; readonly row: number }[];

export function handlesOf(inputs: Placed, outputs: Placed, down: boolean, height = NODE_HEIGHT): NodeHandle[] {
  const side = (ports: Placed, of: "source" | "target"): NodeHandle[] => {
    const rows = portRows(ports);
    return ports.map(({ id, row }) => {
      const place = portPlace(of === "target" ? "inputs" : "outputs", row, rows, down, height);
      const inwards = of === "target" ? BORDER : -BORDER;
      return {
        id,
        type: of,
        position: SIDES[down ? "down" : "right"][of === "target" ? "targetPosition" : "sourcePosition"],
        x: place.x + (down ? 0 : inwards) - PORT_SIZE / 2,
        y: place.y + (down ? inwards : BORDER) - PORT_SIZE / 2,
        width: PORT_SIZE,
        height: PORT_SIZE,
      };
    });
  };
  return [...side(inputs, "target"), ...side(outputs, "source")];
}
