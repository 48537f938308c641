import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { DesignDocument } from "../../../core/graph/document.ts";
import { readDesign } from "../../../core/graph/migrate.ts";
import type { ListedRun } from "../../../core/protocol/contract/runs.ts";
import { optionsOfRuns } from "../../../main/host/runs/run-options.ts";
import type { Words } from "../../compare/compare-words.ts";
import { translators } from "../../ui/translators.ts";
import { type Column, columnsFor, differingColumns, filterRuns, type RunWords, sortRuns } from "../run-columns.ts";
import { runsCsv } from "../runs-csv.ts";
import { KnownOptions } from "./known-options.ts";
import { columnOf, differingOptions, filteredOptions, type OptionColumn, optionTitle, optionValue } from "./option-columns.ts";

const digits = readDesign(readFileSync(new URL("../../../resources/templates/digits.json", import.meta.url), "utf8"));
const hidden = digits.graph.nodes.find(({ type }) => type === "dense")?.name ?? "";

/** The template with other training options, and another number of units in its first layer. */
function design(train: Readonly<Record<string, unknown>>, units = 64): DesignDocument {
  const nodes = digits.graph.nodes.map((node) => (node.name === hidden ? { ...node, config: { ...node.config, units } } : node));
  return { ...digits, graph: { ...digits.graph, nodes }, train: { ...digits.train, ...train } };
}

function run(number: number, change: Partial<ListedRun> = {}): ListedRun {
  return {
    id: `r${number}`,
    project_id: "p",
    number,
    name: `#${number}`,
    tags: [],
    status: "done",
    error: null,
    created_at: number,
    seconds: 1,
    epoch: 1,
    epochs: 1,
    dataset_name: "digits",
    parameters: 1,
    backend: "wasm",
    metrics: {},
    has_model: true,
    group_id: null,
    group_index: null,
    ...change,
  };
}

const DESIGNS = [
  design({ optimizer: { type: "adam", learning_rate: 0.01 }, seed: 1 }, 64),
  design({ optimizer: { type: "sgd", learning_rate: 0.1 }, seed: 2 }, 32),
  design({ optimizer: { type: "adam", learning_rate: 0.001 }, seed: 3 }, 64),
];
const runs = [...DESIGNS.map((_, place) => run(place + 1)), run(4, { backend: "baseline", name: "forest" })];
const words: Words = { t: translators.en, language: "en" };

function knownOf(of: readonly ListedRun[], designs: readonly DesignDocument[]): KnownOptions {
  const known = new KnownOptions();
  known.put(
    of,
    optionsOfRuns({
      runs: of.flatMap(({ id }, place) => (designs[place] === undefined ? [] : [{ id, hash: String(place) }])),
      designs: new Map(designs.map((one, place) => [String(place), one])),
    }),
  );
  return known;
}
// The baseline was made beside the first.
const known = knownOf(runs, [...DESIGNS, DESIGNS[0] ?? digits]);
const said: RunWords = {
  project: () => "p",
  status: ({ status }) => status,
  option: ({ id }, { name }) => optionValue(known.options.get(id)?.get(name), words),
};
const column = (group: "layers" | "training", owner: string, field: string, type = ""): OptionColumn =>
  columnOf({ group, owner, field, type });
const RATE = column("training", "optimizer", "learning_rate", "adam");
const KIND = column("training", "", "optimizer");
const UNITS = column("layers", hidden, "units", "dense");
const ids = (of: readonly ListedRun[]): readonly string[] => of.map(({ id }) => id);

