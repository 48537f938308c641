/** Which members come: all of a grid, none twice by chance, and of a search that learns those that its results ask for. */
import { describe, expect, it } from "vitest";
import { Random } from "../data/random.ts";
import { drawValue, gridValues, shareOf, valueAt } from "./draw.ts";
import { fellBehind, rungs } from "./halving.ts";
import { importances } from "./importance.ts";
import { type KnownMember, memberCount, nextMembers } from "./members.ts";
import type { RangeValues, SweepPlan } from "./plan.ts";
import { list, range, sweep } from "./sweeps.test-support.ts";

const rate = "training optimizer.learning_rate";

/** Plays a whole search: each member gets its figure as soon as it is made. */
function play(plan: SweepPlan, figure: (options: Readonly<Record<string, unknown>>) => number): KnownMember[] {
  const known: KnownMember[] = [];
  for (;;) {
    const next = nextMembers(plan, known, 1);
    if (next.length === 0) return known;
    for (const member of next) known.push({ ...member, ended: true, figure: figure(member.options) });
  }
}

describe("members", () => {
  it("of folds and seeds are one each, and only those that are missing are asked for", () => {
    expect(nextMembers({ kind: "folds", folds: 3 }, [], 1).map(({ options }) => options)).toEqual([{ fold: 0 }, { fold: 1 }, { fold: 2 }]);
    const known = [{ index: 1, options: {}, ended: false, figure: null }];
    expect(nextMembers({ kind: "seeds", seeds: [7, 8, 9] }, known, 1)).toEqual([
      { index: 0, options: { seed: 7 } },
      { index: 2, options: { seed: 9 } },
    ]);
  });

  it("of bags are one a draw, each with a seed of its own", () => {
    const plan = { kind: "ensemble", method: "bagging", bags: 3, rule: "average", seed: 4_294_967_294 } as const;
    expect(nextMembers(plan, [], 1).map(({ options }) => options)).toEqual([
      { bag: 0, seed: 4_294_967_294 },
      { bag: 1, seed: 4_294_967_295 },
      { bag: 2, seed: 0 },
    ]);
    expect(memberCount(plan)).toBe(3);
  });

  it("of a grid are every setting once, times the seeds, ends included", () => {
    const members = nextMembers(sweep({ seeds: [1, 2] }), [], 1);
    expect(members).toHaveLength(12);
    expect(memberCount(sweep({ seeds: [1, 2] }))).toBe(12);
    expect(new Set(members.map(({ options }) => JSON.stringify(options))).size).toBe(12);
    expect([...new Set(members.map(({ options }) => options[rate]))]).toEqual([0.001, 0.01, 0.1]);
    expect(nextMembers(sweep({ trials: 4 }), [], 1)).toHaveLength(4);
  });

  it("of a random search are the same for the same seed, others for another, and none twice", () => {
    const plan = (seed: number): SweepPlan => sweep({ method: "random", trials: 12, seed });
    const drawn = (seed: number): string => JSON.stringify(nextMembers(plan(seed), [], 1));
    expect(drawn(1)).toBe(drawn(1));
    expect(drawn(1)).not.toBe(drawn(2));
    const few = sweep({ method: "random", trials: 50, dimensions: [list("batch_size", 8, 16, 32), list("shuffle", true, false)] });
    const settings = nextMembers(few, [], 1).map(({ options }) => JSON.stringify(options));
    expect([settings.length, new Set(settings).size]).toEqual([6, 6]);
  });

  it("of a search that learns come a few at a time, with all seeds of a trial, and go on after a break as without one", () => {
    const plan = sweep({ method: "tpe", trials: 15, seeds: [1, 2] });
    const loss = (options: Readonly<Record<string, unknown>>): number => (Math.log10(Number(options[rate])) + 2) ** 2;
    const straight = play(plan, loss);
    expect(straight).toHaveLength(30);
    expect(straight.filter(({ index }) => index % 2 === 1).every(({ options }) => options["seed"] === 2)).toBe(true);
    // Torn away after 21 members: the second seed of a trial is missing, and its settings are those of the first.
    const torn = straight.slice(0, 21);
    const next = nextMembers(plan, torn, 1);
    expect(next).toEqual([{ index: 21, options: straight[21]?.options }]);
    expect(nextMembers(plan, [{ ...(straight[0] as KnownMember), ended: false }], 1)).toEqual([]);
  });
});

