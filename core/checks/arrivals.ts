/** What comes to a layer by which connection, and what its rule says of other shapes in their place. */
import { AppError, type ErrorData } from "../errors.ts";
import type { EdgeDocument } from "../graph/document.ts";
import type { NodeData } from "../graph/node-result.ts";
import type { Shape } from "../ir/tensor.ts";
import type { Arrivals, LayerDefinition } from "../layers/layer.ts";
import type { AnyConfig } from "../schema/fields.ts";
import type { CheckedDesign, CheckedNode } from "./check.ts";

export interface Arrival {
  readonly edge: EdgeDocument;
  readonly shape: Shape;
}

/** What comes out of layers, by id, in place of what does now. */
export type Instead = ReadonlyMap<string, readonly Shape[]>;
const AS_IT_IS: Instead = new Map();

/** In the order in which the layer gets them; null while one of them is not known. */
export function arrivalsOf(context: CheckedDesign, { definition, incoming }: CheckedNode, instead = AS_IT_IS): readonly Arrival[] | null {
  const found = definition.ports.inputs.flatMap((port) => {
    const here = incoming.filter((edge) => edge.target_port === port.name);
    return (port.multiple === true ? here : here.slice(0, 1)).map((edge) => ({ edge, shape: shapeOn(context, edge, instead) }));
  });
  const known = found.flatMap(({ edge, shape }) => (shape === undefined ? [] : [{ edge, shape }]));
  return known.length === found.length ? known : null;
}

function shapeOn(context: CheckedDesign, { source, source_port }: EdgeDocument, instead: Instead): Shape | undefined {
  const one = context.nodes.get(source);
  const index = one?.definition.ports.outputs.findIndex(({ name }) => name === source_port) ?? -1;
  return (instead.get(source) ?? one?.result.outputs)?.[index];
}

/** The shapes that come out, or what the layer's rule has against those that come in. */
export function shapesOf(
  definition: LayerDefinition,
  config: AnyConfig,
  arrivals: Arrivals<Shape> & { readonly data?: NodeData },
): readonly Shape[] | ErrorData {
  try {
    return definition.outputShapes({ config: config as never, ...arrivals });
  } catch (error) {
    if (error instanceof AppError) return error.toData();
    throw error;
  }
}

/** As the layer's rule takes them. @param shapes others in their place */
export function asArrived(
  { ports }: LayerDefinition,
  arrivals: readonly Arrival[],
  shapes: readonly Shape[] = arrivals.map(({ shape }) => shape),
): Arrivals<Shape> {
  const someOptional = ports.inputs.some(({ optional }) => optional === true);
  return { inputs: shapes, ...(someOptional ? { portNames: arrivals.map(({ edge }) => edge.target_port) } : {}) };
}

/** What the rule has against these shapes, or null. @param config other options to try */
export function against(
  { definition, config }: CheckedNode,
  arrivals: readonly Arrival[],
  shapes: readonly Shape[],
  other: AnyConfig | null = config,
): string | null {
  if (other === null) return null;
  const answer = shapesOf(definition, other, asArrived(definition, arrivals, shapes));
  return "code" in answer ? answer.code : null;
}
