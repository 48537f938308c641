/** Targets whose cells are lists: each value is a label, in training and in everything that is asked of the model later. */
import { describe, expect, it } from "vitest";
import { predictionRows, targetRows } from "../train/predictions.ts";
import { layoutOf } from "./layout.ts";
import { applyPipeline, prepare } from "./prepare.ts";
import { proposeData } from "./propose.ts";
import { category, codeOf, design, needs, number, table } from "./small-tables.test-support.ts";

const CELLS = ["red|blue", "green", null, " blue | red ", "|", "red"];
const data = (split = {}) => {
  const made = design({ columns: { x: "numeric", tags: "categorical!" }, split });
  return { ...made, columns: made.columns.map((column) => (column.name === "tags" ? { ...column, lists: "|" } : column)) };
};
const rows = (cells: (string | null)[]) =>
  table(
    number(
      "x",
      cells.map((_, row) => row),
    ),
    category("tags", cells),
  );
const asked = needs(["binary", "multi_binary", "one_hot"], 3);

describe("a target of lists", () => {
  const prepared = prepare(rows(CELLS), data(), asked, 0);

  it("is a number of 0 and 1 for each label, in code-point order; a row without a cell is left out, one without labels is not", () => {
    expect(prepared.pipeline.targets["out"]).toEqual({
      columns: ["blue", "green", "red"],
      encoding: "multi_binary",
      classes: ["0", "1"],
      lists: { column: "tags", separator: "|" },
    });
    expect(prepared.droppedRows).toBe(1);
    expect([...prepared.training.rowIds]).toEqual([0, 1, 3, 4, 5]);
    expect([...(prepared.training.targets["out"]?.values ?? [])]).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1]);
    const { class_count, class_balance } = layoutOf(prepared);
    expect([class_count, class_balance.map(({ label, training }) => [label, training])]).toEqual([
      3,
      [
        ["blue", 2],
        ["green", 1],
        ["red", 3],
      ],
    ]);
  });

  it("is read the same of other rows, and a label that the model does not know is refused by row and value", () => {
    const { targets, rowIds } = applyPipeline(rows([null, "green|red", "red"]), prepared.pipeline, asked, { withTargets: true });
    expect([[...rowIds], [...(targets["out"]?.values ?? [])]]).toEqual([
      [1, 2],
      [0, 1, 1, 0, 0, 1],
    ]);
    expect(codeOf(() => applyPipeline(rows(["red", "red|pink"]), prepared.pipeline, asked, { withTargets: true }))).toBe(
      'data.unknown_class {"column":"tags","value":"pink","row":2,"known":"blue, green, red"}',
    );
    expect(applyPipeline(table(number("x", [7])), prepared.pipeline, asked, { withTargets: false }).rowCount).toBe(1);
  });

  it("is said as a list, with a probability for each label", () => {
    const values = Float32Array.from([0.75, 0.25, 1, 0, 0.25, 0.25]);
    const output = { nodeId: "out", name: "out", width: 3, values };
    expect([...predictionRows([output], prepared.pipeline, 2)]).toEqual([
      ["prediction", "probability_blue", "probability_green", "probability_red"],
      ["blue|red", "0.75", "0.25", "1"],
      ["", "0", "0.25", "0.25"],
    ]);
    expect([...targetRows([output], prepared.pipeline, 2)]).toEqual([["tags"], ["blue|red"], [""]]);
  });

  it("can be split by the combinations of its labels", () => {
    const many = Array.from({ length: 40 }, (_, row) => ["red|blue", "blue|red", "green"][row % 4 === 3 ? 2 : row % 2] as string);
    const split = prepare(rows(many), data({ method: "stratified", validation_fraction: 0.25 }), asked, 0);
    expect(layoutOf(split).class_balance.map(({ validation }) => validation)).toEqual([8, 2, 8]);
  });

  it("is refused beside other targets, with one label alone, and where the network is of another width", () => {
    const both = { ...data(), columns: data().columns.map((column) => ({ ...column, role: "target" as const })) };
    const withFeature = { ...both, columns: [...both.columns, { name: "f", type: "numeric" as const, role: "feature" as const }] };
    const wide = table(number("x", [0, 1]), category("tags", ["a", "b"]), number("f", [1, 2]));
    expect(codeOf(() => prepare(wide, withFeature, asked, 0))).toBe('data.lists_beside_targets@out {"column":"tags","columns":"x, tags"}');
    expect(codeOf(() => prepare(rows(["red", "|"]), data(), asked, 0))).toBe('data.target_one_value {"column":"tags","value":"red"}');
    expect(codeOf(() => prepare(rows(CELLS), data(), needs(["multi_binary"], 2), 0))).toBe(
      'data.target_width_mismatch@out {"columns":3,"names":"blue, green, red","width":2}',
    );
  });

  it("is proposed for a target whose cells are lists, and not for several targets", () => {
    const profiled = [
      { name: "tags", type: "categorical" as const, remarks: ["lists=;"], missing: 0, distinct: 9 },
      { name: "kind", type: "categorical" as const, remarks: [], missing: 0, distinct: 2 },
    ];
    const proposed = (targets: string[]) => proposeData({ kind: "file", name: "t.csv" }, profiled, targets);
    expect([proposed(["tags"]).columns[0]?.lists, proposed(["tags"]).split.method]).toEqual([";", "random"]);
    expect(proposed(["tags", "kind"]).columns.map(({ lists }) => lists)).toEqual([undefined, undefined]);
    expect(proposed(["kind"]).columns[0]?.lists).toBeUndefined();
  });
});
