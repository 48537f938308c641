/** From a job to what a network trains on: the data set is read and prepared, and other threads bring ahead what the engine should not wait for. */
import { columnsToRead } from "../../core/data/windows.ts";
import { readTraining } from "../../core/spec/training.ts";
import { prepareDesign } from "../../core/train/prepare-design.ts";
import { loadTable } from "../host/datasets/load-table.ts";
import type { Feeders } from "./feeders.ts";
import type { TrainingJob } from "./messages.ts";
import type { JobData } from "./trainer.ts";

/** @throws AppError data.*, design.* or config.* */
export async function prepareJob({ design, table: { path }, threads }: TrainingJob, feeders: Feeders): Promise<JobData> {
  const table = await loadTable(path, columnsToRead(design.data));
  const prepared = feeders.feedPictures(prepareDesign(design, table), readTraining(design.train), threads);
  return { prepared, table };
}
