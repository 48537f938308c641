/** Word vectors for a layer of a design: read from a file and kept, or counted again for the vocabulary as it is now. */
import type { Table } from "../../core/data/table.ts";
import { type FoundVectors, vectorsByIndex } from "../../core/data/word-vectors.ts";
import { AppError } from "../../core/errors.ts";
import type { DesignDocument, VectorsDocument } from "../../core/graph/document.ts";
import { givenVectors } from "../../core/train/given-vectors.ts";
import type { PreparedDesign } from "../../core/train/prepare-design.ts";
import { type Vocabulary, vocabularyInto } from "../../core/train/vocabulary.ts";
import { type ScanProgress, scanVectors } from "../host/datasets/vectors/scan-file.ts";
import { readVectors, vectorsBeside, writeVectors } from "../host/datasets/vectors/stored-vectors.ts";
import type { TableSource } from "./messages.ts";

export interface VectorsTask {
  readonly kind: "vectors";
  readonly design: DesignDocument;
  readonly table: TableSource;
  readonly nodeId: string;
  /** To be read and kept; null: count those that the design names. */
  readonly file: { readonly path: string; readonly name: string } | null;
}

export interface VectorsAnswer {
  readonly vectors: VectorsDocument;
  /** Of the vocabulary of the training part. */
  readonly found: number;
  readonly of: number;
  /** The most frequent words without a vector. */
  readonly missing: string[];
}

export interface VectorsSurroundings {
  readonly onProgress: (progress: ScanProgress) => void;
  readonly isCancelled: () => boolean;
}

const MISSING_SHOWN = 12;

/** @throws AppError data.vectors_* */
export async function findVectors(task: VectorsTask, table: Table, around: VectorsSurroundings): Promise<VectorsAnswer> {
  const { design, nodeId, file } = task;
  const vocabulary = vocabularyInto(nodeId, design, table);
  const folder = vectorsBeside(task.table.path);
  if (file === null) {
    const vectors = design.graph.nodes.find(({ id }) => id === nodeId)?.vectors;
    if (vectors === undefined) throw new AppError("data.vectors_not_chosen", {}, { nodeId });
    return counted(vectors, readVectors(folder, vectors, nodeId), vocabulary);
  }
  if (around.isCancelled()) throw new AppError("data.vectors_cancelled");
  const found = await scanVectors(file.path, file.name, vocabulary.wanted, around);
  const hash = await writeVectors(folder, found);
  return counted({ hash, name: file.name.slice(0, 255), width: found.width, words: found.words.length }, found, vocabulary);
}

function counted(vectors: VectorsDocument, found: FoundVectors, { words }: Vocabulary): VectorsAnswer {
  const kept = new Set(found.words);
  return {
    vectors,
    found: vectorsByIndex(found, words).found,
    of: words.length,
    missing: words.filter((word) => !kept.has(word)).slice(0, MISSING_SHOWN),
  };
}

/** What the design's layers start from, read from the library. @throws AppError data.vectors_* */
export function withGivenVectors(prepared: PreparedDesign, design: DesignDocument, { path }: TableSource): PreparedDesign {
  if (!design.graph.nodes.some(({ vectors }) => vectors !== undefined)) return prepared;
  const given = givenVectors(design, prepared, (vectors, node) => readVectors(vectorsBeside(path), vectors, node.id));
  return { ...prepared, given };
}
