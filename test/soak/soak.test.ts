/** A seeded part of every soak: what `npm run soak` does whole. */
import { describe, expect, it } from "vitest";
import { soaks } from "./soaks.ts";

/** Five kills of fifty, twenty of two hundred. */
const SHARE = 0.1;

/**
 * Of data less is enough. From the disk it still is several times what a training may hold (four, two and a half, three and a half and
 * five times); the file of half a million rows is more than the buffers of its import may hold; wrong tables have a hundred thousand rows.
 */
const SHARES: Readonly<Record<string, number>> = {
  "import-10m": 0.05,
  "bad-input": 0.05,
  "train-from-disk": 0.01,
  "pictures-from-disk": 0.025,
  "texts-from-disk": 0.015,
  "series-from-disk": 0.01,
};

/** Those that need the built app and a browser, which these tests have not. */
const WHOLE_ONLY: ReadonlySet<string> = new Set(["editing-day"]);

describe("a part of the soak", () => {
  for (const { name, run } of soaks.filter((soak) => !WHOLE_ONLY.has(soak.name)))
    it(`${name} meets its goals`, { timeout: 1_800_000 }, async () => {
      const figures = await run({ share: SHARES[name] ?? SHARE, say: () => undefined });
      expect(figures.length).toBeGreaterThan(0);
      // Times are for the whole soak on a quiet machine: here the machine may be any.
      expect(figures.filter(({ met, goal }) => !met && goal?.endsWith(" ms") !== true)).toEqual([]);
    });
});
