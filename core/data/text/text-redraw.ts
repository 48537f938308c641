/**
 * Changed copies of texts, drawn anew in every epoch: the copies go through the fitted steps again, and their numbers are written where the
 * last ones lay. What is drawn hangs on seed, epoch and row alone, so that a resumed run sees the same; the first epoch's are those that
 * the preparation made.
 */
import { sizeOf } from "../../ir/tensor.ts";
import type { DataNeeds } from "../data-needs.ts";
import { inputRows } from "../inputs.ts";
import type { FittedStep } from "../pipeline.ts";
import { applySteps } from "../pipeline.ts";
import type { Rows } from "../rows.ts";
import type { TextCopies } from "./augment-texts.ts";

export interface RedrawnInput {
  readonly needs: DataNeeds["inputs"][number];
  readonly columns: readonly string[];
}

export class TextRedraw {
  private readonly copies: TextCopies;
  private readonly steps: readonly FittedStep[];
  private readonly inputs: readonly RedrawnInput[];
  private readonly rowIds: Uint32Array;
  private drawn = 1;

  /** @param rowIds of all rows of the part, the copies among them */
  constructor(copies: TextCopies, steps: readonly FittedStep[], inputs: readonly RedrawnInput[], rowIds: Uint32Array) {
    this.copies = copies;
    this.steps = steps;
    this.inputs = inputs;
    this.rowIds = rowIds;
  }

  /**
   * Puts the copies of an epoch into the rows of the part; nothing where they are there.
   * @param epoch from 1
   * @param into  inputs of the training part, by node id
   */
  forEpoch(epoch: number, into: Readonly<Record<string, Rows>>): void {
    if (epoch === this.drawn) return;
    this.drawn = epoch;
    const { groups, places } = this.copies.drawnAgain(epoch);
    applySteps(this.steps, groups);
    const rowIds = places.map((place) => this.rowIds[place] as number);
    for (const { needs, columns } of this.inputs) {
      const rows = into[needs.nodeId] as Rows;
      // Pictures that rows share hang on no text.
      if (rows.places !== undefined) continue;
      const { values } = inputRows(needs, columns, groups, rowIds);
      const width = sizeOf(rows.shape);
      places.forEach((place, i) => rows.values.set(values.subarray(i * width, (i + 1) * width), place * width));
    }
  }
}
