import { expect, test } from "vitest";
import type { FittedPipeline } from "../data/prepared.ts";
import type { TargetEncoding } from "../data/rows.ts";
import { type PredictedOutput, predictionRows, targetRows } from "./predictions.ts";

function pipelineOf(
  targets: Readonly<Record<string, { encoding: TargetEncoding; columns?: string[]; classes?: string[] }>>,
): FittedPipeline {
  const layouts = Object.entries(targets).map(([id, { encoding, columns = [id], classes = [] }]) => [id, { encoding, columns, classes }]);
  return { columns: [], steps: [], features: [], targets: Object.fromEntries(layouts) };
}

const output = (nodeId: string, width: number, ...values: number[]): PredictedOutput => ({
  nodeId,
  name: nodeId,
  width,
  values: Float32Array.from(values),
});

const tableOf = (outputs: readonly PredictedOutput[], pipeline: FittedPipeline, rows: number): string[] =>
  [...predictionRows(outputs, pipeline, rows)].map((cells) => cells.join());

test("rows come in the order of the table, with all digits of a number", () => {
  const pipeline = pipelineOf({ price: { encoding: "value" } });
  expect(tableOf([output("price", 1, 3, 1.5, -0.1)], pipeline, 3)).toEqual(["prediction", "3", "1.5", String(Math.fround(-0.1))]);
});

test("two classes have both probabilities, and the second wins above a half only", () => {
  const pipeline = pipelineOf({ y: { encoding: "binary", classes: ["no", "yes"] } });
  expect(tableOf([output("y", 1, 0.25, 0.5, 0.75)], pipeline, 3)).toEqual([
    "prediction,probability_no,probability_yes",
    "no,0.75,0.25",
    "no,0.5,0.5",
    "yes,0.25,0.75",
  ]);
});

test("of several classes the likeliest is named, the first of two alike", () => {
  for (const encoding of ["class_index", "one_hot"] as const)
    expect(tableOf([output("y", 3, 0.25, 0.25, 0.5, 0.5, 0.5, 0)], pipelineOf({ y: { encoding, classes: ["a", "b", "c"] } }), 2)).toEqual([
      "prediction,probability_a,probability_b,probability_c",
      "c,0.25,0.25,0.5",
      "a,0.5,0.5,0",
    ]);
});

test("scores of hinge loss are signed and are no probabilities", () => {
  const classes = ["no", "yes"];
  expect(tableOf([output("y", 1, -2, 0.5)], pipelineOf({ y: { encoding: "sign", classes } }), 2)).toEqual([
    "prediction,score",
    "no,-2",
    "yes,0.5",
  ]);
});

test("several answers of one output, and several outputs, are told apart by their names", () => {
  const pipeline = pipelineOf({
    tags: { encoding: "multi_binary", columns: ["wet", "cold"], classes: ["0", "1"] },
    price: { encoding: "value" },
  });
  expect(tableOf([output("tags", 2, 0.75, 0.25), output("price", 1, 7)], pipeline, 1)).toEqual([
    "tags_prediction_wet,tags_probability_wet,tags_prediction_cold,tags_probability_cold,price_prediction",
    "1,0.75,0,0.25,7",
  ]);
});

test("an autoencoder has a column for every number that it rebuilds, as the network gives them, whatever its loss takes", () => {
  for (const encoding of ["value", "multi_binary"] as const) {
    const pipeline = pipelineOf({ picture: { encoding, columns: [] } });
    const rebuilt = output("picture", 3, 0.25, 0.5, 0.75, 1, 0, 0.125);
    const table = ["prediction_0,prediction_1,prediction_2", "0.25,0.5,0.75", "1,0,0.125"];
    expect(tableOf([rebuilt], pipeline, 2)).toEqual(table);
    expect([...targetRows([rebuilt], pipeline, 2)].map((cells) => cells.join())).toEqual(table);
  }
});
