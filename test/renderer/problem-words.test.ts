import { expect, test } from "vitest";
import { activationDefinitions } from "../../core/activations/definitions.ts";
import { fixesOf } from "../../core/graph/problem.ts";
import { paramsInWords } from "../../core/graph/problem-words.ts";
import { lossDefinitions } from "../../core/losses/definitions.ts";
import { errorText } from "../../renderer/ui/error-text.ts";
import { design } from "../graph/designs.ts";
import { allProblems } from "../graph/problems.ts";

test("values are said as the boxes say them; names of people and what is not known stay", () => {
  const params = { name: "relu", activation: "relu", first_activation: "gelu_tanh", loss: "mse", count: 8, expected: "sigmoid" };
  expect(paramsInWords(params, "en")).toEqual({
    ...params,
    activation: "ReLU",
    first_activation: "GELU (tanh)",
    loss: "Mean squared error",
  });
  expect(paramsInWords({ activation: "of_tomorrow", loss: "mse" }, "zh")).toEqual({ activation: "of_tomorrow", loss: "均方误差" });
  expect(paramsInWords({ option: "kernel_initializer", value: "zeros" }, "en")).toEqual({ option: "Kernel initializer", value: "Zeros" });
  expect(paramsInWords({ option: "use_bias", value: "false" }, "en")).toEqual({ option: "Use bias", value: "off" });
  expect(paramsInWords({ option: "use_bias", value: "true" }, "zh")).toMatchObject({ value: "开" });
  expect(paramsInWords({ option: "noise", value: 3 }, "en")).toEqual({ option: "noise", value: 3 });
});

test("no sentence about an activation or a loss names an identifier with an underscore or in small letters that its box writes otherwise", () => {
  const IN = ["input", { shape: [4] }] as const;
  const wrong = [
    design("in > a > b > out", {
      in: IN,
      a: ["dense", { activation: "relu" }],
      b: ["dense", { units: 3, activation: "softmax" }],
      out: ["output", { loss: "mse" }],
    }),
    design("in > a > b > out", {
      in: IN,
      a: ["dense"],
      b: ["dense", { units: 1, activation: "softmax" }],
      out: ["output", { loss: "binary_crossentropy" }],
    }),
    design("in > a > b > out", {
      in: IN,
      a: ["dense", { activation: "relu" }],
      b: ["activation", { activation: "softmax" }],
      out: ["output", { loss: "categorical_crossentropy" }],
    }),
    design("in > a > b > out", {
      in: ["input", { shape: [4, 2] }],
      a: ["lstm", { activation: "relu" }],
      b: ["dense", { kernel_initializer: "zeros" }],
      out: ["output"],
    }),
  ];
  const identifiers = [...Object.keys(activationDefinitions), ...Object.keys(lossDefinitions)].filter(
    (name) => name.includes("_") || name === "relu" || name === "mse",
  );
  const said = wrong
    .flatMap((one) => allProblems(one))
    .flatMap((problem) => [problem.error, ...fixesOf(problem).map(({ code, params }) => ({ code, params }))]);
  expect(said.length).toBeGreaterThan(8);
  for (const language of ["en", "zh"] as const)
    for (const error of said) {
      const words = errorText(error, language);
      for (const name of identifiers) expect(words.split(/[^\w]+/), words).not.toContain(name);
    }
});
