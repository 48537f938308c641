/**
 * Which words the indices are that reach a layer of vectors, and what its weights start from where the design names vectors of words.
 * The vectors themselves are read by whoever keeps them.
 */
import type { FittedPipeline } from "../data/prepared.ts";
import { type FoundVectors, vectorsByIndex } from "../data/word-vectors.ts";
import { AppError } from "../errors.ts";
import type { DesignDocument, GraphDocument, NodeDocument, VectorsDocument } from "../graph/document.ts";
import { layerDefinition } from "../layers/registry.ts";
import { parametersOf } from "../spec/build.ts";
import { dataNeeds } from "../spec/needs.ts";
import { stepImplementations } from "../steps/implementations.ts";
import type { PreparedDesign } from "./prepare-design.ts";

/** Ids of the inputs whose values reach a node, over any number of layers. */
export function inputsInto(graph: GraphDocument, nodeId: string): readonly string[] {
  const types = new Map(graph.nodes.map(({ id, type }) => [id, type]));
  const seen = new Set<string>();
  const waiting = [nodeId];
  const found: string[] = [];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (layerDefinition(types.get(id) ?? "")?.traits.role === "input") found.push(id);
    for (const edge of graph.edges) if (edge.target === id) waiting.push(edge.source);
  }
  return found;
}

/**
 * What the indices that reach a layer stand for, by index; null is no word.
 * @throws AppError data.vectors_without_words, data.vectors_of_two_vocabularies
 */
export function wordsInto(
  { id, name }: Pick<NodeDocument, "id" | "name">,
  graph: GraphDocument,
  pipeline: Pick<FittedPipeline, "columns" | "steps">,
): readonly (string | null)[] {
  const inputs = inputsInto(graph, id);
  const columns = new Set(
    dataNeeds(graph, null)
      .inputs.filter(({ nodeId, feeds }) => inputs.includes(nodeId) && feeds === undefined)
      .flatMap((input) => (input.columns.length > 0 ? input.columns : featuresOf(pipeline))),
  );
  let words: readonly (string | null)[] | null = null;
  for (const column of columns) {
    const named = namesOf(column, pipeline);
    if (named === null) throw new AppError("data.vectors_without_words", { layer: name }, { nodeId: id });
    if (words !== null && !sameWords(words, named)) throw new AppError("data.vectors_of_two_vocabularies", { layer: name }, { nodeId: id });
    words = named;
  }
  if (words === null) throw new AppError("data.vectors_without_words", { layer: name }, { nodeId: id });
  return words;
}

const featuresOf = ({ columns }: Pick<FittedPipeline, "columns">): string[] =>
  columns.filter(({ role }) => role === "feature").map(({ name }) => name);

/** What the indices stand for that preparation makes of a column; null where it makes none. */
function namesOf(column: string, { steps }: Pick<FittedPipeline, "steps">): readonly (string | null)[] | null {
  for (const { step, fitted } of steps) {
    const names = step.columns.includes(column) ? stepImplementations[step.type]?.indexNames?.(column, fitted) : undefined;
    if (names !== undefined) return names;
  }
  return null;
}

const sameWords = (a: readonly (string | null)[], b: readonly (string | null)[]): boolean =>
  a.length === b.length && a.every((word, index) => word === b[index]);

/**
 * What parameters start from, by full name: NaN where the vectors lack a word.
 * @param read the kept vectors of one file
 * @throws AppError data.vectors_*
 */
export function givenVectors(
  { graph }: Pick<DesignDocument, "graph">,
  { spec, prepared: { pipeline } }: Pick<PreparedDesign, "spec" | "prepared">,
  read: (vectors: VectorsDocument, node: NodeDocument) => FoundVectors,
): Readonly<Record<string, Float32Array>> {
  const given: Record<string, Float32Array> = {};
  for (const node of graph.nodes) {
    const { vectors } = node;
    const layer = spec.layers.find(({ id }) => id === node.id);
    const trait = layerDefinition(node.type)?.traits.wordVectors;
    // Of shared weights it is their owner's vectors that count.
    if (vectors === undefined || trait === undefined || layer === undefined || layer.shared_with !== null) continue;
    const parameter = parametersOf(spec).parameters.find(
      (one) => one.nodeId === node.id && one.fullName === `${node.name}/${trait.parameter}`,
    );
    const [count = 0, width = 0] = parameter?.shape ?? [];
    if (parameter === undefined) continue;
    if (vectors.width !== width)
      throw new AppError(
        "data.vectors_width",
        { layer: node.name, file: vectors.name, option: trait.widthField, expected: width, received: vectors.width },
        { nodeId: node.id },
      );
    const words = wordsInto(node, graph, pipeline);
    // More vectors than words are for words that the texts may still bring; more words than vectors stop at their index.
    const indices = Array.from({ length: count }, (_, index) => words[index] ?? null);
    const { values, found } = vectorsByIndex(read(vectors, node), indices);
    if (found === 0) throw new AppError("data.vectors_no_word_found", { layer: node.name, file: vectors.name }, { nodeId: node.id });
    given[parameter.fullName] = values;
  }
  return given;
}
