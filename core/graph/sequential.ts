/** A design said in one line: layers one after the other, from the input `x` to the output `y`. For programs and tests; people draw. */
import { layerDefinition, layerTypes } from "../layers/registry.ts";
import type { GraphDocument, NodeDocument } from "./document.ts";

export type SequentialLayer = readonly [type: string, config?: NodeDocument["config"]];

/**
 * @param layers types and options; what is left out has its default
 * @param loss   name of the output's loss
 * @returns nodes `x`, `layer_1`, `layer_2` …, `y`
 */
export function sequential(layers: readonly SequentialLayer[], loss: string): GraphDocument {
  const ofRole = (role: "input" | "output"): string => layerTypes.find((type) => layerDefinition(type)?.traits.role === role) ?? role;
  const all: [id: string, layer: SequentialLayer][] = [
    ["x", [ofRole("input")]],
    ...layers.map((layer, i): [string, SequentialLayer] => [`layer_${i + 1}`, layer]),
    ["y", [ofRole("output"), { loss }]],
  ];
  const nodes = all.map(([id, [type, config = {}]]) => ({
    id,
    type,
    name: id,
    config,
    position: { x: 0, y: 0 },
    shared_with: null,
    bypassed: false,
  }));
  const edges = nodes.slice(1).map((target, i) => {
    const source = nodes[i] as NodeDocument;
    const source_port = layerDefinition(source.type)?.ports.outputs[0]?.name ?? "output";
    const target_port = layerDefinition(target.type)?.ports.inputs[0]?.name ?? "input";
    return { id: `edge_${i + 1}`, source: source.id, source_port, target: target.id, target_port };
  });
  return { nodes, edges, groups: [] };
}
