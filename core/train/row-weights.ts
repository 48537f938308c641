/**
 * What each row counts in the loss of each output: the weights of the data times the weights of its class. They are scaled to
 * a mean of one over the part, so that the loss is the weighted mean, Σ w·l / Σ w, and a learning rate fits whatever unit they have.
 */
import type { PreparedPart } from "../data/prepared.ts";
import type { TargetEncoding } from "../data/rows.ts";
import type { TrainingOptions } from "../spec/training.ts";
import { balancedWeights, takesClassWeights } from "./class-weights.ts";

/** By output node id, `[rows]`. */
export type RowWeights = Readonly<Record<string, Float32Array>>;

type Encodings = Readonly<Record<string, TargetEncoding>>;

/**
 * Outputs whose loss takes weights of rows while training: all where rows have weights, else those that are classes.
 * @throws AppError train.class_weight_unsupported when classes are to be balanced and no output has any
 */
export function weightedOutputs(training: TrainingOptions, encodings: Encodings, rowsHaveWeights: boolean): readonly string[] {
  const ids = Object.keys(encodings);
  const ofClasses = training.class_weight === "balanced" ? takesClassWeights(encodings) : [];
  return rowsHaveWeights ? ids : ofClasses;
}

/** Weights to train with; null where every row counts the same for every output. */
export function trainingWeights(data: PreparedPart, training: TrainingOptions, encodings: Encodings): RowWeights | null {
  const ids = weightedOutputs(training, encodings, data.weights !== undefined);
  if (ids.length === 0) return null;
  const balanced = training.class_weight === "balanced";
  return Object.fromEntries(
    ids.map((id) => {
      const ofClass = balanced ? balancedWeights(data, id, encodings[id]) : null;
      if (data.weights === undefined) return [id, ofClass ?? new Float32Array(data.rowCount).fill(1)];
      return [id, ofMeanOne(ofClass === null ? data.weights : data.weights.map((weight, row) => weight * (ofClass[row] as number)))];
    }),
  );
}

/** Weights of the data as evaluation uses them: the classes are not balanced there. Ones where a part has none. */
export function evaluationWeights(data: PreparedPart): Float32Array {
  return data.weights === undefined ? new Float32Array(data.rowCount).fill(1) : ofMeanOne(data.weights);
}

function ofMeanOne(weights: Float32Array): Float32Array {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (weight * weights.length) / sum);
}
