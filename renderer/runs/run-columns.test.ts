import { describe, expect, test } from "vitest";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { type Column, columnsFor, differingColumns, filterRuns, sortRuns } from "./run-columns.ts";
import { runsCsv } from "./runs-csv.ts";

function run(number: number, change: Partial<Run> = {}): Run {
  return {
    id: `r${number}`,
    project_id: "p",
    number,
    name: `#${number}`,
    notes: "",
    tags: [],
    status: "done",
    error: null,
    created_at: number,
    started_at: 0,
    ended_at: 0,
    seconds: 1,
    epoch: 1,
    epochs: 1,
    step: 1,
    steps_per_epoch: 1,
    seed: 0,
    spec_hash: "",
    data_fingerprint: "",
    engine_version: "",
    dataset_id: null,
    dataset_name: "iris",
    parameters: null,
    peak_bytes: null,
    memory: null,
    backend: null,
    threads: null,
    best_epoch: null,
    metrics: {},
    has_model: false,
    group_id: null,
    group_index: null,
    group_options: null,
    queue_place: null,
    parent_id: null,
    ...change,
  };
}
const words = { project: (found: ListedRun) => `Project ${found.project_id}`, status: (found: ListedRun) => found.status };
const figure = (name: string): Column => ({ kind: "figure", name });
const ids = (runs: readonly ListedRun[]): readonly string[] => runs.map(({ id }) => id);

describe("the run list as CSV", () => {
  const said = {
    ...words,
    title: ({ name }: Column) => name,
    group: (found: ListedRun) => (found.group_id === null ? "" : "5 folds"),
    groupTitle: "group",
  };
  const columns: readonly Column[] = [
    { kind: "plain", name: "name" },
    { kind: "plain", name: "epochs" },
    figure("loss"),
    { kind: "plain", name: "tags" },
  ];

  test("has the columns that are shown, figures whole, an empty cell where a run has none, and the group where there is one", () => {
    const runs = [
      run(1, { name: 'a "b", c', epoch: 3, metrics: { loss: 0.1234567890123 }, tags: ["x", "y"], group_id: "g" }),
      run(2, { name: "forest", epochs: 0, epoch: 0, metrics: { loss: null } }),
    ];
    expect(runsCsv(runs, columns, said)).toBe(
      ["\uFEFFname,epochs,loss,tags,group", '"a ""b"", c",3,0.1234567890123,x; y,5 folds', "forest,,,,", ""].join("\r\n"),
    );
    expect(runsCsv(runs.slice(1), columns.slice(0, 1), said)).toBe("\uFEFFname\r\nforest\r\n");
  });
});

describe("columns of the run list", () => {
  test("are the figures that any run has, validation first, between epochs and parameters", () => {
    const names = columnsFor([run(1, { metrics: { loss: 1, val_loss: 1 } }), run(2, { metrics: { accuracy: 1 } })], false).map(
      ({ name }) => name,
    );
    expect(names).toEqual([
      "name",
      "status",
      "dataset",
      "epochs",
      "val_loss",
      "accuracy",
      "parameters",
      "seconds",
      "created",
      "tags",
      "loss",
    ]);
  });

  test("sort by a figure, with runs that lack it last both ways", () => {
    const runs = [run(1, { metrics: { loss: 2 } }), run(2), run(3, { metrics: { loss: 1 } }), run(4, { metrics: { loss: null } })];
    expect(ids(sortRuns(runs, { column: figure("loss"), descending: false }, words))).toEqual(["r3", "r1", "r4", "r2"]);
    expect(ids(sortRuns(runs, { column: figure("loss"), descending: true }, words))).toEqual(["r1", "r3", "r4", "r2"]);
  });

  test("of differences only the columns stay in which runs differ, and the name", () => {
    const alike = { metrics: { loss: 1, accuracy: 0.5 }, parameters: 3, tags: ["a"] };
    const runs = [run(1, { ...alike, created_at: 5 }), run(2, { ...alike, metrics: { loss: 2, accuracy: 0.5 }, created_at: 5 })];
    const shown = (of: readonly ListedRun[]): readonly string[] =>
      differingColumns(columnsFor(of, true), of, words).map(({ name }) => name);
    expect(shown(runs)).toEqual(["name", "loss"]);
    expect(shown([...runs, run(3, { ...alike, tags: ["b"], created_at: 5 })])).toEqual(["name", "loss", "tags"]);
    // A figure that one run lacks is a difference; of one run alone everything is shown.
    expect(shown([run(1, { metrics: {} }), run(2, { metrics: { f1: 1 }, created_at: 1 })])).toContain("f1");
    expect(shown(runs.slice(0, 1))).toHaveLength(columnsFor(runs, true).length);
  });

  test("names sort by their numbers", () => {
    const sorted = sortRuns([run(10), run(9), run(1)], { column: { kind: "plain", name: "name" }, descending: false }, words);
    expect(ids(sorted)).toEqual(["r1", "r9", "r10"]);
  });

  test("equal values keep the newest first", () => {
    const sorted = sortRuns([run(1), run(3), run(2)], { column: { kind: "plain", name: "status" }, descending: false }, words);
    expect(ids(sorted)).toEqual(["r3", "r2", "r1"]);
  });

  test("the filter takes conditions on figures, beside words; a run without the figure does not meet them", () => {
    const runs = [
      run(1, { name: "wide", metrics: { val_loss: 0.2 }, parameters: 900 }),
      run(2, { name: "deep", metrics: { val_loss: 0.4 }, parameters: 90 }),
      run(3, { name: "deep wide", metrics: { val_loss: null } }),
      run(4, { name: "a<b" }),
    ];
    expect(ids(filterRuns(runs, "val_loss<0.3", words))).toEqual(["r1"]);
    expect(ids(filterRuns(runs, "Val_Loss<=4e-1", words))).toEqual(["r1", "r2"]);
    expect(ids(filterRuns(runs, "val_loss>.1 deep", words))).toEqual(["r2"]);
    expect(ids(filterRuns(runs, "parameters=90", words))).toEqual(["r2"]);
    expect(ids(filterRuns(runs, "epochs>=1", words))).toEqual(["r1", "r2", "r3", "r4"]);
    // Not a number behind the sign: a word like any other.
    expect(ids(filterRuns(runs, "a<b", words))).toEqual(["r4"]);
  });

  test("the filter finds words in names, tags, notes, data set, status and project, all of them needed", () => {
    const runs = [run(1, { tags: ["Baseline"] }), run(2), run(3, { status: "failed" })];
    const noted = new Map([
      ["baseline", new Set(["r2"])],
      ["dropout", new Set(["r2"])],
    ]);
    expect(ids(filterRuns(runs, "baseline", words, noted))).toEqual(["r1", "r2"]);
    expect(ids(filterRuns(runs, "dropout BASELINE", words, noted))).toEqual(["r2"]);
    expect(ids(filterRuns(runs, "dropout", words))).toEqual([]);
    expect(ids(filterRuns(runs, "failed project", words))).toEqual(["r3"]);
    expect(ids(filterRuns(runs, "  ", words))).toEqual(["r1", "r2", "r3"]);
  });
});
