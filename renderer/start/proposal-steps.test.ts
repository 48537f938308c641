/** "New from my data": what comes too late is not shown. */
import { beforeEach, expect, test, vi } from "vitest";
import type { DatasetProfile } from "../../core/protocol/methods.ts";

interface Asked {
  readonly of: string;
  readonly answer: (value?: unknown) => void;
  readonly refuse: (error: unknown) => void;
}
const asked = vi.hoisted((): Asked[] => []);
const ask = vi.hoisted(
  () => (of: string) =>
    new Promise((resolve, reject) => {
      asked.push({ of, answer: resolve, refuse: reject });
    }),
);
vi.mock("../state/host.ts", () => ({ host: () => ({ call: (_: string, { id }: { id: string }) => ask(`profile of ${id}`) }) }));
vi.mock("./proposals.ts", () => ({
  readFile: ({ name }: File) => ask(`read ${name}`),
  likelyTarget: ({ dataset }: DatasetProfile) => ask(`target of ${dataset.name}`),
  proposeFor: ({ dataset }: DatasetProfile, target: string) => ask(`networks of ${dataset.name} for ${target}`),
}));

import { type ProposalStep, ProposalSteps } from "./proposal-steps.ts";

const profileOf = (name: string): DatasetProfile => ({ dataset: { name } }) as unknown as DatasetProfile;
const shown: ProposalStep[] = [];
let steps: ProposalSteps;
beforeEach(() => {
  asked.length = 0;
  shown.length = 0;
  steps = new ProposalSteps((step) => shown.push(step));
});
const last = (of: string): Asked => {
  const one = asked.findLast((other) => other.of === of);
  if (one === undefined) throw new Error(`${of} was not asked, but ${asked.map((other) => other.of).join(", ")}`);
  return one;
};
/** Answers, and lets what follows from it happen. */
const answer = async (of: string, value?: unknown): Promise<void> => {
  last(of).answer(value);
  await Promise.resolve();
};
const refuse = async (of: string): Promise<void> => {
  last(of).refuse(new Error(of));
  await Promise.resolve();
};

test("a file is read, looked at and answered", async () => {
  steps.read(new File([], "a.csv"));
  expect(shown.at(-1)).toEqual({ state: "reading", name: "a.csv", share: 0 });
  await answer("read a.csv", profileOf("a"));
  await answer("target of a", "y");
  await answer("networks of a for y", "networks");
  expect(shown.at(-1)).toEqual({ state: "proposed", proposed: "networks" });
});

test("data of the library are looked at from the moment that they are chosen", () => {
  steps.takeKnown("1", "first");
  expect(shown).toEqual([{ state: "looking", name: "first" }]);
});

test("of two choices the later counts, though the first answers last", async () => {
  steps.takeKnown("1", "first");
  steps.takeKnown("2", "second");
  await answer("profile of 2", profileOf("second"));
  await answer("profile of 1", profileOf("first"));
  expect(asked.map(({ of }) => of)).toEqual(["profile of 1", "profile of 2", "target of second"]);
  expect(shown.at(-1)).toEqual({ state: "looking", name: "second" });
});

test("what fails or answers after Cancel is not shown", async () => {
  steps.takeKnown("1", "first");
  steps.cancel();
  await refuse("profile of 1");
  expect(shown.at(-1)).toEqual({ state: "choose" });
  steps.takeKnown("1", "first");
  await answer("profile of 1", profileOf("first"));
  steps.cancel();
  await refuse("target of first");
  expect(shown.at(-1)).toEqual({ state: "choose" });
  steps.look(profileOf("first"), "y");
  steps.cancel();
  await answer("networks of first for y");
  expect(shown.at(-1)).toEqual({ state: "choose" });
});

test("what fails is told, and can be tried again", async () => {
  steps.takeKnown("1", "first");
  await refuse("profile of 1");
  const failed = shown.at(-1);
  if (failed?.state !== "failed") throw new Error(failed?.state);
  failed.again();
  expect(shown.at(-1)).toEqual({ state: "looking", name: "first" });
  expect(asked).toHaveLength(2);
});
