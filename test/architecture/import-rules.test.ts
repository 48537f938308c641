/**
 * The import rules hold on the tree as it is, and each of them is seen to fail on a violation that is planted for it.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { areas, TESTS } from "./areas.ts";
import { checkImports } from "./import-rules.ts";
import { withTree } from "./planted-tree.ts";

const REPOSITORY = join(import.meta.dirname, "../..");

/** Area → a file in it and an import that it may not have. */
const planted: Readonly<Record<string, { readonly file: string; readonly target: string }>> = {
  "core/index": { file: "core/index.ts", target: "main/host/runs.ts" },
  "core/schema": { file: "core/schema/fields.ts", target: "core/graph/document.ts" },
  "core/layers/registry": { file: "core/layers/registry.ts", target: "core/train/loop.ts" },
  "core/layers contract": { file: "core/layers/layer.ts", target: "core/layers/dense/index.ts" },
  "core/layers/<type>": { file: "core/layers/dense/index.ts", target: "core/layers/flatten/index.ts" },
  implementations: { file: "core/losses/mse/implementation.ts", target: "core/train/loop.ts" },
  "core/blocks": { file: "core/blocks/mcan.ts", target: "core/layers/dense/index.ts" },
  "core/proposals": { file: "core/proposals/tables.ts", target: "core/data/propose.ts" },
  "core/sweeps/fitting": { file: "core/sweeps/fitting/known-target.ts", target: "core/data/targets.ts" },
  "core/sweeps": { file: "core/sweeps/members.ts", target: "core/data/prepare.ts" },
  "core/insight/verdicts": { file: "core/insight/verdicts/gap.ts", target: "core/train/loop.ts" },
  "core/insight/slices, statistics": { file: "core/insight/slices/rows.ts", target: "core/train/loop.ts" },
  "core/insight/importance": { file: "core/insight/importance/permutation.ts", target: "core/train/loop.ts" },
  "core/insight/inside": { file: "core/insight/inside/look.ts", target: "core/train/loop.ts" },
  "core/insight": { file: "core/insight/signals.ts", target: "core/graph/document.ts" },
  "core/checks": { file: "core/checks/not-connected.ts", target: "core/losses/mse/implementation.ts" },
  definitions: { file: "core/losses/mse/definition.ts", target: "core/losses/mse/implementation.ts" },
  "core/graph": { file: "core/graph/propagate.ts", target: "core/losses/mse/implementation.ts" },
  "core/spec/build": { file: "core/spec/build.ts", target: "core/kernels/backend.ts" },
  "core/spec": { file: "core/spec/model.ts", target: "core/optimizers/sgd/implementation.ts" },
  "core/export": { file: "core/export/json.ts", target: "core/train/loop.ts" },
  "core/import": { file: "core/import/keras.ts", target: "core/train/loop.ts" },
  "core/layout": { file: "core/layout/layered-layout.ts", target: "core/graph/document.ts" },
  "core/ir": { file: "core/ir/plan.ts", target: "core/kernels/backend.ts" },
  "core/kernels": { file: "core/kernels/wasm/kernel.ts", target: "core/layers/dense/index.ts" },
  "core/figures": { file: "core/figures/run-layer.ts", target: "core/train/loop.ts" },
  "core/data": { file: "core/data/prepare.ts", target: "core/graph/document.ts" },
  "core/train": { file: "core/train/loop.ts", target: "core/protocol/server.ts" },
  "core/report": { file: "core/report/report.ts", target: "core/train/loop.ts" },
  "core/ensembles": { file: "core/ensembles/combine.ts", target: "core/train/loop.ts" },
  "core/protocol": { file: "core/protocol/server.ts", target: "core/train/loop.ts" },
  renderer: { file: "renderer/App.tsx", target: "core/spec/build.ts" },
  "main/host, engine, store": { file: "main/host/runs.ts", target: "renderer/App.tsx" },
  "main/electron": { file: "main/electron/main.ts", target: "main/loopback/main.ts" },
  preload: { file: "preload/index.ts", target: "core/graph/document.ts" },
  "main/loopback": { file: "main/loopback/main.ts", target: "main/electron/main.ts" },
  "main/cli": { file: "main/cli/main.ts", target: "main/loopback/main.ts" },
  "main launchers": { file: "main/start.ts", target: "core/train/loop.ts" },
  resources: { file: "resources/translations/translate.ts", target: "core/errors.ts" },
};

/** Files that may not import a package, and the package. */
const plantedPackages: readonly { readonly file: string; readonly name: string }[] = [
  { file: "core/graph/propagate.ts", name: "node:fs" },
  { file: "core/train/loop.ts", name: "react" },
  { file: "core/layers/dense/index.ts", name: "electron" },
  { file: "renderer/App.tsx", name: "node:path" },
  { file: "renderer/App.tsx", name: "electron" },
  { file: "renderer/App.tsx", name: "better-sqlite3" },
  { file: "main/host/runs.ts", name: "electron" },
  { file: "main/engine/pool.ts", name: "electron" },
  { file: "main/store/store.ts", name: "electron" },
  { file: "main/loopback/main.ts", name: "electron" },
  { file: "main/cli/main.ts", name: "electron" },
  { file: "main/start.ts", name: "electron" },
  { file: "main/cli/main.ts", name: "react" },
  { file: "preload/index.ts", name: "node:fs" },
];

