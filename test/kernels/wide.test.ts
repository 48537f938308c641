/**
 * Every op with V8's revectorizer on and tiles for 256 bits, beside the same op without: the bits must be the same. A file of its
 * own, because V8's flags are the process's. Where V8 lacks the revectorizer the tiles alone are compared.
 */
import { setFlagsFromString } from "node:v8";
import { afterAll, describe, expect, it } from "vitest";
import type { OpName } from "../../core/ir/op-name.ts";
import type { KernelBackend } from "../../core/kernels/backend.ts";
import { createWasmBackend } from "../../core/kernels/wasm/backend.ts";
import { SmallProgram } from "../engine/program.ts";
import { casesOf } from "./cases.ts";
import { firstDifference, runCases } from "./run-case.ts";

const opNames = Object.keys(casesOf) as OpName[];
const joinsVectors = process.arch === "x64";
const revectorize = (on: boolean): void => {
  if (joinsVectors) setFlagsFromString(`--${on ? "" : "no-"}experimental-wasm-revectorize`);
};
// Optimised code at once: code that runs a few times only would otherwise never be joined.
setFlagsFromString("--no-liftoff");
afterAll(() => {
  revectorize(false);
  setFlagsFromString("--liftoff");
});

/** V8 takes code that it knows from its cache: another size of memory makes it other code. */
const withMoreMemory = (backend: KernelBackend): KernelBackend => ({
  ...backend,
  allocate: (elementCount) => backend.allocate(elementCount + 65_536),
});

describe.each(["fast", "reproducible"] as const)("wide vectors, %s arithmetic", (arithmetic) => {
  let settled = 0;
  const narrow = createWasmBackend({ arithmetic, threads: 1 });
  const wide = createWasmBackend({ arithmetic, threads: 1, wide: { settle: () => settled++ } });

  it.each(opNames)("give the bits of narrow ones for %s", (op) => {
    revectorize(false);
    const expected = runCases(narrow, casesOf[op]);
    revectorize(true);
    expect(firstDifference(runCases(withMoreMemory(wide), casesOf[op]), expected)).toBeNull();
  });

  it("are settled after every run, and said", () => {
    expect(settled).toBe(opNames.length);
    expect([narrow.vectorBits, wide.vectorBits]).toEqual([128, 256]);
  });

  it("are settled once where a run goes on", () => {
    const program = new SmallProgram(wide, (builder) => {
      const sum = builder.one("add", [builder.tensor([8], "parameter", "a"), builder.tensor([8], "parameter", "b")]);
      return { results: [builder.one("scale", [sum], { factor: 2 })] };
    });
    const before = settled;
    program.executable.run({ step: 0 }, 0, 1, true);
    program.executable.run({ step: 0 }, 1);
    expect(settled).toBe(before + 1);
  });
});
