/**
 * Preparation where the rows are nodes of one graph: documents beside their words, or the nodes of a table with links. There is one
 * sample, the graph; each part of the split is that sample with a mask of its own rows, so that the loss and the metrics count those.
 */
import { AppError } from "../../errors.ts";
import type { ColumnDocument, DataDocument } from "../../graph/document.ts";
import type { StepColumn } from "../../steps/step.ts";
import type { DataNeeds } from "../data-needs.ts";
import { featureGroup, inputRows } from "../inputs.ts";
import type { FittedStep } from "../pipeline.ts";
import { applySteps, type ColumnGroups, columnsOfTable, fitSteps, inRowsOf, takeRows } from "../pipeline.ts";
import type { ApplyOptions, FittedGraph, FittedPipeline, PreparedData, PreparedPart } from "../prepared.ts";
import { classOfRows, targetForSteps } from "../row-classes.ts";
import type { FeatureGroup, Rows } from "../rows.ts";
import { splitRows } from "../split.ts";
import { splitCodes } from "../split-columns.ts";
import type { Table } from "../table.ts";
import { chooseLayout, classCodes } from "../targets.ts";
import { documentGraph, documentNode, documentRows, readDocuments, type TellCounted } from "./document-words.ts";
import { type GraphOf, graphColumns, withGraphColumns } from "./graph-columns.ts";
import { linkedRows, linkGraph, readNodes } from "./links.ts";
import type { GraphRows, NodeFeatures, NodeGraph } from "./node-graph.ts";

/**
 * @param whole the table with the rows that were left out: links to those nodes go with them
 * @throws AppError data.*
 */
export function prepareGraph(
  table: Table,
  whole: Table,
  data: DataDocument,
  graph: GraphOf,
  needs: DataNeeds,
  seed: number,
  tell?: TellCounted,
): PreparedData {
  refuseOthers(data);
  const documents = withGraphColumns(data.columns, graph);
  const output = onlyOutput(needs, data.columns);
  const features = featureNames(data.columns, graph);
  const groups = columnsOfTable(
    table,
    documents.filter(({ name }) => [...graphColumns(graph), ...features, ...output.columns].includes(name)),
  );
  const target = groups.get(output.columns[0] as string)?.[0] as StepColumn;
  const labelled = rowsWith(target, table.rowCount);
  if (labelled.length === 0) throw new AppError("data.target_all_missing", { column: target.name });
  const known = takeRows(new Map([[target.name, [target]]]), labelled);
  const layout = chooseLayout(output, known.get(target.name) as readonly StepColumn[]);
  const targets = { [output.nodeId]: layout };
  const ids = labelled.map((row) => table.rowIds[row] as number);
  const strata = data.split.method === "stratified" ? classOfRows(targets, known, ids) : splitCodes(table, data, labelled);
  const split = splitRows(labelled.length, data.split, strata, seed);

  const training = takeRows(groups, rowsOf(labelled, split.training));
  const classes = new Map(training);
  const step = targetForSteps(targets, training, classes, rowsOf(ids, split.training));
  const steps = fitSteps(data.steps, training, new Set(output.columns), new Set(data.columns.map(({ name }) => name)), step);
  const layouts = features.map((name) => featureGroup(name, training.get(name) as readonly StepColumn[]));
  const nodeFeatures = featuresOf(groups, features, steps, table.rowIds);
  const fitted = inRowsOf(
    () => table.rowIds,
    () => fitGraph(groups, graph, nodeFeatures, leftOutNames(table, whole, graph), tell),
  );
  const pipeline: FittedPipeline = { columns: data.columns, steps, features: layouts, targets, graph: fitted };
  const nodes = nodeGraph(fitted, tell);
  const codes = classCodes(layout, (known.get(target.name) as readonly StepColumn[])[0] as StepColumn, ids, output.nodeId);
  const values = new Float32Array(nodes.nodeCount);
  labelled.forEach((row, i) => {
    values[nodeOfRow(fitted, row)] = codes[i] as number;
  });
  const answers = { [output.nodeId]: { values, shape: [nodes.nodeCount] } };
  const inputs = sharedInputs(needs, nodes);
  const part = (rows: Uint32Array): PreparedPart => {
    const own = rowsOf(labelled, rows).map((row) => nodeOfRow(fitted, row));
    return {
      rowCount: own.length === 0 ? 0 : 1,
      rowIds: Uint32Array.of(0),
      inputs: { ...inputs, ...masks(needs, nodes.nodeCount, own) },
      targets: answers,
      nodes: own,
      nodeIds: rowsOf(ids, rows),
    };
  };
  return {
    pipeline,
    training: part(split.training),
    validation: part(split.validation),
    ...(split.test.length === 0 ? {} : { test: part(split.test) }),
    droppedRows: 0,
    graphSize: { nodes: nodes.nodeCount, edges: nodes.edges.length / 3 },
  };
}

