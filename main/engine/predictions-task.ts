/** What a worker does with a whole stored table that a model is asked about: its answers row by row, and files of them. */
import type { Table } from "../../core/data/table.ts";
import { columnsToRead } from "../../core/data/windows.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { readTraining } from "../../core/spec/training.ts";
import { Predictor } from "../../core/train/model.ts";
import type { PredictedRows } from "../../core/train/predicted-rows.ts";
import { storedCells } from "../host/datasets/load-table.ts";
import { writeEnsemblePredictions, writeOutOfBag } from "../host/ensembles/ensemble-predictions.ts";
import { writePredictions } from "../host/exports/write-predictions.ts";
import { type StoredColumns, targetColumnOf } from "./rows-task.ts";

/** The members of an ensemble about all rows, which need no truth; each prepares them in its own way. */
interface AnswersTask extends AskedTable {
  readonly kind: "answers_of_table";
  /** Texts of the model files. */
  readonly models: readonly string[];
}

interface AskedTable {
  /** Of the stored table. */
  readonly path: string;
  readonly threads: number;
}

interface WrittenFile {
  /** Columns of the stored table that name the rows. */
  readonly idColumns: readonly string[];
  readonly out: string;
}

interface WritePredictionsTask extends AskedTable, WrittenFile {
  readonly kind: "write_predictions";
  /** Text of the model file. */
  readonly model: string;
  readonly asTarget: boolean;
}

interface WriteAnswersTask extends WrittenFile {
  readonly kind: "write_answers";
  readonly path: string;
  readonly rows: PredictedRows;
}

interface WriteOutOfBagTask {
  readonly kind: "write_out_of_bag";
  readonly rows: PredictedRows;
  /** Members that did not draw the row. */
  readonly judges: ArrayLike<number>;
  /** Text of a member's file: it knows the column that holds what is predicted. */
  readonly model: string | null;
  readonly out: string;
}

export type PredictionsTask = AnswersTask | WritePredictionsTask | WriteAnswersTask | WriteOutOfBagTask;

export type PredictionsAnswer =
  | { readonly kind: "answers_of_table"; readonly asked: readonly PredictedRows[] }
  | { readonly kind: "written"; readonly rows: number };

const KINDS: Readonly<Record<PredictionsTask["kind"], true>> = {
  answers_of_table: true,
  write_predictions: true,
  write_answers: true,
  write_out_of_bag: true,
};

export const isPredictionsTask = (task: { readonly kind: string }): task is PredictionsTask => Object.hasOwn(KINDS, task.kind);

interface PredictionsSurroundings {
  readonly loadTable: (reads: StoredColumns) => Promise<Table>;
  readonly openBackend: (arithmetic: "fast" | "reproducible", threads: number) => KernelBackend & { close?(): void };
  /** Tells of so many rows. */
  readonly rowsDone: (total: number) => (done: number) => void;
}

/** @throws AppError model.*, data.* */
export async function answerOfPredictions(task: PredictionsTask, around: PredictionsSurroundings): Promise<PredictionsAnswer> {
  switch (task.kind) {
    case "answers_of_table": {
      const { models, path, threads } = task;
      const asked: PredictedRows[] = [];
      // One after the other: each takes all threads, and one model at a time is held.
      for (const [place, model] of models.entries()) {
        const { predictor, table, close } = await opened({ model, path, threads }, around);
        const tell = around.rowsDone(models.length * table.rowCount);
        asked.push(predictor.answersOf(predictor.prepare(table, false), (done) => tell(place * table.rowCount + done)));
        close();
      }
      return { kind: "answers_of_table", asked };
    }
    case "write_predictions": {
      const { predictor, table } = await opened(task, around);
      const { idColumns, asTarget, path, out } = task;
      const idRows = await storedCells(path, idColumns);
      const onRows = around.rowsDone(table.rowCount);
      return { kind: "written", rows: await writePredictions({ predictor, table, idColumns, idRows, path: out, asTarget, onRows }) };
    }
    case "write_answers": {
      const { rows, idColumns, path, out } = task;
      const idRows = await storedCells(path, idColumns);
      return { kind: "written", rows: await writeEnsemblePredictions({ rows, idColumns, idRows, path: out }) };
    }
    case "write_out_of_bag": {
      const { rows, judges, model, out } = task;
      const target = model === null ? null : targetColumnOf(model, rows.nodeId, around.openBackend);
      return { kind: "written", rows: await writeOutOfBag({ rows, judges, target: target ?? rows.name, path: out }) };
    }
    default:
      return task satisfies never;
  }
}

async function opened(
  { model, path, threads }: AskedTable & { readonly model: string },
  { loadTable, openBackend }: PredictionsSurroundings,
) {
  const file = readModel(model);
  const backend = openBackend(readTraining(file.training).arithmetic, threads);
  const predictor = new Predictor(file, backend);
  const table = await loadTable({ path, columns: columnsToRead(predictor.pipeline) });
  return { predictor, table, close: () => backend.close?.() };
}