describe("the search that learns", () => {
  it("comes nearer to the best setting than chance does with as many trials, over thirty searches", () => {
    const dimensions = [range("a", 0, 1), range("b", 1e-5, 1, { scale: "log" }), list("c", "x", "y", "z")];
    const loss = (options: Readonly<Record<string, unknown>>): number =>
      (Number(options["training a"]) - 0.3) ** 2 +
      ((Math.log10(Number(options["training b"])) + 3) / 5) ** 2 +
      (options["training c"] === "y" ? 0 : 0.2);
    let won = 0;
    for (let seed = 0; seed < 30; seed += 1) {
      const best = (method: "tpe" | "random"): number =>
        Math.min(...play(sweep({ method, trials: 60, seed, dimensions }), loss).map(({ figure }) => figure ?? Number.POSITIVE_INFINITY));
      if (best("tpe") < best("random")) won += 1;
    }
    expect(won).toBeGreaterThanOrEqual(24);
  });

  it.each([1, 3])("tries no setting twice and ends when all are tried, %i at once", (atOnce) => {
    const dimensions = [list("a", "x", "y", "z"), range("b", 1, 20, { whole: true, scale: "log" }), range("c", 0.5, 0.5)];
    const plan = sweep({ method: "tpe", trials: 100, seeds: [1, 2], dimensions });
    const known: KnownMember[] = [];
    for (;;) {
      const next = nextMembers(plan, known, atOnce);
      if (next.length === 0) break;
      for (const member of next) known.push({ ...member, ended: true, figure: Number(member.options["training b"]) });
    }
    expect(known).toHaveLength(memberCount(plan));
    const settings = known.map(({ options }) => JSON.stringify(options));
    expect([settings.length, new Set(settings).size]).toEqual([120, 120]);
    // One that a search of before tried twice leaves another one untried, and no more are asked for than there are.
    const twice = known.map((one) => (one.index < 118 ? one : { ...one, options: { ...one.options, "training a": "x", "training b": 1 } }));
    expect(nextMembers(plan, twice, atOnce)).toEqual([]);
  });

  it("looks for the large end where more is better", () => {
    const plan = sweep({ method: "tpe", trials: 60, better: "high", dimensions: [range("a", 0, 10)] });
    const known = play(plan, (options) => -((Number(options["training a"]) - 8) ** 2));
    const late = known.slice(30).map(({ options }) => Number(options["training a"]));
    expect(Math.abs(late.reduce((sum, value) => sum + value, 0) / late.length - 8)).toBeLessThan(1.5);
  });
});

describe("values of a range", () => {
  const whole: RangeValues = { form: "range", low: 1, high: 4, scale: "linear", whole: true, points: 9 };
  it("are whole where they must be, each as often as the others, and lie where they are drawn", () => {
    expect(gridValues(whole)).toEqual([1, 2, 3, 4]);
    const random = new Random(4);
    const counts = new Map<unknown, number>();
    for (let k = 0; k < 4000; k += 1) counts.set(drawValue(whole, random), (counts.get(drawValue(whole, random)) ?? 0) + 1);
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
    const log: RangeValues = { form: "range", low: 1e-4, high: 1, scale: "log", whole: false, points: 3 };
    expect(gridValues(log)).toEqual([1e-4, 0.01, 1]);
    for (const share of [0, 0.25, 0.5, 1]) expect(shareOf(log, valueAt(log, share))).toBeCloseTo(share, 5);
  });
});

