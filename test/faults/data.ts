/** Faults of the preparation of data and of what leaves the program: leaks, encodings, units, order of rows, model files. */
import type { Fault } from "./fault.ts";

const PREPARE = ["core/data/prepare.test.ts", "core/data/held-out-rows.test.ts"];
const MODELS = ["test/host/models.test.ts"];

export const dataFaults: readonly Fault[] = [
  {
    name: "rows of given files are all trained on",
    file: "main/host/datasets/join/joined-source.ts",
    find: 'place === 0 ? "training" : (given[place - 1]?.part ?? "")',
    replace: '"training"',
    tests: ["main/host/datasets/join/import-joined.test.ts"],
  },
  {
    name: "a row shows the picture at its own place instead of the one it names",
    file: "core/data/pipeline.ts",
    find: "places: gather(column.places, rows, new Uint32Array(rows.length))",
    replace: "places: Uint32Array.from(rows, (_, i) => i % column.places!.length)",
    tests: ["core/data/shared-pictures.test.ts"],
  },
  {
    name: "means and categories are learnt from validation rows too",
    file: "core/data/prepare.ts",
    find: "return fitSteps(data.steps, learnt, new Set(plan.targetNames), new Set(data.columns.map(({ name }) => name)), target);",
    replace:
      "{ const all = fitSteps(data.steps, new Map(known), new Set(plan.targetNames), new Set(data.columns.map(({ name }) => name)), target); applySteps(all, learnt); return all; }",
    tests: PREPARE,
  },
  {
    name: "the stratified split does not look at classes",
    file: "core/data/split.ts",
    find: "return stratified(rows, strata, held, random);",
    replace: "return draw(rows.slice(), held, random);",
    tests: PREPARE,
  },
  {
    name: "the split by time holds out the first rows",
    file: "core/data/split.ts",
    find: "rows.subarray(rows.length - held)",
    replace: "rows.subarray(0, held)",
    tests: PREPARE,
  },
  {
    name: "a category never seen counts as the first one",
    file: "core/steps/categories.ts",
    find: "place.get(name) ?? -1",
    replace: "place.get(name) ?? 0",
    tests: PREPARE,
  },
  {
    name: "predictions of a transformed target are not turned back",
    file: "core/data/prepare.ts",
    find: 'if (layout.encoding !== "value") return out;',
    replace: "return out;",
    tests: PREPARE,
  },
  {
    name: "log1p of a target is undone without the 1",
    file: "core/steps/log1p/implementation.ts",
    find: "Math.expm1(",
    replace: "Math.exp(",
    tests: PREPARE,
  },
  {
    name: "predictions lose the order of the rows",
    file: "core/train/predictions.ts",
    find: "for (let row = 0; row < rowCount; row++) yield",
    replace: "for (let row = rowCount - 1; row >= 0; row--) yield",
    tests: ["core/train/predictions.test.ts"],
  },
  {
    name: "the exported model lacks its biases",
    file: "core/train/model.ts",
    find: "...network.parameters.map((info)",
    replace: '...network.parameters.filter(({ name }) => name !== "bias").map((info)',
    tests: MODELS,
  },
  {
    name: "the checksum of a model file is not verified",
    file: "core/export/json/model-json.ts",
    find: "if (checksum !== hashOf(body))",
    replace: "if (checksum === undefined)",
    tests: MODELS,
  },
  {
    name: "a model file may hold NaN",
    file: "core/export/json/model-json.ts",
    find: "if (at >= 0) throw",
    replace: "if (at >= values.length) throw",
    tests: MODELS,
  },
  {
    name: "a model file of a newer version is read as if it were known",
    file: "core/export/json/model-json.ts",
    find: "version > MODEL_FORMAT_VERSION",
    replace: "version < 0",
    tests: MODELS,
  },
];
