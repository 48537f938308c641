import { expect, it } from "vitest";
import type { Run } from "../protocol/methods.ts";
import { besideSection } from "./beside.ts";
import type { ReportedBeside, ReportedRun } from "./reported.ts";

const reported = (beside?: ReportedBeside): ReportedRun =>
  ({ run: { name: "#1" } as Run, ...(beside === undefined ? {} : { beside }) }) as ReportedRun;

it("says why a series has no baselines beside it, and is left out where no run is of a series", () => {
  const error = { code: "baseline.one_target", params: {} };
  expect(besideSection([reported({ part: "validation", outputs: [], error })], "en").html).toContain(
    "None: Baselines need one output with one target column",
  );
  expect(besideSection([reported({ part: "validation", outputs: [], error })], "zh").html).toContain("没有：基线需要一个输出");
  expect(besideSection([reported()], "en").html).toBe("");
});
