/** Issue 4: the house prices of Ames with 79 columns and the template network; over five folds the mean RMSLE must be at most 0.15, and test.csv gives a submission. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../run/command.ts";
import type { AcceptanceRun, Figure } from "./acceptance.ts";
import type { CommandLine } from "./command-line.ts";

const TRAIN = "house_prices/train.csv";
const TEST = "house_prices/test.csv";
const TEMPLATE = join(REPOSITORY, "resources/templates/house-prices.json");
const ASKED = 0.15;

const cellsOf = (text: string): string[][] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split(","));

/** Root of the mean squared difference of logarithms, a fold at a time, from the out-of-fold predictions. */
function rmsleOfFolds(text: string): number[] {
  const [header = [], ...rows] = cellsOf(text);
  const at = (row: readonly string[], name: string): number => Number(row[header.indexOf(name)]);
  const squares = new Map<number, number[]>();
  for (const row of rows) {
    const off = Math.log1p(at(row, "prediction")) - Math.log1p(at(row, "SalePrice"));
    squares.set(at(row, "fold"), [...(squares.get(at(row, "fold")) ?? []), off * off]);
  }
  return [...squares.values()].map((own) => Math.sqrt(own.reduce((sum, square) => sum + square, 0) / own.length));
}

async function folds(neuroloom: CommandLine, count: number, ...more: string[]): Promise<number[]> {
  const out = join(neuroloom.folder, `folds-${count}`);
  await neuroloom.call("train", TEMPLATE, "--data", neuroloom.data(TRAIN), "--folds", String(count), "--seed", "1", "--out", out, ...more);
  return rmsleOfFolds(readFileSync(join(out, "out-of-fold.csv"), "utf8"));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Rows of a submission that are whole: an Id of the test file and a price, under these two names. */
async function submission(neuroloom: CommandLine): Promise<Figure[]> {
  const out = join(neuroloom.folder, "whole");
  const file = join(neuroloom.folder, "submission.csv");
  await neuroloom.call("train", TEMPLATE, "--data", neuroloom.data(TRAIN), "--seed", "1", "--out", out);
  await neuroloom.call("predict", join(out, "model.json"), "--data", neuroloom.data(TEST), "--id", "Id", "--as-target", "--out", file);
  const [header = [], ...rows] = cellsOf(readFileSync(file, "utf8"));
  const whole = rows.filter(([id, price], place) => Number(id) === 1461 + place && Number(price) > 10_000 && Number(price) < 2_000_000);
  return [
    { what: "columns of the submission that are Id and SalePrice", reached: header.join() === "Id,SalePrice" ? 2 : 0, atLeast: 2 },
    { what: "rows of the submission with an Id of test.csv and a price", reached: whole.length, atLeast: 1459 },
  ];
}

export default {
  name: "house_prices",
  about:
    "1,460 houses with 79 columns, the template network on the logarithm of the price; RMSLE over five folds, and a submission for test.csv.",
  data: [TRAIN, TEST],
  measure: async (neuroloom) => {
    const found = await folds(neuroloom, 5);
    return [
      { what: "mean RMSLE over 5 folds", reached: mean(found), atMost: ASKED },
      { what: "RMSLE of the worst fold", reached: Math.max(...found) },
      ...(await submission(neuroloom)),
    ];
  },
  measureSmall: async (neuroloom) => {
    const found = await folds(neuroloom, 2, "--epochs", "25");
    return [
      { what: "mean RMSLE over 2 folds, 25 epochs", reached: mean(found), atMost: 0.21 },
      { what: "folds", reached: found.length, atLeast: 2 },
    ];
  },
} satisfies AcceptanceRun;
