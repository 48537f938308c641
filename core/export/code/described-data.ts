/** What was done to the rows before the network sees them, as lines of comment in an exported script. */
import type { DataDocument } from "../../graph/document.ts";
import { countChoices } from "../../graph/row-choices.ts";
import { definitionOf, layersOfRole } from "../../spec/model.ts";
import type { TrainingOptions } from "../../spec/training.ts";
import { comment } from "./python.ts";
import type { CodeSource } from "./script-ends.ts";

const listed = (names: readonly string[]): string =>
  names.length > 12 ? `${names.slice(0, 12).join(", ")} … (${names.length})` : names.join(", ");

/** Of a few words each: what was done to texts of training rows. */
const changesOfTexts = ({ synonyms, ...others }: NonNullable<DataDocument["augment_text"]>): string =>
  JSON.stringify({ ...others, ...(synonyms === undefined ? {} : { synonyms: synonyms.length }) });

export function describedData({ spec, data, vectors }: CodeSource): string[] {
  const ends = [
    ...layersOfRole(spec, "input").map(({ name, shape }) => `input '${name}': rows of shape [${shape.join(", ")}]`),
    ...layersOfRole(spec, "output").map((layer) => {
      const output = definitionOf(layer).output?.(layer.config as never);
      const against = output?.targetInput ?? (output?.columns.length === 0 ? "the target columns" : listed(output?.columns ?? []));
      return `output '${layer.name}': compared with ${against} by ${output?.loss ?? ""}`;
    }),
    ...spec.layers.flatMap(({ id, name }) => {
      const start = vectors.get(id);
      return start === undefined
        ? []
        : [
            `layer '${name}': starts from the vectors of ${start.name} in Neuroloom (${start.words} words, ${start.width} wide), here at random`,
          ];
    }),
  ];
  if (data === null) return [comment("Data: the design has none yet."), ...ends.map(comment)];
  const withRole = (role: string): string[] =>
    data.columns.filter((column) => column.role === role).map(({ name, type }) => `${name} (${type})`);
  const steps = data.steps.map(({ type, columns, ...options }) => {
    const chosen = Object.entries(options).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
    return `step ${type}${chosen.length === 0 ? "" : ` (${chosen.join(", ")})`} on ${columns.length === 0 ? "all columns it suits" : listed(columns)}`;
  });
  const { split, window } = data;
  const inOrder =
    split.method !== "time" || split.order_by === undefined || window !== undefined ? "" : ` in the order of ${split.order_by}`;
  const { excluded, relabelled } = countChoices(data);
  const rest = [
    ...(data.filter === undefined ? [] : [`only rows where ${data.filter}`]),
    ...(excluded === 0 ? [] : [`rows left out by hand: ${excluded}`]),
    ...(relabelled === 0 ? [] : [`rows with labels put right by hand: ${relabelled}`]),
    ...(data.window === undefined ? [] : [`windows of ${data.window.length} rows, predicted ${data.window.horizon} rows ahead`]),
    ...(data.window?.fill === undefined
      ? []
      : [`gaps of the series filled: ${JSON.stringify(data.window.fill)}, by what was known at each window's end`]),
    ...(data.sampling === undefined ? [] : [`classes evened out: ${data.sampling.method}-sampling of the training rows`]),
    ...(data.augment === undefined ? [] : [`pictures changed while training: ${JSON.stringify(data.augment)}`]),
    ...(data.augment_text === undefined ? [] : [`texts of training rows changed: ${changesOfTexts(data.augment_text)}`]),
    ...(data.graph === undefined ? [] : [`rows are nodes of a graph (${data.graph.kind})`]),
    `split: ${split.method}${inOrder}, ${split.validation_fraction} of the rows for validation${split.test_fraction === undefined ? "" : `, ${split.test_fraction} for testing`}`,
  ];
  const columns = (["feature", "target", "weight"] as const).flatMap((role) => {
    const names = withRole(role);
    return names.length === 0 ? [] : [`${role} columns: ${listed(names)}`];
  });
  const source = `Data: ${data.source.name}, prepared in Neuroloom. Rows that go in must be prepared alike:`;
  return [source, ...columns, ...steps, ...rest, ...ends].map((line, i) => comment(i === 0 ? line : `  ${line}`));
}

/** At the head of a script's `train`: rows counted more and less in Neuroloom, and here do not. */
export function countedAlike(training: TrainingOptions, data: DataDocument | null): string[] {
  const weight = data?.columns.find(({ role }) => role === "weight");
  return [
    ...(training.class_weight === "none"
      ? []
      : [comment("Neuroloom balanced the classes: rows of rare ones count more. Here all count alike.")]),
    ...(weight === undefined ? [] : [comment(`Neuroloom counted each row as much as its ${weight.name} says. Here all count alike.`)]),
  ];
}
