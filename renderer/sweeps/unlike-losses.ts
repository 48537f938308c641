/** Losses that are not comparable: of runs whose losses measure different things. Pure. */
import { readFigureName } from "../../core/metrics/figure-names.ts";
import type { Dimension } from "../../core/sweeps/plan.ts";

/** Options of an output that change what its loss measures. */
export const OF_THE_LOSS: ReadonlySet<string> = new Set(["loss", "loss_weight", "label_smoothing"]);

export const isLoss = (figure: string): boolean => readFigureName(figure.replace(/^val_/, "")).figure === "loss";

/** Whether a search is judged by a loss that it changes itself. */
export const hasUnlikeLosses = (monitor: string, dimensions: readonly Pick<Dimension, "target">[]): boolean =>
  isLoss(monitor) && dimensions.some(({ target }) => target.of === "layer" && OF_THE_LOSS.has(target.option));
