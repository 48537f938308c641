/** How many rows a step of training takes, as far as design and data say. */
import { mostTrainingRows } from "../../core/checks/data-facts.ts";
import { batchRowsOf } from "../../core/checks/training-options.ts";
import { trainingSchema } from "../../core/spec/training.ts";
import { useDataset } from "./dataset.ts";
import { useDocument } from "./document.ts";

export function useBatchRows(): number {
  const rowCount = useDataset((state) => state.profile?.dataset.row_count);
  return useDocument(({ design }) => {
    const trainingRows = mostTrainingRows(design?.data ?? null, rowCount === undefined ? null : { rows: rowCount });
    return (design === null ? null : batchRowsOf(design, trainingRows ?? 1)) ?? trainingSchema.batch_size.default;
  });
}
