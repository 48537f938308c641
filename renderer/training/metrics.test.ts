import { describe, expect, test } from "vitest";
import { curveName, figureTexts, higherIsBetter, kindOfMetric, metricOfCurve, metricsOfCurves, sortedFigures } from "./metrics.ts";

describe("names of curves", () => {
  test("training, validation and batches of a metric belong together", () => {
    expect(metricsOfCurves(["batch_loss", "loss", "val_loss", "val_accuracy", "accuracy"])).toEqual(["loss", "accuracy"]);
    expect(metricOfCurve("val_loss")).toEqual({ metric: "loss", part: "validation" });
    expect(metricOfCurve("batch_loss")).toEqual({ metric: "loss", part: "batch" });
  });

  test("what lies between the ends of epochs belongs to its metric too", () => {
    expect(metricsOfCurves(["batch_val_auc", "batch_accuracy", "learning_rate"])).toEqual(["accuracy", "auc"]);
    for (const name of ["batch_loss", "batch_accuracy", "batch_val_loss", "batch_val_price_r2", "val_price_r2", "price_r2"]) {
      const { metric, part } = metricOfCurve(name);
      expect(curveName(metric, part)).toBe(name);
    }
    expect(metricOfCurve("batch_val_loss")).toEqual({ metric: "loss", part: "check" });
  });

  test("the loss comes first, unknown metrics last", () => {
    expect(metricsOfCurves(["zeta", "val_auc", "accuracy", "loss", "alpha"])).toEqual(["loss", "accuracy", "auc", "alpha", "zeta"]);
  });

  test("the way that is better is known, of several outputs too", () => {
    expect(["val_accuracy", "price_r2", "val_auc"].map(higherIsBetter)).toEqual([true, true, true]);
    expect(["loss", "val_loss", "mae", "val_price_rmse"].map(higherIsBetter)).toEqual([false, false, false, false]);
  });

  test("a figure of one of several outputs is known by the longest name that it ends with", () => {
    expect(["out_f1_macro", "price_log_loss", "price_loss", "house_average_precision"].map(kindOfMetric)).toEqual([
      "f1_macro",
      "log_loss",
      "loss",
      "average_precision",
    ]);
    expect(figureTexts("f1_macro")?.zh).toContain("F1");
    expect(figureTexts("loss")).toBeNull();
  });

  test("tables show validation before training", () => {
    expect(sortedFigures(["accuracy", "loss", "val_accuracy", "val_loss"])).toEqual(["val_loss", "loss", "val_accuracy", "accuracy"]);
  });
});
