import { describe, expect, it } from "vitest";
import * as normal from "../../activations/gelu/normal-distribution.ts";
import { WasmArena } from "./arena.ts";
import { integer, type Vector } from "./emit/expression.ts";
import type { FunctionBuilder } from "./emit/function.ts";
import { ModuleBuilder } from "./emit/module.ts";
import { map } from "./kernels/map.ts";
import {
  exp,
  expm1OfNegative,
  expOfNegative,
  gateSigmoid,
  gateTanh,
  log,
  log1pOfFraction,
  normalCumulative,
  normalDensity,
  sigmoid,
  sign,
  tanh,
} from "./math.ts";

type Formula = (f: FunctionBuilder, x: Vector) => Vector;

function evaluate(formula: Formula, xs: readonly number[], fused: boolean): Float32Array {
  const arena = new WasmArena(xs.length, 1);
  arena.elements.set(xs);
  const module = new ModuleBuilder(arena.limits, { fused, constantAddress: (bits) => arena.constants.addressOf(bits) });
  const run = module.function("run", 0, (f) => {
    map(
      {
        module,
        share: { index: 0, count: 1 },
        scratch: 0,
        sharedScratch: 0,
        barrier: () => {},
        call: (index, args) =>
          f.call(
            index,
            args.map((argument) => integer(Number(argument))),
          ),
      },
      {
        key: "formula",
        size: xs.length,
        streams: [{ address: arena.address(0), writes: true }],
        body: (g, [x]) => (x === undefined ? [] : [formula(g, x)]),
      },
    );
  });
  module.export("run", run);
  (new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { env: { memory: arena.memory } }).exports["run"] as () => void)();
  return arena.elements;
}

/** Distance from one float32 to the next above |x|, for normal numbers. */
const unitInLastPlace = (x: number): number => 2 ** (Math.floor(Math.log2(Math.max(Math.abs(x), 2 ** -126))) - 23);

const steps = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.fround(from + ((to - from) * i) / (count - 1)));

interface Case {
  readonly name: string;
  readonly formula: Formula;
  readonly exact: (x: number) => number;
  readonly xs: readonly number[];
  /** Units in the last place of the float32 result. */
  readonly within: number;
}

const cases: readonly Case[] = [
  { name: "exp", formula: exp, exact: Math.exp, xs: steps(-87, 88.7, 20001), within: 1.5 },
  { name: "exp below the normal range", formula: exp, exact: Math.exp, xs: steps(-103, -87, 501), within: 2 },
  { name: "exp of what is not above 0", formula: expOfNegative, exact: Math.exp, xs: [...steps(-87, 0, 20001), -1e-20, -1e-6], within: 2 },
  { name: "log", formula: log, exact: Math.log, xs: steps(1e-7, 40, 20001), within: 2 },
  { name: "log near 1", formula: log, exact: Math.log, xs: steps(0.9, 1.1, 5001), within: 2 },
  { name: "log(1 + e)", formula: log1pOfFraction, exact: Math.log1p, xs: [...steps(0, 1, 5001), 1e-30, 1e-10, 1e-7], within: 2.5 },
  { name: "sigmoid", formula: sigmoid, exact: (x) => 1 / (1 + Math.exp(-x)), xs: steps(-80, 80, 20001), within: 3 },
  { name: "tanh", formula: tanh, exact: Math.tanh, xs: [...steps(-9, 9, 20001), 1e-20, -1e-6, 1e-3], within: 5 },
  { name: "e^x − 1", formula: expm1OfNegative, exact: Math.expm1, xs: [...steps(-40, 0, 20001), -1e-20, -1e-6, -1e-3], within: 2 },
  { name: "normal distribution", formula: normalCumulative, exact: normal.normalCumulative, xs: steps(-1, 40, 20001), within: 3 },
  { name: "its lower tail", formula: normalCumulative, exact: normal.normalCumulative, xs: steps(-5.5, -1, 5001), within: 1200 },
  {
    name: "normal density",
    formula: (f, x) => normalDensity(f, f.keep(x)),
    exact: normal.normalDensity,
    xs: steps(-1, 1, 5001),
    within: 2.5,
  },
];

describe.each([true, false])("functions on four lanes, fused arithmetic %s", (fused) => {
  it.each(cases)("$name is within $within units in the last place", ({ formula, exact, xs, within }) => {
    const found = evaluate(formula, xs, fused);
    let worst = 0;
    let where = 0;
    xs.forEach((x, i) => {
      const off = Math.abs((found[i] ?? Number.NaN) - exact(x)) / unitInLastPlace(exact(x));
      if (!(off <= worst)) [worst, where] = [off, x];
    });
    expect(worst, `at ${where}`).toBeLessThanOrEqual(within);
  });

  it("functions of gates are within 3e-7 of the largest value, as far out as one likes", () => {
    const xs = [...steps(-20, 20, 20001), -1000, 1000, -1e-20];
    const worst = (formula: Formula, exact: (x: number) => number): number =>
      evaluate(formula, xs, fused).reduce((most, found, i) => Math.max(most, Math.abs(found - exact(xs[i] ?? 0))), 0);
    expect(worst(gateTanh, Math.tanh)).toBeLessThan(3e-7);
    expect(worst(gateSigmoid, (x) => 1 / (1 + Math.exp(-x)))).toBeLessThan(3e-7);
    for (const formula of [gateTanh, gateSigmoid]) expect(evaluate(formula, [Number.NaN, 1], fused)[0]).toBeNaN();
  });

  it("lets NaN through and takes the ends of the range", () => {
    for (const formula of [exp, log, sigmoid, tanh, sign, expm1OfNegative, expOfNegative, normalCumulative])
      expect(evaluate(formula, [Number.NaN, 1, 1, 1, 1], fused)[0]).toBeNaN();
    expect([...evaluate(exp, [Number.NEGATIVE_INFINITY, -200, 200, Number.POSITIVE_INFINITY], fused)]).toEqual([
      0,
      0,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    expect([...evaluate(sigmoid, [Number.NEGATIVE_INFINITY, -200, 200, Number.POSITIVE_INFINITY], fused)]).toEqual([0, 0, 1, 1]);
    expect([...evaluate(tanh, [Number.NEGATIVE_INFINITY, -20, 20, Number.POSITIVE_INFINITY], fused)]).toEqual([-1, -1, 1, 1]);
    const ends = [Number.NEGATIVE_INFINITY, -200, 200, Number.POSITIVE_INFINITY];
    expect([...evaluate(normalCumulative, ends, fused)]).toEqual([0, 0, 1, 1]);
    expect([...evaluate(expm1OfNegative, [Number.NEGATIVE_INFINITY, -200, 0], fused)]).toEqual([-1, -1, 0]);
    expect([...evaluate(expOfNegative, [-200, 0], fused)]).toEqual([expect.closeTo(0, 30), 1]);
    expect([...evaluate(log, [1, Number.POSITIVE_INFINITY], fused)]).toEqual([0, Number.POSITIVE_INFINITY]);
    expect([...evaluate(sign, [-3, 0, 2, -1e-40], fused)]).toEqual([-1, 0, 1, -1]);
  });
});
