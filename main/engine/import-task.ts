/** What a worker makes of a file that becomes a project: a design or a model, of ours or of another tool. */
import { readFileSync } from "node:fs";
import { type SampledStep, sampledSteps } from "../../core/data/learnt-samples.ts";
import { AppError } from "../../core/errors.ts";
import { MODEL_FORMAT, type ModelFile } from "../../core/export/json/format.ts";
import { readModel } from "../../core/export/json/model-json.ts";
import { DESIGN_FORMAT, type DesignDocument } from "../../core/graph/document.ts";
import { readDesign } from "../../core/graph/migrate.ts";
import { isForeignModel, readForeignModel } from "../../core/import/read-foreign.ts";
import { openPredictor } from "../host/exports/trained-model.ts";
import { modelOfForeign } from "../host/projects/foreign-model.ts";
import { bytesOfText } from "./model-bytes.ts";

export interface ImportTask {
  readonly kind: "read_import";
  readonly path: string;
  /** Files that belong to it, by the names under which it speaks of them. */
  readonly parts: readonly { readonly name: string; readonly path: string }[];
}

/** A model whose network predicts the rows that lie in its file as it did. */
export interface ReadModel extends Pick<ModelFile, "training" | "result" | "engine_version"> {
  readonly file: Uint8Array;
  /** Of the rows that it learnt from. */
  readonly fingerprint: string;
  readonly sampledSteps: readonly SampledStep[];
}

export interface ImportAnswer {
  readonly kind: "import_read";
  readonly design: DesignDocument;
  /** Null: without weights. */
  readonly model: ReadModel | null;
  /** Of another tool: what was left out of its model, as `layer: option`. Null: ours. */
  readonly foreign: { readonly leftOut: readonly string[] } | null;
}

/**
 * @param tell which step is done: the file is read; that of another tool is made one of ours; its weights are read
 * @throws AppError import.*, model.*, design.*, file errors
 */
export function answerOfImport({ path, parts }: ImportTask, tell: (step: 1 | 2 | 3) => void): ImportAnswer {
  const text = readFileSync(path, "utf8");
  tell(1);
  if (text.slice(0, 4096).includes(MODEL_FORMAT)) return { kind: "import_read", ...modelRead(text, () => tell(3)), foreign: null };
  if (isForeignModel(text)) {
    const found = readForeignModel(text, new Map(parts.map((part) => [part.name, new Uint8Array(readFileSync(part.path))])));
    tell(2);
    const read = found.weights === null ? { design: found.design, model: null } : modelRead(modelOfForeign(found), () => tell(3));
    return { kind: "import_read", ...read, foreign: { leftOut: found.leftOut } };
  }
  if (text.trimStart().startsWith("{") && !text.includes(DESIGN_FORMAT)) throw new AppError("import.neither_known");
  return { kind: "import_read", design: readDesign(text), model: null, foreign: null };
}

function modelRead(text: string, onRead: () => void): Pick<ImportAnswer, "design"> & { readonly model: ReadModel } {
  const model = readModel(text);
  onRead();
  // Reading the weights into a network and predicting the stored rows proves that the file is whole.
  openPredictor(model).check();
  const { training, result, engine_version } = model;
  const fingerprint = model.design.data?.row_choices?.fingerprint ?? result.data_fingerprint;
  const read = { file: bytesOfText(text), training, result, engine_version, fingerprint, sampledSteps: sampledSteps(model.preprocessing) };
  return { design: readDesign(model.design), model: read };
}
