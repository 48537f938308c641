/** Columns whose cells are lists: what is taken for one and what is not, what is proposed for it, and what comes of it from the file. */
import { describe, expect, it } from "vitest";
import { proposeData } from "../../../core/data/propose.ts";
import { allErrors } from "../../../resources/translations/all-errors.ts";
import { translate } from "../../../resources/translations/translate.ts";
import { importPlaceForEachTest } from "../../../test/host/import-place.ts";

const place = importPlaceForEachTest();
const TAGS = ["red", "blue", "red|blue", "blue|green", "", "green|red", "red|green|blue"];
const csv = (head: string, cell: (row: number) => string, count = 70): string =>
  `${head},y\n${Array.from({ length: count }, (_, row) => `${cell(row)},${row % 2 === 0 ? "yes" : "no"}\n`).join("")}`;

describe("a column of lists", () => {
  it.each([
    ["|", "red|blue"],
    [";", "red;blue"],
    [",", "red,blue"],
  ])("parted by '%s' is told, with its parts, and each part is proposed as a column", async (separator, example) => {
    const imported = await place.importContent(csv("tags", (row) => `"${(TAGS[row % 7] as string).replaceAll("|", separator)}"`));
    const [tags] = imported.columns;
    expect([tags?.type, tags?.remarks, tags?.missing]).toEqual(["categorical", [`lists=${separator}`], 10]);
    const told = imported.warnings.find(({ code }) => code === "data.column_lists");
    expect(told?.params).toEqual({ column: "tags", separator, parts: 3, example });
    for (const language of ["en", "zh"] as const)
      expect(translate(allErrors, language, "data.column_lists", told?.params)).not.toMatch(/[{}]/);
    const data = proposeData({ kind: "file", name: "t.csv" }, imported.columns, []);
    expect(data.steps).toEqual([{ type: "multi_hot", columns: ["tags"], separator }]);
    expect(data.columns.map(({ role }) => role)).toEqual(["feature", "target"]);
  });

  it("is a feature however many combinations it has, and no target unless it is chosen", async () => {
    const letters = "abcdefgh";
    const combination = (row: number): string => [...letters].filter((_, bit) => ((row + 1) >> bit) % 2 === 1).join(";");
    const imported = await place.importContent(
      `y,kinds\n${Array.from({ length: 250 }, (_, row) => `${row % 2},${combination(row)}\n`).join("")}`,
    );
    expect(imported.columns.map(({ remarks }) => remarks)).toEqual([["whole_numbers"], ["lists=;"]]);
    const roles = (targets: string[]): string[] =>
      proposeData({ kind: "file", name: "t.csv" }, imported.columns, targets).columns.map(({ role }) => role);
    expect([roles([]), roles(["kinds"])]).toEqual([
      ["target", "feature"],
      ["feature", "target"],
    ]);
  });

  it.each([
    ["names", (row: number) => `"Family${row}, Mr. Name${row % 40}"`],
    ["two codes that only look so", (row: number) => ["a|b", "c|d"][row % 2] as string],
    ["words of which few hold a separator", (row: number) => ["red", "blue", "green", "red|blue"][row % 4] as string],
    ["lists of ever new parts", (row: number) => `p${row}|q${row}|r${row}`],
  ])("is not made of %s", async (_, cell) => {
    const imported = await place.importContent(csv("c", cell));
    expect(imported.columns[0]?.remarks.join(" ")).not.toContain("lists");
    expect(imported.warnings.filter(({ code }) => code === "data.column_lists")).toEqual([]);
  });
});
