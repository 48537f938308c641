/** A seeded part of every soak: what `npm run soak` does whole. */
import { describe, expect, it } from "vitest";
import { soaks } from "./soaks.ts";

/** So much of each as still has every case: the large import is 60,000 rows, more text than a reader may hold; five kills of fifty, twenty of two hundred. */
const SHARES: Readonly<Record<string, number>> = {
  "import-10m": 0.006,
  "bad-input": 0.05,
  "train-from-disk": 0.01,
  "kill-and-resume": 0.1,
  "store-kill": 0.1,
  "library-year": 0.02,
};

/** Those that need the built app and a browser, which these tests have not. */
const WHOLE_ONLY: ReadonlySet<string> = new Set(["editing-day"]);

describe("a part of the soak", () => {
  for (const { name, run } of soaks.filter((soak) => !WHOLE_ONLY.has(soak.name)))
    it(`${name} meets its goals`, { timeout: 600_000 }, async () => {
      const figures = await run({ share: SHARES[name] ?? 0.1, say: () => undefined });
      expect(figures.length).toBeGreaterThan(0);
      // Times are for the whole soak on a quiet machine: here the machine may be any.
      expect(figures.filter(({ met, goal }) => !met && goal?.endsWith(" ms") !== true)).toEqual([]);
    });
});
