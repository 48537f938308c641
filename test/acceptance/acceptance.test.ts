/** The part of every acceptance run that is small enough for each commit; `npm run acceptance` makes the whole ones. */
import { afterEach, describe, expect, it } from "vitest";
import { askedText, isReached, reachedText } from "./acceptance.ts";
import { type CommandLine, missingData, openCommandLine } from "./command-line.ts";
import { acceptanceRuns } from "./registry.ts";

let open: CommandLine | null = null;
afterEach(() => {
  open?.close();
  open = null;
});

describe.each(acceptanceRuns.flatMap((run) => (run.measureSmall === undefined ? [] : [{ ...run, small: run.measureSmall }])))(
  "$name, a small part",
  ({ data, small }) => {
    const missing = missingData(data);
    it.skipIf(missing.length > 0)(
      missing.length > 0 ? `SKIPPED: ../shared/data lacks ${missing.join(", ")}` : "reaches what is asked of it",
      { timeout: 1_800_000 },
      async () => {
        open = openCommandLine();
        const figures = await small(open);
        expect(figures.some((figure) => askedText(figure) !== "")).toBe(true);
        for (const figure of figures) expect(isReached(figure), `${figure.what}: ${reachedText(figure)}, ${askedText(figure)}`).toBe(true);
      },
    );
  },
);

describe("a figure", () => {
  it("is reached at what is asked, and not beyond it or without a number", () => {
    expect([isReached({ what: "", reached: 0.5, atLeast: 0.5 }), isReached({ what: "", reached: 0.5, atMost: 0.5 })]).toEqual([true, true]);
    expect([isReached({ what: "", reached: 0.49, atLeast: 0.5 }), isReached({ what: "", reached: 0.51, atMost: 0.5 })]).toEqual([
      false,
      false,
    ]);
    expect(isReached({ what: "", reached: Number.NaN })).toBe(false);
  });
});
