import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importFile } from "./import-file.ts";
import { leakWarnings } from "./leaks.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "neuroloom-leaks-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** `status` gives `cancelled` away in all but one of 400 rows, `price` is fixed by `grade`; the others say nothing. */
async function suspects(target: string): Promise<string[]> {
  const rows = Array.from({ length: 400 }, (_, row) => {
    const cancelled = (row * 7) % 3 === 0 ? 1 : 0;
    const grade = row % 20;
    return [
      row,
      cancelled,
      row === 9 ? "left" : cancelled === 1 ? ["no show", "called off"][row % 2] : "left",
      ["x", "y"][(row >> 2) % 2],
      grade,
      1000 + grade ** 3 + (row % 2) / 10,
      "seldom",
    ].join(",");
  });
  rows[5] = (rows[5] as string).replace("seldom", "often");
  const path = join(home, "given.csv");
  await writeFile(path, `id,cancelled,status,noise,grade,price,rare\n${rows.join("\n")}\n`);
  const imported = await importFile({ path, name: "given.csv", folder: home });
  return (await leakWarnings(imported.path, imported.columns, target)).map(
    ({ code, params }) => `${code} ${params.column} ${params.percent}`,
  );
}

describe("leakWarnings", () => {
  it("names a column that determines the classes almost perfectly, and neither ids nor noise", async () => {
    expect(await suspects("cancelled")).toEqual(["data.leak_suspected status 99.8"]);
  });

  it("names a column that explains a numeric target", async () => {
    expect(await suspects("price")).toEqual(["data.leak_suspected grade 100.0"]);
  });

  it("names numbers of a value a row that follow the target, scaled or bent, and a score that parts the classes", async () => {
    const price = (row: number): number => 100 + ((row * 7919) % 1009) + row / 7;
    const lines = Array.from({ length: 400 }, (_, row) => {
      const bought = (row * 31) % 5 === 0 ? 1 : 0;
      return [
        price(row),
        0.92 * price(row) + 3,
        Math.log(price(row)),
        (row * 6151) % 997,
        `${(row * 6151) % 997}e300`,
        bought,
        bought + ((row * 17) % 100) / 101,
      ].join();
    });
    const found = async (target: string): Promise<string[]> => {
      const path = join(home, `${target}.csv`);
      await writeFile(path, `price,in_euro,bent,noise,huge,bought,score\n${lines.join("\n")}\n`);
      const { path: stored, columns } = await importFile({ path, name: "prices.csv", folder: home });
      return (await leakWarnings(stored, columns, target)).map(({ params }) => String(params.column));
    };
    expect(await found("price")).toEqual(["in_euro", "bent"]);
    expect(await found("bought")).toEqual(["score"]);
  });

  it("does not take everything for a leak when the target is nearly always the same", async () => {
    expect(await suspects("rare")).toEqual([]);
  });

  it("refuses a target that is not there", async () => {
    await expect(suspects("nothing")).rejects.toThrow("data.column_missing");
  });
});
