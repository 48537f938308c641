/** Evaluations of runs: JSON that the contract describes, one for each part of the data. */
import { AppError } from "../../../core/errors.ts";
import { evaluationSchema } from "../../../core/protocol/contract/runs.ts";
import type { EvaluationStore, StoreSources } from "../store.ts";
import type { Connection } from "./connection.ts";
import { readJson } from "./json-column.ts";

export function evaluationStore(connection: Connection, { now }: StoreSources): EvaluationStore {
  return {
    saveEvaluation: (runId, part, evaluation) =>
      connection.write(() => {
        if (connection.first("SELECT 1 FROM runs WHERE id = ?", runId) === undefined) throw new AppError("run.not_found", { id: runId });
        connection.run(
          `INSERT INTO evaluations (run_id, part, evaluation_json, created_at) VALUES (?, ?, ?, ?)
           ON CONFLICT (run_id, part) DO UPDATE SET evaluation_json = excluded.evaluation_json, created_at = excluded.created_at`,
          runId,
          part,
          JSON.stringify(evaluation),
          now(),
        );
      }),

    loadEvaluation: (runId, part) =>
      connection.read(() => {
        const row = connection.first<{ evaluation_json: string }>(
          "SELECT evaluation_json FROM evaluations WHERE run_id = ? AND part = ?",
          runId,
          part,
        );
        if (row === undefined) return null;
        return readJson(connection, evaluationSchema, row.evaluation_json, { table: "evaluations", row: `${runId} ${part}` });
      }),
  };
}
