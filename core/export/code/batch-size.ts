/** The batch size of a script's `train`: a number, or all rows where the optimizer takes them together. */
import { type TrainingOptions, takesAllRows } from "../../spec/training.ts";

type Batch = Pick<TrainingOptions, "optimizer" | "batch_size">;

/** What its argument is unless the caller says otherwise. */
export const batchArgument = ({ optimizer, batch_size }: Batch): string => (takesAllRows(optimizer.type) ? "None" : String(batch_size));

/** Behind the line that sets `count`: what an argument that was left out means. */
export const batchLines = ({ optimizer }: Batch): readonly string[] =>
  takesAllRows(optimizer.type) ? ["batch_size = batch_size or count"] : [];
