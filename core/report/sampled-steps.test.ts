/** A report tells of each run which steps of its preparation learnt from a sample. */
import { expect, it } from "vitest";
import type { DesignDocument } from "../graph/document.ts";
import { reportHtml } from "./report.ts";

const design = { name: "x", notes: "", graph: { nodes: [], edges: [] }, train: {}, data: null } as unknown as DesignDocument;
const run = (name: string, more: object) =>
  ({
    name,
    notes: "",
    status: "done",
    created_at: 0,
    started_at: 0,
    seconds: 1,
    epoch: 1,
    epochs: 1,
    parameters: 3,
    seed: 0,
    engine_version: "1",
    backend: null,
    dataset_name: "people",
    data_fingerprint: "f",
    spec_hash: "s",
    metrics: {},
    ...more,
  }) as unknown as Parameters<typeof reportHtml>[0]["runs"][number]["run"];

const page = (more: object, language: "en" | "zh" = "en"): string =>
  reportHtml({
    runs: [run("a", more), run("b", {})].map((one) => ({ run: one, design, curves: [], judged: [], verdicts: [] })),
    language,
    madeAt: "",
    version: "1",
  });

it("names step, columns and rows, and is silent where none learnt from a sample", () => {
  const columns = ["a", "b", "c", "d", "e", "f", "g"];
  const sampled_steps = [{ type: "nearest_neighbours", columns, rows: 20_000, of: 5_000_000 }];
  expect(page({ sampled_steps })).toMatch(
    /Steps fitted on a sample<\/th><td>[^<(]+\(a, b, c, d, e … \(\+2\)\): 20,000 of 5,000,000 training rows<\/td><td>–</,
  );
  expect(page({ sampled_steps }, "zh")).toContain("训练部分 5,000,000 行中的 20,000 行");
  expect(page({ sampled_steps: [] })).not.toContain("fitted on a sample");
});
