import { describe, expect, test } from "vitest";
import { CurveShelf } from "./curve-shelf.ts";

function shelf() {
  const gone: string[] = [];
  const made = new CurveShelf((runId) => gone.push(runId));
  /** As a panel that shows one run after the other. */
  const visit = (runId: string): void => {
    made.show([runId]);
    if (!made.has(runId)) made.put(runId);
    made.hide([runId]);
  };
  return { made, gone, visit };
}

describe("curves that the window holds", () => {
  test("of a list that is walked through, the last few runs stay", () => {
    const { made, gone, visit } = shelf();
    for (let run = 1; run <= 200; run += 1) visit(`run ${run}`);
    expect(made.runIds().length).toBeLessThanOrEqual(17);
    expect(made.has("run 200")).toBe(true);
    expect(made.has("run 190")).toBe(true);
    expect(gone[0]).toBe("run 1");
    expect(gone.length + made.runIds().length).toBe(200);
  });

  test("runs that are shown stay, however many they are", () => {
    const { made, gone, visit } = shelf();
    const compared = Array.from({ length: 40 }, (_, at) => `compared ${at}`);
    made.show(compared);
    for (const runId of compared) made.put(runId);
    for (let run = 1; run <= 30; run += 1) visit(`run ${run}`);
    expect(compared.every((runId) => made.has(runId))).toBe(true);
    expect(gone).not.toContain("compared 0");
  });

  test("a run that two parts show stays while one of them does", () => {
    const { made } = shelf();
    made.show(["a"]);
    made.show(["a"]);
    made.put("a");
    made.hide(["a"]);
    made.letGo(0);
    expect(made.has("a")).toBe(true);
    made.hide(["a"]);
    made.letGo(0);
    expect(made.has("a")).toBe(false);
  });

  test("going back to a run keeps it from being let go next", () => {
    const { made, visit } = shelf();
    for (let run = 1; run <= 16; run += 1) visit(`run ${run}`);
    visit("run 1");
    for (let run = 17; run <= 30; run += 1) visit(`run ${run}`);
    expect(made.has("run 1")).toBe(true);
    expect(made.has("run 2")).toBe(false);
  });
});
