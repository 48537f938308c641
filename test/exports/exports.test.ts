/** Scripts for PyTorch and Keras are still those that were run and gave our predictions (`npm run exports -- PYTHON`). */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CodeSource } from "../../core/export/code/script-ends.ts";
import { kerasScript } from "../../core/export/keras/script.ts";
import { pytorchScript } from "../../core/export/pytorch/script.ts";
import { lossNames } from "../../core/losses/definitions.ts";
import { optimizerNames } from "../../core/optimizers/definitions.ts";
import { scheduleNames } from "../../core/schedules/definitions.ts";
import { makeModelSpec } from "../../core/spec/model.ts";
import { readTraining } from "../../core/spec/training.ts";
import { graphOf, node } from "../engine/design.ts";
import { layerCases, maskCases, templateNames, templateSource } from "./cases.ts";
import { type ProvedFile, provedPath, scriptPath, TOLERANCE, TOOLS, type Tool, written } from "./proved.ts";
import { sharedCases, trainedCases } from "./shared-cases.ts";

const readProved = (tool: Tool): ProvedFile => JSON.parse(readFileSync(provedPath(tool), "utf8")) as ProvedFile;

describe.each(TOOLS)("%s", (tool) => {
  const proved = readProved(tool);
  const now = new Map([...layerCases(), ...maskCases(), ...sharedCases(), ...trainedCases()].map((one) => [one.name, one]));

  it("was within 1e-5 of our predictions", () => {
    expect(proved.largest_difference).toBeLessThan(TOLERANCE);
    expect(Object.values(proved.cases).filter((one) => "hash" in one).length).toBeGreaterThan(200);
  });

  it("was run for every example of every layer as they are now", () => {
    expect([...now.keys()].filter((name) => proved.cases[name] === undefined)).toEqual([]);
  });

  it.each([...now.keys()])("says what was proved: %s", (name) => {
    const one = now.get(name);
    if (one === undefined) throw new Error(name);
    const kept = proved.cases[name];
    const said = written(tool, one);
    if (kept !== undefined && "refused" in kept) expect(said).toEqual({ refused: kept.refused });
    else expect("hash" in said ? said.hash : said.refused).toBe(kept?.hash);
  });

  const templates = Object.keys(proved.cases).filter((name) => existsSync(scriptPath(name, tool)));
  it("was run for every template whose data ship, and keeps its script to read", () => {
    expect(templateNames().filter((name) => !templates.includes(name))).toEqual([]);
  });

  it.each(templates)("writes the template %s as it was proved", async (name) => {
    const said = written(tool, { name, source: await templateSource(name), model: () => Promise.reject(new Error("not asked")) });
    expect("text" in said ? said.text : said.refused).toBe(readFileSync(scriptPath(name, tool), "utf8"));
  });
});

describe("what a script says of the training", () => {
  const source = (
    train: Readonly<Record<string, unknown>>,
    output: Readonly<Record<string, string | number>> = { loss: "mse" },
  ): CodeSource => {
    const graph = graphOf(
      [node("x", "input", { shape: [3] }), node("Dense layer", "dense", { units: 2 }), node("y", "output", output)],
      [
        ["x", "Dense layer"],
        ["Dense layer", "y"],
      ],
    );
    return {
      name: 'A "name"\n"""',
      spec: makeModelSpec(graph, { inputs: {}, outputs: {} }),
      training: readTraining(train),
      data: null,
      vectors: new Map(),
    };
  };

  it.each(optimizerNames.flatMap((type) => scheduleNames.map((schedule) => [type, schedule] as const)))(
    "names %s with %s",
    (type, schedule) => {
      const asked = source({ optimizer: { type }, schedule: { type: schedule }, early_stopping: { enabled: true } });
      expect(pytorchScript(asked)).toContain("torch.optim.");
      expect(kerasScript(asked)).toContain("keras.optimizers.");
      for (const text of [pytorchScript(asked), kerasScript(asked)]) expect(text).not.toMatch(/undefined|NaN|\[object/);
    },
  );

  it("takes all rows together where the optimizer does, and the design's batch size elsewhere", () => {
    for (const script of [pytorchScript, kerasScript]) {
      const all = script(source({ optimizer: { type: "gradient_descent" }, batch_size: 8 }));
      expect(all).toContain("batch_size=None");
      expect(all.indexOf("count = len(")).toBeLessThan(all.indexOf("batch_size = batch_size or count"));
      expect(script(source({ optimizer: { type: "sgd" }, batch_size: 8 }))).toContain("batch_size=8)");
    }
  });

  it.each(lossNames)("names the loss %s", (loss) => {
    for (const text of [pytorchScript(source({}, { loss })), kerasScript(source({}, { loss }))])
      expect(text).not.toMatch(/undefined|\[object/);
  });

  it("keeps a design's name from ending the docstring, and makes names that Python takes", () => {
    const text = pytorchScript(source({}));
    expect(text.split('"""')[1]).toContain("A \"name\"\n'''");
    expect(text).toContain("self.dense_layer = nn.Linear(3, 2, bias=True)");
  });
});
