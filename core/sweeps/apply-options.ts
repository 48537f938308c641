/**
 * A member's design: the group's design with what the member sets. Options of layers and of training are put where they
 * belong, a row of layers is repeated or left out, folds, bags and seeds go to the split and to training.
 */
import { AppError } from "../errors.ts";
import type { DesignDocument } from "../graph/document.ts";
import { repeatBlock } from "../graph/repeat-block.ts";
import { withCurve } from "../metrics/curves.ts";
import { optimizerDefinition } from "../optimizers/definitions.ts";
import { scheduleDefinition } from "../schedules/definitions.ts";
import { readTraining } from "../spec/training.ts";
import { type Dimension, dimensionKey, type GroupPlan, type MemberOptions } from "./plan.ts";

/**
 * @param options by dimensionKey; `fold` and `bag` from 0 and `seed` beside them
 * @throws AppError sweep.node_missing, sweep.block_*, design.no_data
 */
export function applyOptions(design: DesignDocument, plan: GroupPlan, options: MemberOptions): DesignDocument {
  let changed = design;
  const { fold, bag, seed } = options;
  if (plan.kind === "folds" && typeof fold === "number") changed = withFold(changed, plan.folds, fold);
  if (plan.kind === "ensemble" && typeof bag === "number") changed = withBag(changed, bag);
  if (typeof seed === "number") changed = withSeed(changed, seed);
  if (plan.kind !== "sweep") return changed;
  for (const dimension of inOrder(plan.dimensions)) {
    const key = dimensionKey(dimension);
    if (Object.hasOwn(options, key)) changed = withValue(changed, dimension, options[key]);
  }
  return judgedBy(changed, plan.monitor);
}

/** The figure that members are compared by is computed after each of their epochs, whatever else has a curve. */
function judgedBy(design: DesignDocument, monitor: string): DesignDocument {
  const { metrics } = design.train;
  const chosen = Array.isArray(metrics) ? metrics.filter((name) => typeof name === "string") : [];
  const all = withCurve(chosen, monitor);
  return all === chosen ? design : { ...design, train: { ...design.train, metrics: all } };
}

/** Types before the options of those types, layers' options before the rows of layers are copied. */
function inOrder(dimensions: readonly Dimension[]): readonly Dimension[] {
  const rank = ({ target }: Dimension): number =>
    target.of === "repeat" ? 2 : target.of === "training" && target.option.endsWith(".type") ? 0 : 1;
  return [...dimensions].sort((a, b) => rank(a) - rank(b));
}

function withFold(design: DesignDocument, folds: number, fold: number): DesignDocument {
  if (design.data === null) throw new AppError("design.no_data");
  return { ...design, data: { ...design.data, split: { ...design.data.split, folds, fold } } };
}

function withBag(design: DesignDocument, bag: number): DesignDocument {
  if (design.data === null) throw new AppError("design.no_data");
  return { ...design, data: { ...design.data, split: { ...heldSplit(design, design.data), bag } } };
}

/** Splits that are drawn; the others follow from the rows alone. */
const DRAWN: ReadonlySet<string> = new Set(["random", "stratified", "grouped"]);

function withSeed(design: DesignDocument, seed: number): DesignDocument {
  const train = { ...design.train, seed };
  if (design.data === null || !DRAWN.has(design.data.split.method)) return { ...design, train };
  return { ...design, train, data: { ...design.data, split: heldSplit(design, design.data) } };
}

/** The seed of the split is said: all members hold out the same rows, whatever seed their weights begin with. */
function heldSplit({ train }: DesignDocument, { split }: NonNullable<DesignDocument["data"]>): typeof split {
  return { ...split, seed: split.seed ?? readTraining(train).seed };
}

/**
 * Groups of several seeds that were begun by earlier versions: each member drew the rows that it holds out by its own seed. Those still to
 * come do so too, so that a group has one way of splitting.
 * @param design  of a member to come, by `applyOptions` from `base`
 * @param earlier design of a member that was made before; null where there is none
 */
export function splitAsEarlier(
  design: DesignDocument,
  base: DesignDocument,
  options: MemberOptions,
  earlier: DesignDocument | null,
): DesignDocument {
  const split = earlier?.data?.split;
  if (typeof options["seed"] !== "number" || design.data === null || base.data === null || split === undefined) return design;
  const isOwn = DRAWN.has(split.method) && "seed" in split && split.seed === null;
  return isOwn && options["bag"] === undefined ? { ...design, data: { ...design.data, split: base.data.split } } : design;
}

function withValue(design: DesignDocument, { target }: Dimension, value: unknown): DesignDocument {
  switch (target.of) {
    case "layer":
      return withLayerOption(design, target.node_id, target.option, value);
    case "training":
      return { ...design, train: withTrainingOption(design.train, target.option, value) };
    case "repeat":
      return { ...design, graph: repeatBlock(design.graph, target.node_ids, Number(value)) };
    default:
      return target satisfies never;
  }
}

function withLayerOption(design: DesignDocument, nodeId: string, option: string, value: unknown): DesignDocument {
  if (!design.graph.nodes.some((node) => node.id === nodeId)) throw new AppError("sweep.node_missing", { node: nodeId }, { nodeId });
  const nodes = design.graph.nodes.map((node) => (node.id === nodeId ? { ...node, config: { ...node.config, [option]: value } } : node));
  return { ...design, graph: { ...design.graph, nodes } };
}

type Train = DesignDocument["train"];

/** `optimizer.learning_rate` lies in the optimizer; one that this optimizer does not know says nothing about it and is left out. */
function withTrainingOption(train: Train, option: string, value: unknown): Train {
  const [section = "", name] = option.split(".", 2);
  if (name === undefined) return { ...train, [option]: value };
  const found = train[section];
  const before: Record<string, unknown> = found !== null && typeof found === "object" && !Array.isArray(found) ? { ...found } : {};
  const chosen = name === "type" ? String(value) : before["type"];
  const known = knownOptions(section, typeof chosen === "string" ? chosen : null);
  if (known !== null && name !== "type" && !known.has(name)) return train;
  const kept = known === null ? before : Object.fromEntries(Object.entries(before).filter(([key]) => key === "type" || known.has(key)));
  return { ...train, [section]: { ...kept, [name]: value } };
}

function knownOptions(section: string, type: string | null): ReadonlySet<string> | null {
  if (section === "optimizer") return new Set(Object.keys(optimizerDefinition(type ?? "adam").schema));
  if (section === "schedule") return new Set(Object.keys(scheduleDefinition(type ?? "constant").schema));
  return null;
}
