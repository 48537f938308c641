/**
 * Steps that must not show a training row its own target (the target encoder), of a table that does not fit into memory: they learn from all
 * training rows, piece by piece, and the rows of each fold are prepared with what the other folds say. Memory holds the fold of every row.
 */

import type { DataNeeds } from "../data/data-needs.ts";
import {
  applyInFolds,
  applySteps,
  type ColumnGroups,
  columnsOfTable,
  configOf,
  type FittedStep,
  fittedStep,
  takeRows,
  takeTableRows,
} from "../data/pipeline.ts";
import { applyPipeline } from "../data/prepare.ts";
import type { FittedPipeline } from "../data/prepared.ts";
import type { Rows } from "../data/rows.ts";
import type { Table } from "../data/table.ts";
import type { ColumnDocument, StepDocument } from "../graph/document.ts";
import { sizeOf } from "../ir/tensor.ts";
import { stepImplementation } from "../steps/implementations.ts";
import type { CrossFitting, CrossLearner, StepColumn, StepTarget } from "../steps/step.ts";
import type { RowReader } from "./row-source.ts";

/** A step with what it learnt outside each fold. */
export interface FoldedStep {
  readonly done: FittedStep;
  readonly folds: readonly unknown[];
  /** Of each row that steps learn from. */
  readonly foldOf: Int32Array;
}

export interface FoldLearning {
  /** Rows that steps learn from, in the order of the table. */
  readonly rowIds: Uint32Array;
  readonly source: RowReader;
  readonly target: StepTarget | null;
}

export const crossFitOf = (step: StepDocument): CrossFitting | null => stepImplementation(step.type).crossFit ?? null;

/**
 * @param columns those of the step, and those that the steps before it need
 * @param before  what those have learnt
 */
export async function learnInFolds(
  step: StepDocument,
  columns: readonly ColumnDocument[],
  before: readonly FittedStep[],
  { rowIds, source, target }: FoldLearning,
): Promise<FoldedStep> {
  const config = configOf(step);
  const { learner: begin, passes } = crossFitOf(step) as CrossFitting;
  const partsOf = (groups: ColumnGroups): StepColumn[] => [...new Set(step.columns)].flatMap((name) => groups.get(name) ?? []);
  let learner = null as CrossLearner | null;
  for (let pass = 0; pass < passes(config); pass += 1) {
    let next = 0;
    if (pass > 0) learner?.again();
    await source.pieces(columns, (piece) => {
      const first = piece.rowIds[0] ?? 0;
      const start = next;
      while (next < rowIds.length && (rowIds[next] as number) < first + piece.rowCount) next += 1;
      if (next === start) return;
      const groups = takeRows(
        columnsOfTable(piece, columns),
        rowIds.subarray(start, next).map((id) => id - first),
      );
      applySteps(before, groups);
      const parts = partsOf(groups);
      learner ??= begin(parts.length, config, target);
      learner.add(parts);
    });
  }
  if (learner === null) throw new Error(`step '${step.type}' was given no rows`);
  const { fitted, folds } = learner.finish();
  return { done: fittedStep(step, fitted), folds, foldOf: learner.foldOf };
}

/** The step applied to some of the rows that it learnt from. @param places of the rows of `groups` among them */
export function applyFolded({ done, folds, foldOf }: FoldedStep, places: Uint32Array, groups: ColumnGroups): void {
  applyInFolds(
    done.step,
    folds,
    Int32Array.from(places, (place) => foldOf[place] as number),
    groups,
  );
}

/** Prepares training rows, each with what the folds that it is not in say. */
export class FoldedRows {
  private readonly steps: readonly FoldedStep[];
  private readonly pipeline: FittedPipeline;
  private readonly needs: DataNeeds;
  /** By the folds of a row: the same pipeline with what is left without them. */
  private readonly pipelines = new Map<string, FittedPipeline>();

  constructor(steps: readonly FoldedStep[], pipeline: FittedPipeline, inputs: DataNeeds["inputs"]) {
    this.steps = steps;
    this.pipeline = pipeline;
    this.needs = { inputs, outputs: [] };
  }

  /**
   * @param rows   of the piece, in any order
   * @param places of these rows among those that the steps learnt from
   */
  prepare(piece: Table, rows: Uint32Array, places: Uint32Array): Readonly<Record<string, Float32Array>> {
    const made: Record<string, Float32Array> = {};
    for (const [key, own] of this.byFolds(places)) {
      const part = takeTableRows(
        piece,
        own.map((i) => rows[i] as number),
      );
      const { inputs } = applyPipeline(part, this.pipelineOf(key, places[own[0] as number] as number), this.needs, { withTargets: false });
      for (const [id, { values, shape }] of Object.entries(inputs as Record<string, Rows>)) {
        const width = sizeOf(shape);
        made[id] ??= new Float32Array(rows.length * width);
        own.forEach((row, i) => made[id]?.set(values.subarray(i * width, (i + 1) * width), row * width));
      }
    }
    return made;
  }

  private byFolds(places: Uint32Array): Map<string, Uint32Array> {
    const found = new Map<string, number[]>();
    places.forEach((place, i) => {
      const key = this.steps.map(({ foldOf }) => foldOf[place]).join();
      const known = found.get(key);
      if (known === undefined) found.set(key, [i]);
      else known.push(i);
    });
    return new Map([...found].map(([key, own]) => [key, Uint32Array.from(own)]));
  }

  private pipelineOf(key: string, place: number): FittedPipeline {
    const known = this.pipelines.get(key);
    if (known !== undefined) return known;
    const steps = this.pipeline.steps.map((one) => {
      const folded = this.steps.find(({ done }) => done === one);
      return folded === undefined ? one : { step: one.step, fitted: folded.folds[folded.foldOf[place] as number] };
    });
    const made = { ...this.pipeline, steps };
    this.pipelines.set(key, made);
    return made;
  }
}
