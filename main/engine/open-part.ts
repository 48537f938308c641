/** A model with a part of the rows, prepared as its training prepared them. */
import { chooseRows } from "../../core/data/filter/choose-rows.ts";
import type { PreparedPart } from "../../core/data/prepared.ts";
import type { Table } from "../../core/data/table.ts";
import { AppError } from "../../core/errors.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Predictor } from "../../core/train/model.ts";
import { prepareDesign } from "../../core/train/prepare-design.ts";

export interface AskedPart {
  /** Text of the model file. */
  readonly model: string;
  readonly design: DesignDocument;
  /** A part of the rows as training split them, or all of them. */
  readonly part: "training" | "validation" | "test" | "out_of_bag" | "all";
}

export interface OpenPart {
  readonly predictor: Predictor;
  readonly part: PreparedPart;
  /** Of a bag: different training rows that it drew, and those it did not. */
  readonly bag: { readonly drawn: number; readonly left: number } | null;
}

/** @throws AppError run.no_test_rows, model.*, data.* */
export function openPart(asked: AskedPart, table: Table, openBackend: (arithmetic: "fast" | "reproducible") => KernelBackend): OpenPart {
  const model = readModel(asked.model);
  const predictor = new Predictor(model, openBackend(readTraining(model.training).arithmetic));
  if (asked.part === "all") return { predictor, part: predictor.prepare(chooseRows(table, asked.design.data ?? {}), true), bag: null };
  const { prepared } = prepareDesign(asked.design, table);
  const part = prepared[asked.part];
  if (part === undefined) throw new AppError("run.no_test_rows");
  const { out_of_bag: left, training } = prepared;
  const bag = left === undefined ? null : { drawn: new Set(training.rowIds).size, left: left.rowCount };
  return { predictor, part, bag };
}
