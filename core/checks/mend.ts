/** Commands that fixes are made of: another number of units, another activation, another loss. */

import type { ActivationDefinition } from "../activations/activation.ts";
import { activationDefinitions } from "../activations/definitions.ts";
import type { Command } from "../graph/command.ts";
import { createNode, insertOnEdge } from "../graph/create.ts";
import type { DesignDocument, EdgeDocument, NodeDocument } from "../graph/document.ts";
import { countedIds } from "../graph/naming.ts";
import type { Fix } from "../graph/problem.ts";
import type { lossNames } from "../losses/definitions.ts";
import type { CheckedDesign, CheckedNode } from "./check.ts";

/** @returns null when the layer has no number of units or a fixed one */
export function setUnits(checked: CheckedNode, units: number): Command | null {
  const field = checked.definition.traits.unitsField;
  return field === undefined ? null : { type: "set_config", id: checked.node.id, config: { [field]: units } };
}

/** @returns null when the layer has no activation */
export function setActivation(checked: CheckedNode, activation: string): Command | null {
  const field = checked.definition.traits.activationField;
  return field === undefined ? null : { type: "set_config", id: checked.node.id, config: { [field]: activation } };
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
  const method = data.class_count === null ? "random" : "stratified";
  const commands: Command[] = [{ type: "set_data", data: { ...data, split: { ...data.split, method } } }];
  return { code: "fix.hold_out", params: { percent: Math.round(data.split.validation_fraction * 100) }, commands };
}

/** The fix that puts a layer with its usual options into a connection, between its two ends. */
export function insertFix(context: CheckedDesign, edge: EdgeDocument, type: string, name: string): Fix {
  const { design, lookup } = context;
  const { nodes, edges } = design.graph;
  const [before, behind] = [edge.source, edge.target].map((id) => context.nodes.get(id)?.node.position ?? { x: 0, y: 0 }) as [Place, Place];
  const position = { x: (before.x + behind.x) / 2, y: (before.y + behind.y) / 2 };
  const ids = (prefix: string, taken: readonly { readonly id: string }[]) =>
    countedIds(
      prefix,
      taken.map(({ id }) => id),
    );
  const added = createNode(type, position, design, ids("n", nodes), lookup);
  const command = insertOnEdge(design, edge.id, added, ids("e", edges), lookup);
  return { code: "fix.insert_before", params: { layer_type: type, name }, commands: [command] };
}

type Place = NodeDocument["position"];

/** The fix that sets an activation; undefined for a layer without. */
export function activationFix(checked: CheckedNode, activation: string): Fix | undefined {
  const command = setActivation(checked, activation);
  return command === null
    ? undefined
    : { code: "fix.set_activation", params: { name: checked.node.name, activation }, commands: [command] };
}

/** The fix that puts one option to a value. */
export function optionFix(checked: CheckedNode, field: string, value: string | number | boolean): Fix {
  const shown = String(value);
  return {
    code: "fix.set_option",
    params: { name: checked.node.name, option: field, value: shown },
    commands: [setOption(checked, field, value)],
  };
}
