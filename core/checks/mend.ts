/** Commands that fixes are made of: another number of units, another activation, another loss. */

import type { ActivationDefinition } from "../activations/activation.ts";
import { activationDefinitions } from "../activations/definitions.ts";
import type { Command } from "../graph/command.ts";
import type { DesignDocument, EdgeDocument, NodeDocument } from "../graph/document.ts";
import { uniqueName } from "../graph/naming.ts";
import { type Fix, type Fixes, nodeProblem, type Problem } from "../graph/problem.ts";
import { showShape } from "../ir/tensor.ts";
import type { lossNames } from "../losses/definitions.ts";
import type { Step } from "./bridge.ts";
import type { CheckedDesign, CheckedNode } from "./check.ts";
import { activationOf } from "./walk.ts";

/** @returns null when the layer has no number of units or a fixed one, and for a softmax of one, which is always 1 */
export function setUnits(checked: CheckedNode, units: number): Command | null {
  const field = checked.definition.traits.unitsField;
  const single = units === 1 && activationOf(checked)?.gives === "row_probabilities";
  return field === undefined || single ? null : { type: "set_config", id: checked.node.id, config: { [field]: units } };
}

/** @returns null when the layer has no activation, and for a softmax of one */
export function setActivation(checked: CheckedNode, activation: string): Command | null {
  const { activationField: field, unitsField } = checked.definition.traits;
  const single = unitsField !== undefined && checked.config?.[unitsField] === 1 && activation === named("softmax");
  return field === undefined || single ? null : { type: "set_config", id: checked.node.id, config: { [field]: activation } };
}

/** The usual activation that gives probabilities of a kind. */
export function activationGiving(gives: Exclude<ActivationDefinition["gives"], "values">): string {
  return gives === "row_probabilities" ? named("softmax") : named("sigmoid");
}

/** The activation put between linear layers when the person has no other wish. */
export const USUAL_ACTIVATION = named("relu");
export const NO_ACTIVATION = named("linear");

function named(name: keyof typeof activationDefinitions & string): string {
  if (!Object.hasOwn(activationDefinitions, name)) throw new Error(`there is no activation '${name}'`);
  return name;
}

/** Changes the loss of an output node: its field is the one whose change changes what the definition says the loss is. */
export function setLoss(checked: CheckedNode, loss: (typeof lossNames)[number]): Command | null {
  const { config, definition, node } = checked;
  if (config === null || definition.output === undefined) return null;
  for (const [field, description] of Object.entries(definition.schema)) {
    if (description.kind !== "choice" || !description.values.includes(loss)) continue;
    if (definition.output({ ...config, [field]: loss } as never).loss === loss)
      return { type: "set_config", id: node.id, config: { [field]: loss } };
  }
  return null;
}

/** The fix that takes the loss which goes with the probabilities that are there. */
export function lossFix(output: CheckedNode, gives: Exclude<ActivationDefinition["gives"], "values">): Fix | undefined {
  const loss = gives === "row_probabilities" ? "categorical_crossentropy" : "binary_crossentropy";
  const command = setLoss(output, loss);
  return command === null ? undefined : { code: "fix.set_loss", params: { name: output.node.name, loss }, commands: [command] };
}

/** The commands when none of them is null: a fix is done whole or not offered. */
export function all(...commands: readonly (Command | null)[]): Command[] | null {
  return commands.includes(null) ? null : commands.filter((command) => command !== null);
}

export function setOption(checked: CheckedNode, field: string, value: unknown): Command {
  return { type: "set_config", id: checked.node.id, config: { [field]: value } };
}

/** The fix that skips a layer: it stays where it is and can be used again. */
export function skipped(checked: CheckedNode): Fix {
  const commands: Command[] = [{ type: "set_bypassed", ids: [checked.node.id], bypassed: true }];
  return { code: "fix.bypass", params: { name: checked.node.name }, commands };
}