const manifest = JSON.stringify({ dependencies: { react: "1", electron: "1", "better-sqlite3": "1", zod: "1" } });

function violationsIn(files: Readonly<Record<string, string>>): readonly string[] {
  return withTree({ "package.json": manifest, ...files }, (root) => checkImports(root).violations);
}

/** The path from one file to another as an import writes it. */
function specifier(from: string, to: string): string {
  return `${"../".repeat(from.split("/").length - 1)}${to}`.replace(/^(?!\.)/, "./");
}

test("the tree keeps to the import rules", () => {
  const { violations, fileCount } = checkImports(REPOSITORY);
  expect(violations).toEqual([]);
  expect(fileCount).toBeGreaterThan(100);
});

test("the files that the rules are about are there", () => {
  for (const file of ["core/layers/registry.ts", "core/spec/build.ts", "preload/index.ts", "main/electron/main.ts"])
    expect(existsSync(join(REPOSITORY, file)), file).toBe(true);
});

describe("a planted violation is found", () => {
  test("for every area", () => {
    expect(Object.keys(planted)).toEqual(areas.map(({ name }) => name).filter((name) => name !== TESTS));
  });

  test.each(Object.entries(planted))("%s", (area, { file, target }) => {
    const target_ = { [target]: "export const value = 1;\n" };
    expect(violationsIn({ ...target_, [file]: "export const value = 2;\n" })).toEqual([]);
    const found = violationsIn({
      ...target_,
      [file]: `import { value } from "${specifier(file, target)}";\nexport const other = value;\n`,
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${file}:1: [${area}] may not import ${target}`);
  });

  test.each(plantedPackages)("$file imports $name", ({ file, name }) => {
    const found = violationsIn({ [file]: `import value from "${name}";\nexport const other = value;\n` });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`may not import ${name}`);
  });

  test.each([
    ["a dynamic import", 'export const later = () => import("../train/loop.ts");'],
    ["a re-export", 'export * from "../train/loop.ts";'],
    ["a type", 'import type { value } from "../train/loop.ts";\nexport type Value = typeof value;'],
    ["a type written in place", 'export type Value = import("../train/loop.ts").Value;'],
    ["a worker by URL", 'export const file = new URL("../train/loop.ts", import.meta.url);'],
    ["a glob", 'export const all = import.meta.glob("../train/*.ts", { eager: true });'],
    ["JSX beside it", 'import { value } from "../train/loop.ts";\nexport const Box = () => <div>{value}</div>;'],
  ])("in the form of %s", (_, text) => {
    const found = violationsIn({ "core/train/loop.ts": "export const value = 1;\n", "core/graph/propagate.tsx": text });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain("[core/graph] may not import core/train/");
  });

  test("for a value where only a type is allowed", () => {
    const target = { "core/graph/document.ts": "export type Node = string;\nexport const node = 1;\n" };
    expect(
      violationsIn({ ...target, "core/data/split.ts": 'import type { Node } from "../graph/document.ts";\nexport type N = Node;\n' }),
    ).toEqual([]);
    expect(
      violationsIn({ ...target, "core/data/split.ts": 'import { node } from "../graph/document.ts";\nexport const n = node;\n' }),
    ).toHaveLength(1);
  });

  test("for a cycle of files, of types too, but not for what is loaded later", () => {
    const a = 'import { b } from "./b.ts";\nexport const a = () => b;\n';
    const withCycle = violationsIn({ "core/graph/a.ts": a, "core/graph/b.ts": 'import { a } from "./a.ts";\nexport const b = () => a;\n' });
    expect(withCycle).toHaveLength(1);
    expect(withCycle[0]).toContain("core/graph/a.ts → core/graph/b.ts → core/graph/a.ts");
    expect(
      violationsIn({
        "core/graph/a.ts": a,
        "core/graph/b.ts": 'import type { a } from "./a.ts";\nexport const b = 1;\nexport type A = typeof a;\n',
      }),
    ).toHaveLength(1);
    expect(violationsIn({ "core/graph/a.ts": a, "core/graph/b.ts": 'export const b = () => import("./a.ts");\n' })).toEqual([]);
  });

  test("for shipped code that imports a test", () => {
    const found = violationsIn({
      "test/layers/cases.ts": "export const cases = 1;\n",
      "main/cli/main.ts": 'import { cases } from "../../test/layers/cases.ts";\nexport const c = cases;\n',
    });
    expect(found[0]).toContain("[imports a test]");
  });

  test("for a file in no area", () => {
    expect(violationsIn({ "core/utils/helper.ts": "export const a = 1;\n" })[0]).toContain("[no area]");
  });

  test("for a path without its extension", () => {
    expect(violationsIn({ "core/graph/a.ts": "export const a = 1;\n", "core/graph/b.ts": 'export * from "./a";\n' })[0]).toContain(
      "[leads nowhere]",
    );
  });

  test("for a package that package.json does not name", () => {
    expect(violationsIn({ "main/host/runs.ts": 'import ws from "ws";\nexport const socket = ws;\n' })[0]).toContain("[undeclared package]");
  });
});
