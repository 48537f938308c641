import { expect, test } from "vitest";
import { choiceWord } from "./choice-words.ts";

test.each([
  ["optimizer", "gradient_descent", "en", "Gradient descent"],
  ["optimizer.type", "sgd", "en", "SGD"],
  ["loss", "mse", "zh", "均方误差"],
  ["activation", "relu", "en", "ReLU"],
  ["recurrent_activation", "hard_sigmoid", "en", "Hard sigmoid"],
] as const)("%s %s has a word in %s", (option, value, language, word) => {
  expect(choiceWord(option, value, language)).toContain(word);
});

test("what this version does not know, and what names nothing, has none", () => {
  expect(choiceWord("optimizer", "of_a_later_version", "en")).toBeNull();
  expect(choiceWord("optimizer", "constructor", "en")).toBeNull();
  expect(choiceWord("padding", "relu", "en")).toBeNull();
  expect(choiceWord("toString", "relu", "en")).toBeNull();
  expect(choiceWord("loss", 3, "en")).toBeNull();
});
