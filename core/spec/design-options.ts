/**
 * A design as a flat list of options, each with a key that means the same in every design: layers by name, training options and
 * preparation, defaults written out. Where things stand on the canvas is left out, and so are options that another one leaves without effect.
 */
import type { DataDocument, DesignDocument, NodeDocument } from "../graph/document.ts";
import { vectorsLabel } from "../graph/node-fields.ts";
import { layerDefinition } from "../layers/registry.ts";
import { optimizerDefinitions } from "../optimizers/definitions.ts";
import { isVisible, type Schema } from "../schema/fields.ts";
import { validateConfig } from "../schema/validate.ts";
import { earlyStoppingSchema, readTraining, takesAllRows, trainingSchema, writeTraining } from "./training.ts";

export type OptionGroup = "layers" | "training" | "data";

export interface DesignOption {
  readonly group: OptionGroup;
  /** Layer, part of the options or column that it belongs to; empty for the group itself. */
  readonly owner: string;
  readonly field: string;
  /** Type of the layer, optimizer, schedule or step whose words name the field; empty where the field is one of ours. */
  readonly type: string;
  /** JSON. */
  readonly value: unknown;
  /** Of a layer: nobody chose it, it is what such a layer has from the start. */
  readonly isDefault?: true;
  /** With this value it does nothing: a penalty of 0. */
  readonly isIdle?: true;
}

type Values = Readonly<Record<string, unknown>>;

export function optionKey({ group, owner, field }: Pick<DesignOption, "group" | "owner" | "field">): string {
  return JSON.stringify([group, owner, field]);
}

export function flattenDesign(design: DesignDocument): readonly DesignOption[] {
  return [...layerOptions(design), ...trainingOptions(design.train), ...(design.data === null ? [] : dataOptions(design.data))];
}

/** Options with defaults; as they are written when this version does not know them, so that nothing is hidden. */
function whole(read: () => Values, raw: Values): Values {
  try {
    return read();
  } catch {
    return raw;
  }
}

function layerOptions(design: DesignDocument): readonly DesignOption[] {
  const names = new Map(design.graph.nodes.map((node) => [node.id, node.name]));
  return design.graph.nodes.flatMap((node) => {
    const option = (field: string, value: unknown, type = ""): DesignOption => ({
      group: "layers",
      owner: node.name,
      field,
      type,
      value,
    });
    const config = configOf(node);
    const schema = layerDefinition(node.type)?.schema;
    return [
      option("type", node.type),
      ...Object.entries(config).map(([field, value]) => ({
        ...option(field, value, node.type),
        ...(field in node.config ? {} : { isDefault: true as const }),
        ...(isIdle(schema, field, value) ? { isIdle: true as const } : {}),
      })),
      option("inputs", sourcesOf(design, node.id, names)),
      ...(node.shared_with === null ? [] : [option("shared_with", names.get(node.shared_with) ?? node.shared_with)]),
      ...(node.bypassed ? [option("bypassed", true)] : []),
      ...(node.frozen === true ? [option("frozen", true)] : []),
      ...(node.vectors === undefined ? [] : [option("vectors", vectorsLabel(node.vectors))]),
    ];
  });
}

function isIdle(schema: Schema | undefined, field: string, value: unknown): boolean {
  const idleAt = schema !== undefined && Object.hasOwn(schema, field) ? schema[field]?.idleAt : undefined;
  return idleAt !== undefined && value === idleAt;
}

function configOf(node: NodeDocument): Values {
  const definition = layerDefinition(node.type);
  if (definition === undefined) return node.config;
  return inEffect(
    definition.schema,
    whole(() => validateConfig(definition.schema, node.config, node.name), node.config),
  );
}

/** What the schema does not know stays: nothing is hidden that cannot be judged. */
function inEffect(schema: Schema | undefined, values: Values): Values {
  const shown = Object.entries(values).filter(([name]) => {
    const field = schema !== undefined && Object.hasOwn(schema, name) ? schema[name] : undefined;
    // Nesterov looks ahead by the momentum.
    if (name === "nesterov" && values["momentum"] === 0) return false;
    return field === undefined || isVisible(field, values);
  });
  return Object.fromEntries(shown);
}

function sourcesOf(design: DesignDocument, nodeId: string, names: ReadonlyMap<string, string>): readonly string[] {
  return design.graph.edges.filter((edge) => edge.target === nodeId).map((edge) => names.get(edge.source) ?? edge.source);
}

function trainingOptions(train: Values): readonly DesignOption[] {
  const { optimizer, schedule, early_stopping: earlyStopping, ...others } = whole(() => writeTraining(readTraining(train)), train);
  const { type: optimizerType, ...optimizerConfig } = asValues(optimizer);
  const { type: scheduleType, ...scheduleConfig } = asValues(schedule);
  const { batch_size: _, ...withoutBatches } = others;
  const rest = takesAllRows(optimizerType) ? withoutBatches : others;
  const options = (owner: string, type: string, values: Values): readonly DesignOption[] =>
    Object.entries(values).map(([field, value]) => ({ group: "training", owner, field, type, value }));
  return [
    ...options("", "", { optimizer: optimizerType }),
    ...options("optimizer", String(optimizerType ?? ""), inEffect(optimizerDefinitions[String(optimizerType)]?.schema, optimizerConfig)),
    ...options("", "", { schedule: scheduleType }),
    ...options("schedule", String(scheduleType ?? ""), scheduleConfig),
    ...options("", "train", inEffect(trainingSchema, rest)),
    ...options("early_stopping", "early_stopping", inEffect(earlyStoppingSchema, asValues(earlyStopping))),
  ];
}

function dataOptions(data: DataDocument): readonly DesignOption[] {
  const option = (owner: string, field: string, value: unknown): DesignOption => ({ group: "data", owner, field, type: "", value });
  const { source, split } = data;
  return [
    option("", "source", source.name),
    ...(source.kind === "builtin" ? Object.entries(source.options).map(([field, value]) => option("source", field, value)) : []),
    ...data.columns.flatMap((column) => [option(column.name, "role", column.role), option(column.name, "column_type", column.type)]),
    ...data.steps.map((step, index) => option("steps", `step_${index + 1}`, stepText(step))),
    option("split", "method", split.method),
    option("split", "validation_fraction", split.validation_fraction),
    option("split", "split_seed", split.seed),
  ];
}

/** `impute(strategy mean): age, adr`: a step is one thing, its place in the order counts. */
function stepText({ type, columns, ...config }: DataDocument["steps"][number]): string {
  const details = Object.entries(config).map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`);
  return `${type}${details.length === 0 ? "" : ` (${details.join(", ")})`}: ${columns.join(", ")}`;
}

function asValues(value: unknown): Values {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Values) : {};
}
