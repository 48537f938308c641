import { expect, test } from "vitest";
import { layerDefinition, layerTypes } from "../layers/registry.ts";
import { optimizerDefinitions } from "../optimizers/definitions.ts";
import { scheduleDefinitions } from "../schedules/definitions.ts";
import type { Schema } from "../schema/fields.ts";
import { earlyStoppingSchema, trainingSchema } from "../spec/training.ts";
import { choiceWord } from "./choice-words.ts";

test("every choice that a form offers has words in both languages, different ones for different values", () => {
  const schemas: readonly (readonly [string, Schema])[] = [
    ...layerTypes.map((type) => [type, layerDefinition(type)?.schema ?? {}] as const),
    ...Object.entries({ ...optimizerDefinitions, ...scheduleDefinitions }).map(([name, { schema }]) => [name, schema as Schema] as const),
    ["training", trainingSchema],
    ["early stopping", earlyStoppingSchema],
  ];
  const wanting = schemas.flatMap(([owner, schema]) =>
    Object.entries(schema).flatMap(([option, field]) => {
      if (field.kind !== "choice") return [];
      return (["en", "zh"] as const).flatMap((language) => {
        const words = field.values.map((value) => choiceWord(option, value, language));
        return words.includes(null) || new Set(words).size < words.length ? [`${owner}.${option} ${language}: ${words.join(", ")}`] : [];
      });
    }),
  );
  expect(wanting).toEqual([]);
});

test.each([
  ["optimizer", "gradient_descent", "en", "Gradient descent"],
  ["optimizer.type", "sgd", "en", "SGD"],
  ["loss", "mse", "zh", "均方误差"],
  ["activation", "relu", "en", "ReLU"],
  ["kernel_initializer", "he_normal", "zh", "He 正态"],
  ["bias_constraint", "non_neg", "en", "Not negative"],
  ["early_stopping.monitor", "val_loss", "en", "Validation loss"],
  ["recurrent_activation", "hard_sigmoid", "en", "Hard sigmoid"],
] as const)("%s %s has a word in %s", (option, value, language, word) => {
  expect(choiceWord(option, value, language)).toContain(word);
});

test("what this version does not know, and what names nothing, has none", () => {
  expect(choiceWord("optimizer", "of_a_later_version", "en")).toBeNull();
  expect(choiceWord("optimizer", "constructor", "en")).toBeNull();
  expect(choiceWord("padding", "relu", "en")).toBeNull();
  expect(choiceWord("units", "relu", "en")).toBeNull();
  expect(choiceWord("toString", "relu", "en")).toBeNull();
  expect(choiceWord("loss", 3, "en")).toBeNull();
});