/** Rows to predict or to evaluate, as nodes; rows without a target are left out where targets are asked for. @throws AppError data.* */
export function applyGraph(table: Table, pipeline: FittedPipeline, graph: FittedGraph, options: ApplyOptions): PreparedPart {
  const features = featureNames(pipeline.columns, graph.document);
  const [[nodeId, layout] = []] = Object.entries(pipeline.targets);
  const wanted = [...graphColumns(graph.document), ...features, ...(options.withTargets ? (layout?.columns ?? []) : [])];
  const all = columnsOfTable(
    table,
    withGraphColumns(pipeline.columns, graph.document).filter(({ name }) => wanted.includes(name)),
  );
  const target = options.withTargets ? all.get(layout?.columns[0] ?? "")?.[0] : undefined;
  const kept = target === undefined ? Uint32Array.from(table.rowIds, (_, row) => row) : rowsWith(target, table.rowCount);
  const rowIds = rowsOf(table.rowIds, kept);
  const groups = takeRows(all, kept);
  const rows = graphRows(graph, groups, featuresOf(groups, features, pipeline.steps, rowIds), options.asNew);
  const part = { rowCount: kept.length, rowIds, inputs: {}, targets: {}, graphRows: rows };
  if (target === undefined || layout === undefined || nodeId === undefined) return part;
  const codes = classCodes(layout, groups.get(target.name)?.[0] as StepColumn, rowIds, nodeId);
  return { ...part, targets: { [nodeId]: { values: Float32Array.from(codes), shape: [1] } } };
}

/** The graph that a model was trained on. */
export function nodeGraph(graph: FittedGraph, tell?: TellCounted): NodeGraph {
  return graph.kind === "document_words" ? documentGraph(graph.state, graph.document, tell) : linkGraph(graph.state, graph.document);
}

/** Inputs of a graph, all but the masks. */
export function sharedInputs(needs: DataNeeds, { edges, features, nodeCount }: NodeGraph): Record<string, Rows> {
  const found = needs.inputs.flatMap(({ nodeId, feeds }): [string, Rows][] => {
    if (feeds === "mask") return [];
    if (feeds === "graph") return [[nodeId, { values: edges, shape: [edges.length / 3, 3] }]];
    if (features === null) throw new AppError("data.graph_no_features", {}, { nodeId });
    return [[nodeId, { values: features.values, shape: [nodeCount, features.channels] }]];
  });
  return Object.fromEntries(found);
}

/** @param nodes those that count; one that stands there twice counts twice */
export function masks(needs: DataNeeds, nodeCount: number, nodes: Iterable<number>): Record<string, Rows> {
  const values = new Float32Array(nodeCount);
  for (const node of nodes) values[node] = (values[node] as number) + 1;
  return Object.fromEntries(
    needs.inputs.filter(({ feeds }) => feeds === "mask").map(({ nodeId }) => [nodeId, { values, shape: [nodeCount] }]),
  );
}

/** Names of the nodes whose rows were left out. */
function leftOutNames(table: Table, whole: Table, graph: GraphOf): ReadonlySet<string> {
  if (graph.kind === "document_words" || table.rowCount === whole.rowCount) return new Set();
  const kept = new Set(table.rowIds);
  const names = whole.columns.find(({ name }) => name === graph.id);
  if (names?.kind !== "text") throw new Error(`column '${graph.id}' was not read as text`);
  return new Set(names.values.flatMap((name, row) => (name === null || kept.has(whole.rowIds[row] as number) ? [] : [name])));
}

