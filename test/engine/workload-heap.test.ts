import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SCRIPT = fileURLToPath(new URL("workload-heap.ts", import.meta.url));
/** The requirement: JavaScript memory over 10,000 steps of W1 and W4. */
const LIMIT = 2 ** 20;
/** Some numbers a step that V8 puts on the heap: the loss, the optimizer's. No array, no object of ours. */
const BYTES_A_STEP = 200;
const FLAGS = ["--expose-gc", "--min-semi-space-size=256", "--max-semi-space-size=256"];

describe.each([{ name: "W1" }, { name: "W4" }])("10,000 training steps of $name", ({ name }) => {
  it("keep less than a megabyte of JavaScript memory, and go through next to nothing: boxed numbers", () => {
    const said = execFileSync(process.execPath, [...FLAGS, SCRIPT, name], { encoding: "utf8" });
    const { steps, kept, gone_through: goneThrough } = JSON.parse(said) as { steps: number; kept: number; gone_through: number };
    expect(steps).toBe(10_000);
    expect(kept).toBeLessThan(LIMIT);
    expect(goneThrough / steps).toBeLessThan(BYTES_A_STEP);
  });
});