/** The fix that takes a layer out, with its connections. */
export const removed = ({ id, name }: CheckedNode["node"]): Fix => ({
  code: "fix.remove",
  params: { name },
  commands: [{ type: "remove", node_ids: [id], edge_ids: [] }],
});

/** The fix that keeps rows for validation again; undefined without data. */
export function holdOut({ data }: DesignDocument): Fix | undefined {
  if (data === null) return undefined;
  // Neighbours in time of what is held out by chance are learnt from.
  const method = data.window !== undefined ? "time" : data.class_count === null ? "random" : "stratified";
  const commands: Command[] = [{ type: "set_data", data: { ...data, split: { ...data.split, method } } }];
  return { code: "fix.hold_out", params: { percent: Math.round(data.split.validation_fraction * 100) }, commands };
}

/** The fix that puts a layer with its usual options into a connection, between its two ends. */
export const insertFix = (context: CheckedDesign, edge: EdgeDocument, type: string, name: string): Fix => ({
  code: "fix.insert_before",
  params: { layer_type: type, name },
  commands: ledThrough(context, [edge], [{ type, config: {} }]),
});

type Place = NodeDocument["position"];

/**
 * Leads connections that come from one place through new layers, one behind the other. Where the connections end, they keep their place
 * among others: order counts at ports that take several.
 */