function fitGraph(
  groups: ColumnGroups,
  graph: GraphOf,
  features: NodeFeatures | null,
  leftOut: ReadonlySet<string>,
  tell?: TellCounted,
): FittedGraph {
  if (graph.kind === "document_words")
    return { kind: graph.kind, document: graph, state: readDocuments(textsOf(groups, graph.column), graph, tell) };
  const state = readNodes(textsOf(groups, graph.id), textsOf(groups, graph.links), graph, features, leftOut);
  return { kind: graph.kind, document: graph, state };
}

function graphRows(graph: FittedGraph, groups: ColumnGroups, features: NodeFeatures | null, asNew = false): GraphRows {
  if (graph.kind === "document_words") return documentRows(graph.state, graph.document, textsOf(groups, graph.document.column), asNew);
  const { id, links } = graph.document;
  const cells = { names: textsOf(groups, id), links: textsOf(groups, links) };
  return linkedRows(graph.state, cells, graph.document, features, asNew);
}

const nodeOfRow = (graph: FittedGraph, row: number): number => (graph.kind === "document_words" ? documentNode(graph.state, row) : row);

function textsOf(groups: ColumnGroups, name: string): readonly (string | null)[] {
  const column = groups.get(name)?.[0];
  if (column?.kind !== "text") throw new Error(`column '${name}' was not read as text`);
  return column.values;
}

/** Of all rows, as the steps make them; null where the table has no other columns. */
function featuresOf(
  groups: ColumnGroups,
  names: readonly string[],
  steps: readonly FittedStep[],
  rowIds: Uint32Array,
): NodeFeatures | null {
  if (names.length === 0) return null;
  const own: ColumnGroups = new Map(names.map((name) => [name, groups.get(name) as readonly StepColumn[]]));
  applySteps(steps, own);
  const rows = inputRows({ nodeId: "", columns: names, shape: null }, names, own, rowIds);
  const layouts: FeatureGroup[] = names.map((name) => featureGroup(name, own.get(name) as readonly StepColumn[]));
  return { values: rows.values, channels: layouts.reduce((sum, { width }) => sum + width, 0) };
}

function featureNames(columns: readonly ColumnDocument[], graph: GraphOf): string[] {
  if (graph.kind === "document_words") return [];
  return columns.filter(({ name, role }) => role === "feature" && !graphColumns(graph).includes(name)).map(({ name }) => name);
}

/** @throws AppError data.graph_one_output, data.no_target, data.graph_needs_classes */
function onlyOutput(needs: DataNeeds, columns: readonly ColumnDocument[]): DataNeeds["outputs"][number] {
  const [output, ...more] = needs.outputs;
  if (output === undefined || more.length > 0 || output.targetInput !== null)
    throw new AppError("data.graph_one_output", { count: needs.outputs.length });
  const names = output.columns.length > 0 ? output.columns : columns.filter(({ role }) => role === "target").map(({ name }) => name);
  if (names.length === 0) throw new AppError("data.no_target", {}, { nodeId: output.nodeId });
  if (names.length > 1 || !output.encodings.includes("class_index"))
    throw new AppError("data.graph_needs_classes", {}, { nodeId: output.nodeId });
  // The network puts out as many numbers as all nodes together have.
  return { ...output, columns: names, encodings: ["class_index"], width: 0 };
}

/** What makes no sense, or is not there yet, with rows that depend on each other. @throws AppError data.graph_with_other */
function refuseOthers({ split, window, sampling, augment, augment_text: texts, columns, graph, steps }: DataDocument): void {
  const weights = columns.some(({ role }) => role === "weight");
  const onText = graph !== undefined && steps.some((step) => step.columns.some((name) => graphColumns(graph).includes(name)));
  const found = [
    window && "window",
    sampling && "sampling",
    split.bag !== undefined && "bag",
    augment && "augment",
    texts && "augment_text",
    weights && "weight",
    onText && "steps",
  ].find((name) => typeof name === "string");
  if (found !== undefined) throw new AppError("data.graph_with_other", { option: found });
}

/** Positions of the rows that have a value. */
function rowsWith(column: StepColumn, rowCount: number): Uint32Array {
  const isThere = (row: number): boolean => {
    if (column.kind === "number") return !Number.isNaN(column.values[row]);
    return "codes" in column && (column.codes[row] as number) >= 0;
  };
  return Uint32Array.from({ length: rowCount }, (_, row) => row).filter(isThere);
}

const rowsOf = (all: Uint32Array, positions: Uint32Array): Uint32Array => positions.map((position) => all[position] as number);