test("the options in which runs differ are offered with their values; of a baseline only what is done with the data counts", () => {
  const offered = differingOptions(runs, known.options).map(({ column: { name }, values }) => [name, values.map(({ value }) => value)]);
  expect(new Map(offered as [string, unknown[]][])).toEqual(
    new Map<string, unknown[]>([
      [UNITS.name, [32, 64]],
      [KIND.name, ["adam", "sgd"]],
      [RATE.name, [0.001, 0.01, 0.1]],
      [column("training", "", "seed").name, [1, 2, 3]],
      // Options of one optimizer only.
      ...differingOptions(runs, known.options)
        .filter(({ column: { option } }) => option.owner === "optimizer" && option.field !== "learning_rate")
        .map(({ column: { name }, values }): [string, unknown[]] => [name, values.map(({ value }) => value)]),
    ]),
  );
  expect(differingOptions(runs.slice(0, 1), known.options)).toEqual([]);
  // Runs that were not read tell nothing apart.
  expect(differingOptions([run(1), run(9)], known.options)).toEqual([]);
  // What another kind of optimizer has is a difference; what a layer has from the start is not said where the layer itself is missing.
  const others = knownOf(
    [run(1), run(2)],
    [DESIGNS[0] ?? digits, { ...digits, graph: { ...digits.graph, nodes: digits.graph.nodes.filter(({ name }) => name !== hidden) } }],
  );
  const lacking = differingOptions([run(1), run(2)], others.options).filter(({ column: { option } }) => option.owner === hidden);
  expect(lacking.map(({ column: { option } }) => option.field)).toContain("type");
  expect(lacking.map(({ column: { option } }) => option.field)).not.toContain("use_bias");
});

test("an option is a column like any other: sorted by its size, last where a run has none, gone where all are alike, whole in the file", () => {
  expect(ids(sortRuns(runs, { column: RATE, descending: false }, said))).toEqual(["r3", "r1", "r2", "r4"]);
  expect(ids(sortRuns(runs, { column: RATE, descending: true }, said))).toEqual(["r2", "r1", "r3", "r4"]);
  expect(ids(sortRuns(runs, { column: KIND, descending: false }, said)).slice(0, 2)).toEqual(["r3", "r1"]);
  const columns = columnsFor(runs, false, [RATE, UNITS]);
  expect(columns.map(({ name }) => name).slice(0, 5)).toEqual(["name", "status", "dataset", RATE.name, UNITS.name]);
  const left = (of: readonly ListedRun[]): readonly Column[] => differingColumns(columns, of, said).filter(({ kind }) => kind === "option");
  expect(left(runs.slice(0, 2))).toEqual([RATE, UNITS]);
  expect(left(runs.filter(({ id }) => id === "r1" || id === "r3"))).toEqual([RATE]);
  const title = (of: Column): string => (of.kind === "option" ? optionTitle(of.option, words) : of.name);
  const text = runsCsv(runs, [{ kind: "plain", name: "name" }, RATE, KIND, UNITS], { ...said, title, group: () => "", groupTitle: "" });
  expect(text.replace("\uFEFF", "").split("\r\n").slice(0, 3)).toEqual([
    `name,Optimizer · Learning rate,Optimizer,${hidden} · Units`,
    "#1,0.01,Adam,64",
    "#2,0.1,SGD,32",
  ]);
  expect(text).toContain("forest,,,");
});

test("the filter takes conditions on options by field, by layer and by the word on the screen, beside words and figures", () => {
  const left = (filter: string, by: Words = words): readonly string[] =>
    ids(filterRuns(runs, filter, said, undefined, filteredOptions(known.names.values(), known.options, by)));
  expect(left("learning_rate<=0.01")).toEqual(["r1", "r3"]);
  expect(left(`${hidden}.units=32`)).toEqual(["r2"]);
  expect(left("units>=64 learning_rate<0.005")).toEqual(["r3"]);
  expect(left("optimizer=SGD")).toEqual(["r2"]);
  expect(left("training.optimizer=adam #3")).toEqual(["r3"]);
  expect(left("optimizer.learning_rate>.05")).toEqual(["r2"]);
  expect(left("学习率<0.005", { t: translators.zh, language: "zh" })).toEqual(["r3"]);
  // Nothing is called so: a word like any other.
  expect(left("no_such_option=adam")).toEqual([]);
  // Figures and epochs that a row has come before options of the same name.
  expect(left("epochs=1")).toEqual(ids(runs));
});

test("of runs that are gone nothing is known, and nothing is asked again", () => {
  const some = knownOf([run(1), run(2)], [DESIGNS[0] ?? digits]);
  expect(some.options.get("r2")?.values).toEqual([]);
  expect([...some.options.keys()]).toEqual(["r1", "r2"]);
});
