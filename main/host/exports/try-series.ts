/** A run of a series tried out: a window of its data to start from, and what it says of the rows that follow (said-series.ts). */
import { isEnsemble } from "../../../core/ensembles/ensemble.ts";
import { AppError } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { Store } from "../../store/store.ts";
import type { AskedModels, AskedSeries } from "./asked-model.ts";
import type { TriedSeries } from "./said-series.ts";

export function trySeriesHandlers(o: {
  readonly store: Store;
  readonly asked: AskedModels;
  readonly tablePath: (datasetId: string) => Promise<string>;
}): Pick<HostHandlers, "runs.window" | "runs.forecast"> {
  const { store, asked, tablePath } = o;
  const opened = async (id: string): Promise<{ readonly model: AskedSeries; readonly series: TriedSeries }> => {
    const run = store.getRun(id);
    const { data } = store.runDesign(id);
    const model = await asked.openSeries(id);
    if (data === null) throw new AppError("run.no_series", { name: run.name });
    if (run.dataset_id === null) throw new AppError("run.no_dataset", { name: run.name });
    return { model, series: { path: await tablePath(run.dataset_id), data, length: model.length } };
  };
  return {
    "runs.window": async ({ id, end }) => {
      const { model, series } = await opened(id);
      return model.window(series, end);
    },
    "runs.forecast": async ({ id, end, changes, ahead, effects }) => {
      const { model, series } = await opened(id);
      // Of an ensemble each member has its own effects: they are asked of the members.
      return model.forecast({ series, end, changes, ahead, effects: effects && !isEnsemble(store.getRun(id)) });
    },
  };
}