describe("values a step apart", () => {
  const units: RangeValues = { form: "range", low: 16, high: 70, scale: "linear", whole: true, points: 3, step: 16 };
  it("are low, low + step … and no others: in a grid, by chance, and where a search that learns looks", () => {
    expect(gridValues(units)).toEqual([16, 32, 48, 64]);
    const random = new Random(9);
    const counts = new Map<unknown, number>();
    for (let k = 0; k < 4000; k += 1) {
      const value = drawValue(units, random);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual([16, 32, 48, 64]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
    for (const value of [16, 32, 48, 64]) expect(valueAt(units, shareOf(units, value))).toBe(value);
    const plan = sweep({ method: "tpe", trials: 40, dimensions: [{ target: { of: "training", option: "a" }, values: units }] });
    const tried = play(plan, (options) => Math.abs(Number(options["training a"]) - 48)).map(({ options }) => options["training a"]);
    expect(tried.sort()).toEqual([16, 32, 48, 64]);
    expect(memberCount(plan)).toBe(4);
    expect(memberCount(sweep({ method: "random", dimensions: plan.dimensions }))).toBe(4);
  });
});

describe("successive halving", () => {
  it("lets of all that came to a rung, whoever comes last, exactly the best share go on", () => {
    const figures = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
    for (const factor of [2, 3, 4])
      for (const own of figures) {
        const others = figures.filter((other) => other !== own);
        const rank = figures.indexOf(own) + 1;
        expect(fellBehind(own, others, factor) !== null, `${own} of nine, one of ${factor}`).toBe(rank > Math.floor(9 / factor));
      }
    // Epochs r, r·f, r·f² … below the last one: those of the paper with its smallest budget r.
    for (const [first, factor, epochs] of [
      [1, 2, 100],
      [3, 3, 81],
      [5, 4, 1000],
    ] as const)
      expect(rungs({ first, factor }, epochs)).toEqual(
        Array.from({ length: 20 }, (_, k) => first * factor ** k).filter((epoch) => epoch < epochs),
      );
  });
});

describe("hopeless members", () => {
  it("are those that are not among the best share at a rung; the first and those without a number are judged plainly", () => {
    expect(rungs({ first: 1, factor: 3 }, 10)).toEqual([1, 3, 9]);
    expect(rungs({ first: 3, factor: 3 }, 9)).toEqual([3]);
    expect(fellBehind(5, [], 3)).toBeNull();
    expect(fellBehind(5, [1], 3)).toBeNull();
    expect(fellBehind(5, [1, 2], 3)).toEqual({ own: 5, last: 1, kept: 1, all: 3 });
    expect(fellBehind(0.5, [1, 2], 3)).toBeNull();
    expect(fellBehind(1.5, [1, 2, 3, 4, 5], 3)).toBeNull();
    expect(fellBehind(null, [], 3)).toEqual({ own: null, last: null, kept: 0, all: 1 });
    expect(fellBehind(1, [null, null, null], 3)).toBeNull();
  });
});

describe("importance of options", () => {
  const dimensions = [range("a", 0, 1), range("b", 0, 1), list("c", 1, 2)];
  const trials = (loss: (a: number, b: number) => number) => {
    const random = new Random(2);
    return Array.from({ length: 80 }, () => {
      const [a, b, c] = [random.float(), random.float(), 1 + random.below(2)];
      return { options: { "training a": a, "training b": b, "training c": c }, loss: loss(a, b) };
    });
  };
  it("is large for what decides, small for what does not, and in proportion between", () => {
    const [first, second, third] = importances(
      dimensions,
      trials((a, b) => 10 * a + 3 * b),
    );
    expect([first?.key, second?.key, third?.key]).toEqual(["training a", "training b", "training c"]);
    // Variances 100 and 9 of 109.
    expect(first?.share).toBeGreaterThan(0.75);
    expect(second?.share).toBeGreaterThan(0.02);
    expect(second?.share).toBeLessThan(0.2);
    expect(third?.share).toBeLessThan(0.02);
  });
  it("says nothing of too few trials, or of trials that are all alike", () => {
    expect(importances(dimensions, trials((a) => a).slice(0, 5))).toEqual([]);
    expect(
      importances(
        dimensions,
        trials(() => 1),
      ),
    ).toEqual([]);
  });
});
