import { expect, it } from "vitest";
import type { Run } from "../protocol/methods.ts";
import { besideSection } from "./beside.ts";
import type { ReportedBeside, ReportedRun } from "./reported.ts";

const reported = (beside?: ReportedBeside): ReportedRun =>
  ({ run: { name: "#1" } as Run, ...(beside === undefined ? {} : { beside }) }) as ReportedRun;

it("says why a series has no baselines beside it, and is left out where no run is of a series", () => {
  const error = { code: "baseline.no_target", params: {} };
  expect(besideSection([reported({ part: "validation", outputs: [], error })], "en").html).toContain(
    "None: No output predicts columns of numbers, classes or labels",
  );
  expect(besideSection([reported({ part: "validation", outputs: [], error })], "zh").html).toContain(
    "没有：没有输出预测数值列、类别或标签",
  );
  expect(besideSection([reported()], "en").html).toBe("");
});
