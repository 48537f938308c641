/** What is known of the target of an output before the data are prepared, and which figures every epoch of its training will have. */
import type { DataFacts } from "../../checks/data-facts.ts";
import { examine } from "../../checks/examine.ts";
import { encodingFits, type TargetColumns } from "../../data/encoding-fits.ts";
import type { DesignDocument } from "../../graph/document.ts";
import { nodeDataOf } from "../../graph/node-data.ts";
import { validConfigOf } from "../../graph/node-result.ts";
import type { Propagation } from "../../graph/propagation.ts";
import { sizeOf } from "../../ir/tensor.ts";
import { layerDefinition } from "../../layers/registry.ts";
import { lossDefinitions } from "../../losses/definitions.ts";
import type { LossDefinition } from "../../losses/loss.ts";
import { curveFigures, figuresToChoose, metricsFor, usualFigures } from "../../metrics/curves.ts";
import { metricDefinitions } from "../../metrics/definitions.ts";
import { figureNames } from "../../metrics/figure-names.ts";
import type { MetricTask } from "../../metrics/metric.ts";
import { taskOf } from "../../metrics/task.ts";

interface KnownTarget extends TargetColumns {
  readonly loss: LossDefinition;
  readonly columns: readonly string[];
}

/**
 * @param facts what is known of the rows; without it a column may hold any number of different values
 * @returns null where too little is known to say what the target is: nodes of a graph, an input as target, values that nobody counted
 */
export function knownTarget(
  design: DesignDocument,
  nodeId: string,
  { nodes }: Pick<Propagation, "nodes">,
  facts: DataFacts | null,
): KnownTarget | null {
  const node = design.graph.nodes.find(({ id }) => id === nodeId);
  const definition = node === undefined ? undefined : layerDefinition(node.type);
  const { data } = design;
  if (node === undefined || definition?.output === undefined || data === null || data.graph !== undefined) return null;
  const config = validConfigOf(definition, node);
  const output = config === null ? null : definition.output(config as never);
  const loss = output === null ? undefined : lossDefinitions[output.loss];
  if (output === null || loss === undefined || output.targetInput !== null) return null;
  const columns = data.columns.filter(({ name, role }) =>
    output.columns.length === 0 ? role === "target" : output.columns.includes(name),
  );
  const [first] = columns;
  const input = nodes.get(node.id)?.inputs[0];
  if (first === undefined || input === undefined) return null;
  if (first.lists !== undefined) {
    const labels = nodeDataOf(definition, node, data).columns;
    if (labels === undefined) return null;
    const names = Array.from({ length: labels }, (_, place) => `${first.name} ${place}`);
    return { loss, columns: names, width: sizeOf(input), kinds: names.map(() => "number"), classes: 2 };
  }
  // Of several columns it is not known which values they share: only numbers can be told from what is none.
  const counted = columns.length > 1 ? undefined : (nodeDataOf(definition, node, data).classes ?? facts?.distinct.get(first.name));
  if (counted === undefined && loss.encodings.some((encoding) => encoding !== "value")) return null;
  const kinds = columns.map(({ type }) => (type === "numeric" ? "number" : type === "categorical" ? "category" : "text"));
  return { loss, columns: columns.map(({ name }) => name), width: sizeOf(input), kinds, classes: counted ?? 0 };
}

/** Figures of validation that every epoch reports beside the loss, as far as is known before the first; of one output. */
export function expectedFigures(design: DesignDocument, facts: DataFacts | null): readonly string[] {
  const [task, ...others] = knownTasks(design, facts);
  if (task === undefined || task === null || others.length > 0) return [];
  return metricsFor(task).flatMap((metric) => curveFigures(metric, task).map((name) => `val_${name}`));
}

/**
 * Figures that may have a curve, and those that have one where none is chosen. Of an output of which too little is known every figure may:
 * what its task does not have is left out when it is trained.
 */
export function chosenCurves(design: DesignDocument, facts: DataFacts | null): { readonly all: string[]; readonly usual: string[] } {
  const tasks = knownTasks(design, facts);
  const any = Object.values(metricDefinitions).sort((a, b) => a.rank - b.rank);
  const all = tasks.flatMap((task) => (task === null ? any.flatMap((metric) => figureNames(metric, {})) : figuresToChoose(task)));
  return { all: [...new Set(all)], usual: [...new Set(tasks.flatMap((task) => (task === null ? [] : usualFigures(task))))] };
}

/** What each output is asked; null where too little is known of its target. */
function knownTasks(design: DesignDocument, facts: DataFacts | null): (MetricTask | null)[] {
  const propagation = examine(design, { facts });
  const { top_k, metrics } = design.train;
  return design.graph.nodes
    .filter(({ type }) => layerDefinition(type)?.output !== undefined)
    .map(({ id }) => {
      const known = knownTarget(design, id, propagation, facts);
      const encoding = known?.loss.encodings.find((one) => encodingFits(one, known));
      if (known === null || encoding === undefined) return null;
      return taskOf({ encoding, columns: known.columns }, known.loss.expects, known.width, {
        ...(typeof top_k === "number" ? { top_k } : {}),
        ...(Array.isArray(metrics) ? { metrics: metrics.filter((name) => typeof name === "string") } : {}),
      });
    });
}
