import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { makeWideProbe } from "../../core/kernels/wasm/wide-vectors.ts";
import { type Finding, findWideVectors, makeFinding, type Surroundings } from "./wide-vectors.ts";

const folder = mkdtempSync(join(tmpdir(), "neuroloom-wide-"));
const file = join(folder, "home", "wide-vectors.json");
const kept = (): Finding => JSON.parse(readFileSync(file, "utf8"));
beforeEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

/** A machine whose wide products take `wideMs`, the others 2 ms; numbers come from `result`. */
function machine({ wideMs = 1, result = () => Float32Array.of(1, 2), exists = true, name = "a" } = {}): Surroundings & {
  readonly flags: boolean[];
  readonly probes: boolean[];
} {
  let now = 0;
  const [flags, probes]: [boolean[], boolean[]] = [[], []];
  return {
    machine: name,
    flags,
    probes,
    flagExists: () => exists,
    setFlag: (on) => void flags.push(on),
    makeProbe: (wide) => {
      probes.push(wide);
      const run = (): void => {
        now += wide ? wideMs : 2;
      };
      return { run, result: () => (wide ? result() : Float32Array.of(1, 2)) };
    },
    nowMs: () => now,
  };
}

describe("findWideVectors", () => {
  it("uses wide vectors that are faster and right, says so in the file, and does not measure again", () => {
    const first = machine();
    expect(findWideVectors(file, first)).toBeDefined();
    expect(kept()).toMatchObject({ machine: "a", verdict: "used", speedup: 2 });
    const second = machine();
    expect(findWideVectors(file, second)).toBeDefined();
    expect([second.probes, second.flags]).toEqual([[], [true]]);
  });

  it("measures anew on another machine", () => {
    findWideVectors(file, machine());
    const other = machine({ name: "b", exists: false });
    expect(findWideVectors(file, other)).toBeUndefined();
    expect(kept()).toMatchObject({ machine: "b", verdict: "no_such_flag" });
  });

  it("measures anew when the file is not its own", () => {
    findWideVectors(file, machine());
    writeFileSync(file, "{");
    expect(findWideVectors(file, machine())).toBeDefined();
  });

  it.each([
    ["differ by one bit", machine({ result: () => Float32Array.of(1, 2.0000002) }), "wrong_bits"],
    ["are NaN of another kind", machine({ result: () => Float32Array.of(1, Number.NaN) }), "wrong_bits"],
    ["take as long", machine({ wideMs: 2 }), "not_faster"],
  ] as const)("does not use products that %s, and switches the flag off again", (_, around, verdict) => {
    expect(findWideVectors(file, around)).toBeUndefined();
    expect(kept().verdict).toBe(verdict);
    expect(around.flags.at(-1)).toBe(false);
  });

  it("waits longer for V8's compiler before it says that nothing is gained", () => {
    let runs = 0;
    const around = machine();
    const late = (wide: boolean, fused: boolean) => {
      const probe = around.makeProbe(wide, fused);
      const slow = around.makeProbe(false, fused);
      return { ...probe, run: () => (wide && runs++ < 150 ? slow : probe).run() };
    };
    expect(findWideVectors(file, { ...around, makeProbe: late })).toBeDefined();
    expect(kept().speedup).toBe(2);
  });

  it("does not touch a flag that V8 does not know", () => {
    const around = machine({ exists: false });
    expect(findWideVectors(file, around)).toBeUndefined();
    expect(around.flags).toEqual([]);
  });

  it("does not try a second time when the first attempt took the process down", () => {
    const around = machine();
    const dying = {
      ...around,
      makeProbe: () => {
        throw new Error("down");
      },
    };
    expect(() => findWideVectors(file, dying)).toThrow("down");
    const next = machine();
    expect(findWideVectors(file, next)).toBeUndefined();
    expect(next.probes).toEqual([]);
  });
});

describe("makeFinding on this machine", () => {
  it("takes under 3 s, and the real probe gives the same bits wherever it may be used", () => {
    const finding = makeFinding({
      machine: "here",
      flagExists: () => process.arch === "x64",
      setFlag: (on) => setFlagsFromString(`--${on ? "" : "no-"}experimental-wasm-revectorize`),
      makeProbe: makeWideProbe,
      nowMs: () => performance.now(),
    });
    setFlagsFromString("--no-experimental-wasm-revectorize");
    expect(finding.seconds).toBeLessThan(3);
    expect(finding.verdict).not.toBe("wrong_bits");
  });
});
