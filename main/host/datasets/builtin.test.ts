import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { generate } from "../../../core/data/generators/generator.ts";
import { generators } from "../../../core/data/generators/generators.ts";
import type { Column } from "../../../core/data/table.ts";
import { listBuiltins, materialiseBuiltin } from "./builtin.ts";
import { loadTable } from "./load-table.ts";

const samplesFolder = fileURLToPath(new URL("../../../resources/samples", import.meta.url));
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "neuroloom-builtin-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Texts are told from categories by how many different ones there are: the generated sets are small here. */
const typeOf = (column: Column): "numeric" | "categorical" | "text" =>
  column.kind === "number" ? "numeric" : column.kind === "text" ? "text" : "categorical";

describe("materialiseBuiltin", () => {
  for (const generator of generators)
    it(`stores ${generator.name} so that it reads back to the bit`, async () => {
      const options = { count: 30, noise: 0.3, seed: 5 };
      const made = generate(generator, options);
      const stored = await materialiseBuiltin({ name: generator.name, options, folder, samplesFolder });
      const found = stored.columns.map(({ name, type }) => ({ name, type }));
      for (const [place, column] of made.columns.entries())
        expect(found[place]).toEqual({
          name: column.name,
          type: column.kind === "text" ? expect.stringMatching(/text|categorical/) : typeOf(column),
        });
      expect(stored.warnings).toEqual([]);
      expect(stored.options).toMatchObject(options);
      const read = await loadTable(
        stored.path,
        made.columns.map((column) => ({ name: column.name, type: typeOf(column), role: "feature" })),
      );
      const withoutEmpty = made.columns.map((column) =>
        column.kind === "text" ? { ...column, values: column.values.map((value) => (value === "" ? null : value)) } : column,
      );
      const byName = (columns: readonly Column[]): Record<string, Column> =>
        Object.fromEntries(columns.map((column) => [column.name, column]));
      expect(byName(read.columns)).toEqual(byName(withoutEmpty));
    });

  it("gives the same fingerprint for the same options only", async () => {
    const fingerprint = async (seed: number): Promise<string> =>
      (await materialiseBuiltin({ name: "xor", options: { seed }, folder, samplesFolder })).fingerprint;
    expect(await fingerprint(1)).toBe(await fingerprint(1));
    expect(await fingerprint(1)).not.toBe(await fingerprint(2));
  });

  it("has iris and digits, whole", async () => {
    const iris = await materialiseBuiltin({ name: "iris", options: {}, folder, samplesFolder });
    expect([iris.rowCount, iris.columns.map(({ type }) => type).join(" "), iris.columns.at(-1)?.distinct]).toEqual([
      150,
      "numeric numeric numeric numeric categorical",
      3,
    ]);
    const digits = await materialiseBuiltin({ name: "digits_8x8", options: {}, folder, samplesFolder });
    expect([digits.rowCount, digits.columnCount, digits.columns.at(-1)?.distinct]).toEqual([1797, 65, 10]);
    expect(digits.columns.every(({ type, missing }) => type === "numeric" && missing === 0)).toBe(true);
  });

  it("refuses what is not there and options that a set does not have", async () => {
    await expect(materialiseBuiltin({ name: "wine", options: {}, folder, samplesFolder })).rejects.toThrow("data.unknown_builtin");
    await expect(materialiseBuiltin({ name: "iris", options: { count: 5 }, folder, samplesFolder })).rejects.toThrow(
      "data.generator_option_unknown",
    );
    expect(listBuiltins().map(({ name }) => name)).toEqual([...generators.map(({ name }) => name), "iris", "digits_8x8"]);
  });
});
