/** Two runs compared row by row through the whole host. */
import { describe, expect, it } from "vitest";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

describe("two runs over the same rows", () => {
  it("disagree where their own examples say something else, and the counts are those of the rows", async () => {
    await using home = testHome();
    const host = await home.open();
    const opened = await openTemplate(host, "digits", { epochs: 1 });
    const other = { ...opened, design: { ...opened.design, train: { ...opened.design.train, epochs: 4 } } };
    const [first, second] = [
      await runUntil(host, (await startRun(host, opened)).id, hasEnded),
      await runUntil(host, (await startRun(host, other)).id, hasEnded),
    ];
    const part = "validation" as const;
    const examples = async (id: string) => {
      const { rows } = await host.handlers["runs.examples"]({ id, part, node_id: null, actual: null, predicted: null, count: 500 });
      return new Map(rows.map((row) => [row.row, row]));
    };
    const [a, b] = [await examples(first.id), await examples(second.id)];
    const ask = (only: "first" | "second" | null) =>
      host.handlers["runs.disagreements"]({ ids: [first.id, second.id], part, only, count: 500 });
    const found = await ask(null);
    const right = (rows: typeof a, row: number): boolean => rows.get(row)?.actual[0] === rows.get(row)?.predicted[0];
    const count = (holds: (row: number) => boolean): number => [...a.keys()].filter(holds).length;
    expect(found.compared).toBe(a.size);
    expect(found.counts).toEqual({
      first: count((row) => right(a, row) && !right(b, row)),
      second: count((row) => right(b, row) && !right(a, row)),
      both: count((row) => right(a, row) && right(b, row)),
      neither: count((row) => !right(a, row) && !right(b, row)),
    });
    expect(found.differing).toBe(count((row) => a.get(row)?.predicted[0] !== b.get(row)?.predicted[0]));
    expect(found.rows).toHaveLength(found.differing);
    for (const row of found.rows)
      expect(row).toMatchObject({ actual: a.get(row.row)?.actual, first: a.get(row.row)?.predicted, second: b.get(row.row)?.predicted });
    expect((await ask("second")).rows).toEqual(found.rows.filter(({ better }) => better === "second"));
    expect(found.p).toBeLessThanOrEqual(1);
    // Other data have other rows.
    const elsewhere = await runUntil(
      host,
      (await startRun(host, await openTemplate(host, "softmax-regression", { epochs: 1 }))).id,
      hasEnded,
    );
    await expect(host.handlers["runs.disagreements"]({ ids: [first.id, elsewhere.id], part, only: null, count: 5 })).rejects.toMatchObject({
      code: "ensemble.data_differs",
    });
  });
});
