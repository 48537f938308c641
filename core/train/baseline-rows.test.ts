import { expect, it } from "vitest";
import { baselineDefinitions } from "../baselines/definitions.ts";
import { prepare } from "../data/prepare.ts";
import { category, design, needs, table } from "../data/small-tables.test-support.ts";
import { defaultsOf } from "../schema/validate.ts";
import { stepDefinition } from "../steps/definitions.ts";
import { askedOutputs } from "./baseline-rows.ts";

/** Baselines that are offered for texts of which a row of steps made numbers. */
function offeredAfter(...given: (readonly [type: string, config?: object])[]): string[] {
  const texts = ["free prize now", "see you at noon", "prize for you", "at noon then", "free now", "see you then"];
  const steps = given.map(([type, config]) => ({ type, columns: ["said"], ...defaultsOf(stepDefinition(type).schema), ...config }));
  const rows = table({ kind: "text", name: "said", values: texts }, category("kind", ["spam", "ham", "spam", "ham", "spam", "ham"]));
  const data = design({ columns: { said: "text", kind: "categorical!" }, steps });
  const { pipeline, training } = prepare(rows, data, needs(["binary"], 1), 0);
  const output = { layer: { id: "out", name: "out", shape: [1] }, fromColumns: true } as never;
  const task = askedOutputs(pipeline, training, [output])[0]?.tasks[0];
  if (task === undefined) throw new Error("no baseline answers");
  return Object.values(baselineDefinitions)
    .filter(({ appliesTo }) => appliesTo(task))
    .map(({ name }) => name)
    .sort();
}

it("counted words are given to naive Bayes, and not to what asks one number after the other", () => {
  expect(offeredAfter(["bag_of_words"])).toEqual(["logistic_regression", "majority_or_mean", "naive_bayes"]);
});

it("words by their numbers, and what was made of counts, are ordinary numbers", () => {
  const forNumbers = ["decision_tree", "logistic_regression", "majority_or_mean", "nearest_neighbours", "random_forest"];
  expect(offeredAfter(["token_sequence"])).toEqual(forNumbers);
  expect(offeredAfter(["bag_of_words"], ["truncated_svd", { components: 2 }])).toEqual(forNumbers);
});
