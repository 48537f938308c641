/** docs/engine.md: its programs print what the page says, and the layer it shows works once its folder is there. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { runTests } from "../faults/run-tests.ts";
import { copyTree } from "../faults/tree-copy.ts";
import { runNode } from "../run/command.ts";
import { codeBlocks, shownFiles } from "./code-blocks.ts";

const PAGE = "engine.md";

describe("the programs of the page", () => {
  const blocks = codeBlocks(PAGE);
  const programs = blocks.flatMap(({ isProgram, text }, i) =>
    isProgram ? [{ text, printed: blocks.slice(i + 1).find(({ language }) => language === "text")?.text }] : [],
  );

  it("are three", () => {
    expect(programs).toHaveLength(3);
  });

  it.each(programs)("print what the page says ($#)", async ({ text, printed }) => {
    const { status, output } = await runNode(["--input-type=module-typescript", "--eval", text]);
    expect(output.trimEnd()).toBe(printed);
    expect(status).toBe(0);
  });
});

describe("the layer of the page", () => {
  it("is found, listed, named nowhere else and passes the suite over all layers, with nothing but its folder and a new registry", async () => {
    const tree = copyTree();
    try {
      const files = shownFiles(PAGE);
      expect([...files.keys()]).toEqual(["core/layers/echo/index.ts", "core/layers/echo/texts.ts"]);
      for (const [path, text] of files) {
        // A layer that is there already would prove nothing.
        expect(existsSync(join(tree.root, path))).toBe(false);
        mkdirSync(dirname(join(tree.root, path)), { recursive: true });
        writeFileSync(join(tree.root, path), text);
      }
      const registries = await runNode([join(tree.root, "test/registries/generate.ts")], { folder: tree.root });
      expect(registries).toMatchObject({ status: 0, output: "" });

      const listed = await runNode([join(tree.root, "main/cli/main.ts"), "layers", "--json"], { folder: tree.root });
      expect(listed.output).toContain('"type":"echo"');

      const suites = ["test/layers/layers.test.ts", "test/architecture/layer-names.test.ts"];
      const outcomes = await runTests(tree.root, suites, false);
      expect(outcomes.flatMap(({ failed, broken }) => [...failed, ...(broken === null ? [] : [broken])])).toEqual([]);
      const names = outcomes.flatMap(({ passed }) => passed).filter((name) => name.startsWith("echo"));
      expect(names.length).toBeGreaterThan(20);
    } finally {
      tree.remove();
    }
  });
});
