/** What may be done about a verdict, each as one undoable act: another rate, other epochs, dropout, early stopping, clipping. */

import { createNode, insertOnEdge } from "../../graph/create.ts";
import type { DesignDocument } from "../../graph/document.ts";
import type { NewId } from "../../graph/naming.ts";
import { edgesBy } from "../../graph/ports.ts";
import type { Fix } from "../../graph/problem.ts";
import { layerDefinition, layerTypes } from "../../layers/registry.ts";
import { optimizerDefinitions } from "../../optimizers/definitions.ts";
import type { RunFacts } from "./verdict.ts";

type Options = Readonly<Record<string, unknown>>;

function optionsOf(value: unknown): Options {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Options) : {};
}

/** @returns null where the rate is not a number of its own (an optimizer that finds its scale) */
export function learningRateOf({ train }: DesignDocument): number | null {
  const options = optionsOf(train["optimizer"]);
  const { type = "adam", learning_rate: rate } = options;
  const usual = typeof type === "string" ? optimizerDefinitions[type]?.schema["learning_rate"]?.default : undefined;
  const found = rate ?? usual;
  return typeof found === "number" ? found : null;
}

/** Designs that a remedy looks at: what was trained, and what it would change. */
type Designs = Pick<RunFacts, "design" | "open">;

/** The rate of the run times `factor`; none where the open design has that rate already. */
export function rateTimes({ design, open }: Designs, factor: number): Fix[] {
  const rate = learningRateOf(design);
  const now = learningRateOf(open);
  if (rate === null || now === null) return [];
  const usual = Number((rate * factor).toPrecision(2));
  if (usual === now) return [];
  const optimizer = { ...optionsOf(open.train["optimizer"]), learning_rate: usual };
  return [{ code: "fix.set_learning_rate", params: { usual }, commands: [{ type: "set_training", patch: { optimizer } }] }];
}

export function moreEpochs({ open }: Designs, epochs: number): Fix[] {
  const now = open.train["epochs"];
  if (typeof now === "number" && now >= epochs) return [];
  return [{ code: "fix.set_epochs", params: { epochs }, commands: [{ type: "set_training", patch: { epochs } }] }];
}

export function clipGradients({ open: { train } }: Designs): Fix[] {
  if (train["global_clipnorm"] !== undefined && train["global_clipnorm"] !== null) return [];
  return [{ code: "fix.clip_gradients", params: { norm: 1 }, commands: [{ type: "set_training", patch: { global_clipnorm: 1 } }] }];
}

/** Whether it stops early and keeps the best weights. */
export function stopsEarly({ train }: DesignDocument): boolean {
  return optionsOf(train["early_stopping"])["enabled"] === true;
}

/** None where it stops early already, or nothing is held out that it could watch. */
export function stopEarly({ open }: Designs): Fix[] {
  if (stopsEarly(open) || open.data?.split.method === "none") return [];
  const early_stopping = { ...optionsOf(open.train["early_stopping"]), enabled: true, patience: PATIENCE, restore_best_weights: true };
  return [{ code: "fix.stop_early", params: { patience: PATIENCE }, commands: [{ type: "set_training", patch: { early_stopping } }] }];
}

const PATIENCE = 5;

/**
 * Dropout behind the last layer with units that does not lead to an output. None where the network drops values already: then its
 * rate is what to change.
 */
export function addDropout({ open }: Designs, newId: NewId): Fix[] {
  const dropout = layerTypes.find((type) => layerDefinition(type)?.traits.drops === "values");
  const { nodes } = open.graph;
  if (dropout === undefined || nodes.some(({ type, bypassed }) => layerDefinition(type)?.traits.drops !== undefined && !bypassed))
    return [];
  const types = new Map(nodes.map((node) => [node.id, node.type]));
  const outgoing = edgesBy(open.graph, "source");
  const endsSoon = (id: string): boolean =>
    (outgoing.get(id) ?? []).some(({ target }) => layerDefinition(types.get(target) ?? "")?.traits.role === "output");
  const hidden = nodes.filter(
    ({ id, type, bypassed }) => layerDefinition(type)?.traits.unitsField !== undefined && !bypassed && !endsSoon(id),
  );
  return hidden.slice(-1).flatMap((node) => {
    const [edge, ...more] = outgoing.get(node.id) ?? [];
    if (edge === undefined || more.length > 0) return [];
    const added = createNode(dropout, { x: node.position.x + 120, y: node.position.y + 120 }, open, newId);
    return [{ code: "fix.add_dropout", params: { name: node.name }, commands: [insertOnEdge(open, edge.id, added, newId)] }];
  });
}

const HIDDEN_UNITS = 32;

/** A layer of units that bends, in front of the one that leads to the output. */
export function addHidden({ open }: Designs, outputId: string, newId: NewId): Fix[] {
  const { nodes, edges } = open.graph;
  const leads = edges.filter(({ target }) => target === outputId).map(({ source }) => nodes.find(({ id }) => id === source));
  const [last] = leads;
  const { unitsField, activationField } = layerDefinition(last?.type ?? "")?.traits ?? {};
  const [edge, ...more] = edges.filter(({ target }) => target === last?.id);
  if (last === undefined || leads.length > 1 || edge === undefined || more.length > 0) return [];
  if (unitsField === undefined || activationField === undefined) return [];
  const made = createNode(last.type, { x: last.position.x - 120, y: last.position.y + 120 }, open, newId);
  const added = { ...made, config: { ...made.config, [unitsField]: HIDDEN_UNITS, [activationField]: "relu" } };
  const params = { name: last.name, units: HIDDEN_UNITS };
  return [{ code: "fix.add_hidden", params, commands: [insertOnEdge(open, edge.id, added, newId)] }];
}