export function ledThrough(
  context: CheckedDesign,
  edges: readonly EdgeDocument[],
  steps: readonly Pick<Step, "type" | "config">[],
  ids = newIds(context),
): Command[] {
  const [first] = edges;
  if (first === undefined || steps.length === 0) return [];
  const { graph } = context.design;
  const [from, to] = [first.source, first.target].map((id) => context.nodes.get(id)?.node.position ?? { x: 0, y: 0 }) as [Place, Place];
  const nodes: NodeDocument[] = [];
  const added: EdgeDocument[] = [];
  let end: Pick<EdgeDocument, "source" | "source_port"> = first;
  steps.forEach(({ type, config }, index) => {
    const share = (index + 1) / (steps.length + 1);
    const position = { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    const ports = context.lookup(type)?.ports;
    const node = ids.node(type, config, position);
    nodes.push(node);
    const into = { target: node.id, target_port: ports?.inputs[0]?.name ?? "" };
    added.push({ id: ids.edge(), source: end.source, source_port: end.source_port, ...into });
    end = { source: node.id, source_port: ports?.outputs[0]?.name ?? "" };
  });
  const known = takenIn(graph).edges;
  const places = edges.map(({ id }) => known.get(id) ?? graph.edges.length);
  const led = edges.map((edge) => ({ ...edge, id: ids.edge(), source: end.source, source_port: end.source_port }));
  return [
    { type: "remove", node_ids: [], edge_ids: edges.map(({ id }) => id) },
    {
      type: "add_nodes",
      nodes,
      edges: [...led, ...added],
      edge_indices: [...places, ...added.map((_, index) => graph.edges.length + index)],
    },
  ];
}

/** Ids and names for what several parts of one fix add. */
interface NewIds {
  readonly node: (type: string, config: Step["config"], position: Place) => NodeDocument;
  readonly edge: () => string;
}

/** What a design has already: looked up once for all of its mistakes. */
interface Taken {
  readonly nodes: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  /** Places of connections by id. */
  readonly edges: ReadonlyMap<string, number>;
}
const taken = new WeakMap<DesignDocument["graph"], Taken>();

function takenIn(graph: DesignDocument["graph"]): Taken {
  const known = taken.get(graph);
  if (known !== undefined) return known;
  const found = {
    nodes: new Set(graph.nodes.map(({ id }) => id)),
    names: new Set(graph.nodes.map(({ name }) => name)),
    edges: new Map(graph.edges.map(({ id }, place) => [id, place])),
  };
  taken.set(graph, found);
  return found;
}

/** As createNode and countedIds have them, without a look at the whole design for each. */
export function newIds({ design }: CheckedDesign): NewIds {
  const { nodes, names, edges } = takenIn(design.graph);
  const added = new Set<string>();
  const counter = (prefix: string, known: Pick<ReadonlySet<string>, "has"> & { readonly size: number }) => {
    let next = known.size;
    return (): string => {
      do next += 1;
      while (known.has(`${prefix}${next}`));
      return `${prefix}${next}`;
    };
  };
  const id = counter("n", nodes);
  return {
    node: (type, config, position) => {
      const name = uniqueName(type, { has: (one) => names.has(one) || added.has(one) });
      added.add(name);
      return { id: id(), type, name, config, position: { x: position.x, y: position.y }, shared_with: null, bypassed: false };
    },
    edge: counter("e", edges),
  };
}

/** The fix that puts another layer in the place of this one, with its connections. */
export function replacedBy(
  context: CheckedDesign,
  { node, incoming, outgoing }: CheckedNode,
  type: string,
  config: Step["config"] = {},
): Fix | undefined {
  const ports = context.lookup(type)?.ports;
  if (ports === undefined) return undefined;
  const added = newIds(context).node(type, config, node.position);
  const { edges: places } = takenIn(context.design.graph);
  const placeOf = ({ id }: EdgeDocument): number => places.get(id) ?? places.size;
  // Order counts at ports that take several.
  const edges = [
    ...incoming.map((edge) => ({ ...edge, target: added.id, target_port: ports.inputs[0]?.name ?? "" })),
    ...outgoing.map((edge) => ({ ...edge, source: added.id, source_port: ports.outputs[0]?.name ?? "" })),
  ].sort((a, b) => placeOf(a) - placeOf(b));
  const commands = [
    { type: "remove" as const, node_ids: [node.id], edge_ids: [] },
    { type: "add_nodes" as const, nodes: [added], edges, edge_indices: edges.map(placeOf) },
  ];
  return { code: "fix.replace", params: { name: node.name, layer_type: type }, commands };
}

/** The fix that takes connections out. */
export const disconnected = (edges: readonly EdgeDocument[], code = "fix.disconnect", params: Fix["params"] = {}): Fix => ({
  code,
  params,
  commands: [{ type: "remove", node_ids: [], edge_ids: edges.map(({ id }) => id) }],
});

/** Types of a row of layers as fixes name them: `paramsInWords` gives each its name. */
export const typesOf = (steps: readonly Step[]): string => steps.map(({ type }) => type).join(" + ");

/** The fix that sets an activation; undefined for a layer without. */
export function activationFix(checked: CheckedNode, activation: string): Fix | undefined {
  const command = setActivation(checked, activation);
  return command === null
    ? undefined
    : { code: "fix.set_activation", params: { name: checked.node.name, activation }, commands: [command] };
}

/** The fix that puts an option of several numbers to others. */
export const listFix = (checked: CheckedNode, field: string, values: readonly number[]): Fix => ({
  code: "fix.set_option",
  params: { name: checked.node.name, option: field, value: showShape(values) },
  commands: [setOption(checked, field, values)],
});

/** The fix that puts an option back to what it is from the start. */
export const resetFix = (checked: CheckedNode, option: string): Fix => ({
  code: "fix.reset_option",
  params: { name: checked.node.name, option },
  commands: [{ type: "set_config", id: checked.node.id, config: {}, unset: [option] }],
});

/** The fix that puts one option to a value. */
export function optionFix(checked: CheckedNode, field: string, value: string | number | boolean): Fix {
  const shown = String(value);
  return {
    code: "fix.set_option",
    params: { name: checked.node.name, option: field, value: shown },
    commands: [setOption(checked, field, value)],
  };
}

/** What propagation found on this layer by the code, said once more with the ways to mend it. */
export function mended(context: CheckedNode, code: string, fixes: (params: Problem["error"]["params"]) => Fixes): readonly Problem[] {
  const found = context.result.problems.find(({ error }) => error.code === code);
  return found === undefined ? [] : [nodeProblem(context.node.id, code, found.error.params, "error", fixes(found.error.params))];
}
