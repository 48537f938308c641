import { expect, it } from "vitest";
import { BASELINE_BACKEND } from "../../core/baselines/backend.ts";
import type { HostClient } from "../../core/protocol/host.ts";
import { namedForReader, onReaderChange, tellReaderChange, withNamedRuns } from "./named-runs.ts";

const run = (name: string, backend = BASELINE_BACKEND) => ({ name, backend });

it("a baseline is called what it is in the language of the reader, whichever it was made in; a user's own name stays", async () => {
  const told = { runs: [run("Random forest"), run("多数类或均值"), run("what to beat"), run("Random forest", "wasm")] };
  expect(namedForReader(told, "zh").runs.map(({ name }) => name)).toEqual(["随机森林", "多数类或均值", "what to beat", "Random forest"]);
  expect(namedForReader(told, "en").runs.map(({ name }) => name)).toEqual([
    "Random forest",
    "Majority or mean",
    "what to beat",
    "Random forest",
  ]);
  let language: "en" | "zh" = "zh";
  const client = { call: () => Promise.resolve({ run: run("Decision tree"), more: 1 }) } as unknown as HostClient;
  const named = withNamedRuns(client, () => language);
  expect(await named.call("runs.get", { id: "r" })).toEqual({ run: run("决策树"), more: 1 });
  language = "en";
  expect(await named.call("runs.get", { id: "r" })).toEqual({ run: run("Decision tree"), more: 1 });
});

it("what keeps runs is told when the page changes its language, until it ends that", () => {
  const told: string[] = [];
  const end = onReaderChange((language) => told.push(language));
  tellReaderChange("zh");
  end();
  tellReaderChange("en");
  expect(told).toEqual(["zh"]);
});

it("what names no baseline comes as it is", () => {
  const told = { runs: [run("mine"), run("1", "wasm")], run: 3, other: "x" };
  expect(namedForReader(told, "zh")).toBe(told);
});
