/** Byte pairs against the package `tokenizers`: what is learnt, in which order, and how texts are cut. Values by generate_byte_pair.py. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { defaultsOf } from "../../../core/schema/validate.ts";
import { BytePairTokenizer, countBytePairWords, learnBytePairs } from "../../../core/steps/byte-pair.ts";
import { stepImplementation } from "../../../core/steps/implementations.ts";
import type { TensorColumn } from "../../../core/steps/step.ts";
import tokenSequence from "../../../core/steps/token_sequence/definition.ts";

interface Case {
  readonly name: string;
  readonly texts: readonly string[];
  readonly vocabulary: number;
  readonly tokens: readonly string[];
  readonly asked: readonly string[];
  readonly numbers: readonly (readonly number[])[];
}
const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, "byte_pair.json"), "utf8")) as { cases: readonly Case[] };
const [PADDING, UNKNOWN] = [0, 1];

describe.each(cases)("byte pairs, $name", ({ texts, vocabulary, tokens, asked, numbers }) => {
  it("are learnt in the same order", () => {
    expect(learnBytePairs(countBytePairWords(texts), vocabulary - 2).tokens).toEqual(tokens);
  });

  it("cut known and new texts alike", () => {
    const tokenizer = new BytePairTokenizer(learnBytePairs(countBytePairWords(texts), vocabulary - 2));
    expect(asked.map((text) => tokenizer.numbersOf(text).map((number) => (number < 0 ? UNKNOWN : number + 2)))).toEqual(numbers);
  });

  it("come out of the step with those numbers, padded", () => {
    const length = Math.max(...numbers.map((own) => own.length));
    const config = { ...defaultsOf(tokenSequence.schema), tokenizer: "byte_pair", vocabulary, length, lowercase: false };
    const step = stepImplementation("token_sequence");
    const fitted: unknown = JSON.parse(JSON.stringify(step.fit([{ kind: "text", name: "t", values: texts }], config)));
    const [[made] = []] = step.apply([{ kind: "text", name: "t", values: asked }], fitted, config);
    const padded = numbers.flatMap((own) => [...own, ...new Array<number>(length - own.length).fill(PADDING)]);
    expect([...(made as TensorColumn).values]).toEqual(padded);
  });
});

it("keep the most frequent characters where the vocabulary is smaller than the alphabet", () => {
  const { tokens, merges } = learnBytePairs(countBytePairWords(["aab aac aad"]), 3);
  expect([tokens, merges]).toEqual([["a", "b", "▁"], []]);
});
