/** What a worker does with a whole stored table that a model is asked about: its answers row by row, and files of them. */
import { Predictor } from "../../core/train/model.ts";
import type { PredictedRows } from "../../core/train/predicted-rows.ts";
import { cellsOfRows } from "../host/datasets/load-table.ts";
import { writeEnsemblePredictions, writeOutOfBag } from "../host/ensembles/ensemble-predictions.ts";
import { writePredictions } from "../host/exports/write-predictions.ts";
import { modelOfBytes } from "./model-bytes.ts";
import { PartOpener, type PartSurroundings } from "./open-part.ts";

/** The members of an ensemble about all rows, which need no truth; each prepares them in its own way. */
interface AnswersTask extends AskedTable {
  readonly kind: "answers_of_table";
  /** The model files. */
  readonly models: readonly Uint8Array[];
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
  /** The model file. */
  readonly model: Uint8Array;
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
  /** A member's file: it knows the column that holds what is predicted. */
  readonly model: Uint8Array | null;
  readonly out: string;
}

export type PredictionsTask = AnswersTask | WritePredictionsTask | WriteAnswersTask | WriteOutOfBagTask;

export type PredictionsAnswer =
  | { readonly kind: "answers_of_table"; readonly asked: readonly PredictedRows[] }
  | {
      readonly kind: "written";
      readonly rows: number /** Left out: they have no time. */;
      readonly undated?: number /** Of new nodes, to nodes that the graph does not have. */;
      readonly unknownLinks?: number;
    };

const KINDS: Readonly<Record<PredictionsTask["kind"], true>> = {
  answers_of_table: true,
  write_predictions: true,
  write_answers: true,
  write_out_of_bag: true,
};

export const isPredictionsTask = (task: { readonly kind: string }): task is PredictionsTask => Object.hasOwn(KINDS, task.kind);

interface PredictionsSurroundings extends PartSurroundings {
  /** Tells of so many rows. */
  readonly rowsDone: (total: number) => (done: number) => void;
}

/** @throws AppError model.*, data.* */
export async function answerOfPredictions(task: PredictionsTask, around: PredictionsSurroundings): Promise<PredictionsAnswer> {
  switch (task.kind) {
    case "answers_of_table":
      return { kind: "answers_of_table", asked: await answersOfTable(task, around) };
    case "write_predictions": {
      const opener = new PartOpener(task.path, task.threads, around);
      try {
        const { predictor, part } = await opener.openAll(task.model);
        const { idColumns, asTarget, path, out } = task;
        const readIds = (rows: Uint32Array) => cellsOfRows(path, idColumns, rows);
        const onRows = around.rowsDone(part.rowCount);
        const rows = await writePredictions({ predictor, part, idColumns, readIds, path: out, asTarget, onRows });
        const unknownLinks = part.graphRows?.unknownLinks;
        return {
          kind: "written",
          rows,
          ...(part.undatedRows === undefined ? {} : { undated: part.undatedRows }),
          ...(unknownLinks === undefined ? {} : { unknownLinks }),
        };
      } finally {
        await opener.close();
      }
    }
    case "write_answers": {
      const { rows, idColumns, path, out } = task;
      const readIds = (ids: Uint32Array) => cellsOfRows(path, idColumns, ids);
      return { kind: "written", rows: await writeEnsemblePredictions({ rows, idColumns, readIds, path: out }) };
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

/** One after the other: each takes all threads, and one model at a time is held. */
async function answersOfTable({ models, path, threads }: AnswersTask, around: PredictionsSurroundings): Promise<PredictedRows[]> {
  const asked: PredictedRows[] = [];
  const opener = new PartOpener(path, threads, around);
  try {
    for (const [place, model] of models.entries()) {
      const { predictor, part } = await opener.openAll(model);
      const tell = around.rowsDone(models.length * part.rowCount);
      asked.push(predictor.answersOf(part, null, (done) => tell(place * part.rowCount + done)));
    }
    return asked;
  } finally {
    await opener.close();
  }
}

/** @param nodeId of an output, null: the first. @returns null where it is predicted from several columns, or from none */
function targetColumnOf(model: Uint8Array, nodeId: string | null, openBackend: PredictionsSurroundings["openBackend"]): string | null {
  const predictor = new Predictor(modelOfBytes(model), openBackend("reproducible", 1));
  const asked = nodeId ?? predictor.outputs[0]?.layer.id;
  return asked === undefined ? null : predictor.targetColumn(asked);
}
