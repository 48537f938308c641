import { expect, it } from "vitest";
import type { Evaluation, Run } from "../protocol/methods.ts";
import { judgedSections } from "./judged.ts";
import type { ReportedRun } from "./reported.ts";

type Said = Evaluation["outputs"][number]["said"];

const pageOf = (said: Said, language: "en" | "zh"): string => {
  const output = {
    node_id: "out",
    name: "out",
    rows: 10,
    weight: 10,
    loss: null,
    figures: { rmse: 1 },
    labels: ["y"],
    classes: [],
    curves: [],
  };
  const evaluation = { rows: 10, loss: null, outputs: [{ ...output, confusion: null, calibration: null, said }] } as unknown as Evaluation;
  const run = { run: { name: "Trees" } as Run, judged: [{ part: "training", evaluation, error: null, residuals: [] }] };
  return judgedSections([run as unknown as ReportedRun], language).html;
};

it("says from how many rows a baseline learnt and by how many it is judged, and passes over what it has no words for", () => {
  const said = [
    { key: "baselines.rows_a_tree", params: { count: 10_000, rows: 45_000 } },
    { key: "of a later version", params: {} },
    { key: "baselines.judged_rows", params: { count: 20_000, rows: 45_000 } },
  ];
  expect(pageOf(said, "en")).toContain(
    "Trees: each tree learnt from 10,000 rows drawn by chance from 45,000 training rows, judged here on 20,000 of 45,000 training rows, evenly spread.",
  );
  expect(pageOf(said, "zh")).toContain("45,000 个训练行中随机抽取的 10,000 行");
  expect(pageOf([{ key: "of a later version", params: {} }], "en")).toBe(pageOf(undefined, "en"));
});
