/** The nodes of the data's graph as an option of the layers that work on it: nobody has to count them and type the number in. */
import type { AnyConfig } from "../schema/fields.ts";
import type { LayerDefinition } from "./layer.ts";

/** @param nodes of the data's graph; undefined where the data have none, or are not known */
export function withNodeCount<C extends AnyConfig>(definition: LayerDefinition, config: C, nodes: number | undefined): C {
  const field = definition.traits.nodeCountField;
  return field === undefined || nodes === undefined ? config : { ...config, [field]: nodes };
}
