/**
 * What exported scripts are proved on: templates trained for an epoch, and every example of every layer with weights of its own. Each
 * comes with the part of a model file that a script reads: weights, and rows with our predictions.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Table } from "../../core/data/table.ts";
import { columnsToRead } from "../../core/data/windows.ts";
import type { CodeSource } from "../../core/export/code/script-ends.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import type { DesignDocument, EdgeDocument, NodeDocument } from "../../core/graph/document.ts";
import { readDesign } from "../../core/graph/migrate.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import type { LayerDefinition } from "../../core/layers/layer.ts";
import { layerDefinition, layerTypes } from "../../core/layers/registry.ts";
import { validateConfig } from "../../core/schema/validate.ts";
import { readTraining } from "../../core/spec/training.ts";
import { prepareDesign } from "../../core/train/prepare-design.ts";
import { trainDesign } from "../../core/train/train-design.ts";
import { materialiseBuiltin } from "../../main/host/datasets/builtin.ts";
import { loadTable } from "../../main/host/datasets/load-table.ts";
import { chain, node } from "../engine/design.ts";
import { type ExportCase, graphCase, type Wire } from "./graph-case.ts";

const TEMPLATES = fileURLToPath(new URL("../../resources/templates", import.meta.url));
const SAMPLES = fileURLToPath(new URL("../../resources/samples", import.meta.url));

/** Every template whose data ship as a table; rows that are nodes of one graph have no export yet. */
export function templateNames(): string[] {
  const names = readdirSync(TEMPLATES).map((file) => file.replace(/\.json$/, ""));
  return names
    .filter((name) => {
      const { data } = readTemplate(name);
      return data?.source.kind === "builtin" && data.graph === undefined;
    })
    .sort();
}

const readTemplate = (name: string) => readDesign(readFileSync(join(TEMPLATES, `${name}.json`), "utf8"));

async function tableOf(design: DesignDocument): Promise<Table> {
  const { data } = design;
  if (data?.source.kind !== "builtin") throw new Error(`${design.name} has no data that ship`);
  const folder = mkdtempSync(join(tmpdir(), "neuroloom-exports-"));
  try {
    const { name, options } = data.source;
    const stored = await materialiseBuiltin({ name, options, folder, samplesFolder: SAMPLES });
    return await loadTable(stored.path, columnsToRead(data));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A template as it is written out, without training it. */
export async function templateSource(name: string): Promise<CodeSource> {
  const design = readTemplate(name);
  const { spec } = prepareDesign(design, await tableOf(design));
  return { name: design.name, spec, training: readTraining(design.train), data: design.data, vectors: new Map() };
}

/** Trained for one epoch: predictions of weights that mean something. */
export async function templateCase(name: string): Promise<ExportCase> {
  const design = readTemplate(name);
  const source = await templateSource(name);
  const model = async (): Promise<object> => {
    const trained = trainDesign({
      design: { ...design, train: { ...design.train, epochs: 1 } },
      table: await tableOf(design),
      backend: createWasmBackend({ arithmetic: "reproducible", threads: 1 }),
      clock: () => performance.now(),
    });
    return readModel(trained.model);
  };
  return { name, source, model };
}

/** A layer alone between inputs and as many outputs as it has; masked inputs come through a layer that makes masks. */
export function layerCases(): ExportCase[] {
  return layerTypes.flatMap((type) => {
    const definition = layerDefinition(type) as LayerDefinition;
    if (definition.traits.role !== undefined) return [];
    return definition.examples.map((example) => exampleCase(definition, example));
  });
}

function exampleCase(definition: LayerDefinition, example: LayerDefinition["examples"][number]): ExportCase {
  const ports = definition.ports.inputs;
  const wires: Wire[] = example.inputs.map((shape, i) => {
    const port = ports.find(({ name }) => name === example.ports?.[i]) ?? ports[Math.min(i, ports.length - 1)];
    return { node: node(`x${i}`, "input", { shape: [...shape] }), shape, holds: port?.kind ?? "float", below: example.indices ?? 2 };
  });
  const portOf = (i: number): string => example.ports?.[i] ?? ports[Math.min(i, ports.length - 1)]?.name ?? "input";
  const nodes: NodeDocument[] = wires.map((wire) => wire.node);
  const edges: EdgeDocument[] = [];
  const connect = (source: string, source_port: string, target: string, target_port: string): void => {
    edges.push({ id: `e${edges.length}`, source, source_port, target, target_port });
  };
  wires.forEach((_, i) => {
    if (example.masked?.includes(i) !== true) return connect(`x${i}`, "output", "layer", portOf(i));
    nodes.push(node(`m${i}`, "masking"));
    connect(`x${i}`, "output", `m${i}`, "input");
    connect(`m${i}`, "output", "layer", portOf(i));
  });
  nodes.push(node("layer", definition.type, example.config as NodeDocument["config"]));
  const portNames = example.inputs.map((_, i) => portOf(i));
  const config = validateConfig(definition.schema, example.config, definition.type);
  const given = definition.outputShapes({ config, inputs: [...example.inputs], portNames });
  definition.ports.outputs.slice(0, given.length).forEach(({ name }, i) => {
    nodes.push(node(`y${i}`, "output", { loss: "mse" }));
    connect("layer", name, `y${i}`, "input");
  });
  const graph = { nodes, edges, groups: [] };
  const inputs = Object.fromEntries(wires.map((wire) => [wire.node.id, wire]));
  return graphCase(`${definition.type}: ${example.name}`, graph, inputs);
}

/** Two padded sequences merged: what Keras makes of their masks shows in the mean over the steps that count. */
export function maskCases(): ExportCase[] {
  const pooled = ["global_average_pooling_1d", "global_max_pooling_1d"].map((type) => {
    const nodes = [node("x", "input"), node("m", "masking"), node("pool", type), node("y", "output", { loss: "mse" })];
    const given = { x: { node: node("x", "input"), shape: [4, 2], holds: "float", below: 0, hasEmptyRow: true } } as const;
    return graphCase(`a row of nothing but padding through ${type}`, chain(...nodes), given);
  });
  const merges = [
    ...["add", "subtract", "multiply", "average", "maximum", "minimum"].map((type) => [type, {}] as const),
    ["concatenate", { axis: -1 }] as const,
    ["concatenate", { axis: 1 }] as const,
  ];
  const merged = merges.flatMap(([type, config]) =>
    [["a", "b"], ["a"]].map((masked) => {
      const edges: EdgeDocument[] = [];
      const connect = (source: string, target: string, port = "input"): void => {
        edges.push({ id: `e${edges.length}`, source, source_port: "output", target, target_port: port });
      };
      const nodes = [node("a", "input"), node("b", "input")];
      for (const id of ["a", "b"]) {
        if (!masked.includes(id)) connect(id, "merge", "inputs");
        else {
          nodes.push(node(`m${id}`, "masking"));
          connect(id, `m${id}`);
          connect(`m${id}`, "merge", "inputs");
        }
      }
      nodes.push(node("merge", type, config), node("mean", "global_average_pooling_1d"), node("y", "output", { loss: "mse" }));
      connect("merge", "mean");
      connect("mean", "y");
      const wire = (id: string): Wire => ({ node: node(id, "input"), shape: [6, 2], holds: "float", below: 0 });
      return graphCase(
        `masks of ${masked.join(" and ")} through ${type} ${JSON.stringify(config)}`,
        { nodes, edges, groups: [] },
        {
          a: wire("a"),
          b: wire("b"),
        },
      );
    }),
  );
  return [...merged, ...pooled];
}
