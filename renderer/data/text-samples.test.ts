import { expect, test } from "vitest";
import type { HostClient } from "../../core/protocol/host.ts";
import { provideHost } from "../state/host.ts";
import { samplesAsked, samplesOf } from "./text-samples.ts";

test("what is asked are the options that change tokens, and nothing of a step without any", () => {
  const sequence = { tokenizer: "byte_pair", lowercase: true, vocabulary: 300, length: 64 };
  const asked = { id: "d", column: "text", lowercase: true };
  expect(samplesAsked("d", "text", sequence)).toEqual({ ...asked, tokenizer: "byte_pair", vocabulary: 300 });
  expect(samplesAsked("d", "text", { ...sequence, tokenizer: "words" })).toEqual({ ...asked, tokenizer: "words" });
  expect(samplesAsked("d", "text", { dimensions: 3 })).toBeNull();
});

test("of many changes while one question is on its way the last alone is asked, also after one that failed", async () => {
  const calls: unknown[] = [];
  const answers: ((failed: boolean) => void)[] = [];
  const call = (_method: string, { vocabulary }: { vocabulary: number }): Promise<unknown> => {
    calls.push(vocabulary);
    return new Promise((resolve, reject) => answers.push((failed) => (failed ? reject(new Error("gone")) : resolve(vocabulary))));
  };
  provideHost({ call } as unknown as HostClient);
  const ask = (vocabulary: number) => {
    const leaving = new AbortController();
    const input = { id: "d", column: "text", tokenizer: "byte_pair" as const, lowercase: true, vocabulary };
    return { leaving, answer: samplesOf(input, leaving.signal) };
  };
  const first = ask(100);
  await Promise.resolve();
  const others = Array.from({ length: 9 }, (_, place) => ask(101 + place));
  for (const { leaving } of [first, ...others.slice(0, -1)]) leaving.abort();
  expect(calls).toEqual([100]);
  answers[0]?.(true);
  await expect(first.answer).rejects.toThrow("gone");
  expect(await Promise.all(others.slice(0, -1).map(({ answer }) => answer))).toEqual(new Array(8).fill(null));
  await Promise.resolve();
  expect(calls).toEqual([100, 109]);
  answers[1]?.(false);
  expect(await others.at(-1)?.answer).toBe(109);
});
