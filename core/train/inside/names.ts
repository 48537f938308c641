/** Names of what a row is made of: the words behind indices, and the columns behind numbers. */
import type { InputNeeds } from "../../data/inputs.ts";
import type { FittedPipeline } from "../../data/prepared.ts";
import { stepImplementation } from "../../steps/implementations.ts";

/** What the indices of an input stand for; null where they have no names. */
export function indexNamesOf(pipeline: FittedPipeline, input: InputNeeds): readonly (string | null)[] | null {
  const columns = groupsOf(pipeline, input).map(({ column }) => column);
  const [only] = columns;
  if (only === undefined || columns.length !== 1) return null;
  for (const { step, fitted } of pipeline.steps.toReversed())
    if (step.columns.includes(only)) {
      const names = stepImplementation(step.type).indexNames?.(only, fitted);
      if (names !== undefined) return names;
    }
  return null;
}

/** Of the numbers of an input, in order; empty where they have no names (pixels) or are laid out anew. */
export function featureNamesOf(pipeline: FittedPipeline, input: InputNeeds): readonly string[] {
  return groupsOf(pipeline, input).flatMap(({ names }) => [...names]);
}

/** A node of the graph: by its name, as a word, or as the row of the document that it is. */
export function nodeName({ graph }: FittedPipeline, node: number): string {
  if (graph === undefined) return String(node);
  if (graph.kind === "links") return graph.state.names[node] ?? String(node);
  const { words } = graph.state;
  return words[node] ?? `#${node - words.length + 1}`;
}

function groupsOf({ features }: FittedPipeline, { columns }: InputNeeds): FittedPipeline["features"] {
  return columns.length === 0 ? features : columns.flatMap((name) => features.filter(({ column }) => column === name));
}
