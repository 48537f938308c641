/** Learning rates step by step, against PyTorch's schedulers where it has the same one and against Keras's formulas otherwise. */
import { describe, expect, it } from "vitest";
import { defaultsOf, validateConfig } from "../schema/validate.ts";
import { scheduleDefinition, scheduleNames } from "./definitions.ts";
import { scheduleImplementation } from "./implementations.ts";
import { freshSchedule } from "./schedule.ts";

const BASE = 0.1;

function rate(name: string, config: Readonly<Record<string, unknown>>, step: number, totalSteps = 1000): number {
  const whole = validateConfig(scheduleDefinition(name).schema, config, name);
  return scheduleImplementation(name).rate(whole, { base: BASE, step, totalSteps }, freshSchedule());
}

describe("schedules", () => {
  it.each(scheduleNames)("%s has words in both languages for every option", (name) => {
    const { schema, texts } = scheduleDefinition(name);
    for (const language of ["en", "zh"] as const) {
      expect(Object.keys(texts[language].fields).sort()).toEqual(Object.keys(schema).sort());
      for (const { label, help } of Object.values(texts[language].fields)) expect([label.trim(), help.trim()]).not.toContain("");
      expect([texts[language].label, texts[language].summary]).not.toContain("");
    }
  });

  it.each(scheduleNames)("%s gives a finite rate that is not negative at every step, and behind the last", (name) => {
    for (let step = 0; step <= 110; step++) {
      const found = rate(name, defaultsOf(scheduleDefinition(name).schema), step, 100);
      expect(found).toBeGreaterThanOrEqual(0);
      expect(found).toBeLessThanOrEqual(BASE * (1 + 1e-12));
    }
  });

  it("are refused by a name that is not known, which is told the known ones", () => {
    for (const name of ["step", "__proto__"])
      expect(() => scheduleDefinition(name)).toThrowError(
        expect.objectContaining({ code: "spec.unknown_schedule", params: { name, known: scheduleNames.join(", ") } }),
      );
  });
});

/** PyTorch 2.13, torch.optim.lr_scheduler over SGD with lr 0.1: the rate before each step, by step. */
const pytorch: readonly {
  readonly as: string;
  readonly name: string;
  readonly config: object;
  readonly rates: readonly [number, number][];
}[] = [
  {
    as: "OneCycleLR(0.1, total_steps=100)",
    name: "one_cycle",
    config: { total_steps: 100 },
    rates: [
      [0, 0.004],
      [1, 0.00428137805659],
      [14, 0.0494013323879],
      [29, 0.1],
      [30, 0.0999496535285],
      [60, 0.0589280090286],
      [98, 5.07464715476e-5],
      [99, 4e-7],
    ],
  },
  {
    as: "CosineAnnealingWarmRestarts(10, 2, eta_min=0.01)",
    name: "cosine_restarts",
    config: { first_decay_steps: 10, alpha: 0.1 },
    rates: [
      [0, 0.1],
      [5, 0.055],
      [9, 0.0122024567667],
      [10, 0.1],
      [20, 0.055],
      [29, 0.0105540246732],
      [30, 0.1],
      [69, 0.010138719982],
    ],
  },
  {
    as: "PolynomialLR(50, 2)",
    name: "polynomial_decay",
    config: { decay_steps: 50, power: 2, end_learning_rate: 0 },
    rates: [
      [0, 0.1],
      [1, 0.09604],
      [25, 0.025],
      [49, 4e-5],
      [50, 0],
      [55, 0],
    ],
  },
  {
    as: "ExponentialLR(0.96 ** 0.1)",
    name: "exponential_decay",
    config: { decay_steps: 10 },
    rates: [
      [0, 0.1],
      [1, 0.0995926121398],
      [10, 0.096],
      [25, 0.090297989878],
    ],
  },
];

describe("rates", () => {
  it.each(pytorch)("of $name are those of $as", ({ name, config, rates }) => {
    for (const [step, expected] of rates)
      expect(Math.abs(rate(name, config as Record<string, unknown>, step) - expected), `step ${step}`).toBeLessThan(
        1e-13 + expected * 1e-10,
      );
  });

  it("of constant never change", () => {
    expect([0, 1, 10_000].map((step) => rate("constant", {}, step))).toEqual([BASE, BASE, BASE]);
  });

  it("of piecewise change behind each boundary, as Keras's do", () => {
    const config = { boundaries: [2, 4], factor: 0.5 };
    expect([0, 2, 3, 4, 5, 9].map((step) => rate("piecewise", config, step))).toEqual([0.1, 0.1, 0.05, 0.05, 0.025, 0.025]);
  });

  it("of exponential_decay fall at once with staircase", () => {
    const config = { decay_steps: 10, decay_rate: 0.5, staircase: true };
    expect([0, 9, 10, 19, 20].map((step) => rate("exponential_decay", config, step))).toEqual([0.1, 0.1, 0.05, 0.05, 0.025]);
  });

  it("of cosine_restarts lose height at each restart, and last the whole run without a period", () => {
    expect(rate("cosine_restarts", { first_decay_steps: 10, m_mul: 0.5 }, 10)).toBeCloseTo(0.05, 14);
    expect(rate("cosine_restarts", { first_decay_steps: 10, m_mul: 0.5 }, 30)).toBeCloseTo(0.025, 14);
    expect(rate("cosine_restarts", {}, 500, 1000)).toBeCloseTo(0.05, 14);
  });

  it("of polynomial_decay start again over a longer stretch with cycle", () => {
    const config = { decay_steps: 10, end_learning_rate: 0, cycle: true };
    expect([0, 5, 10, 11, 15, 20].map((step) => rate("polynomial_decay", config, step))).toEqual(
      [1, 0.5, 0, 0.45, 0.25, 0].map((share) => expect.closeTo(BASE * share, 14)),
    );
  });

  it("of warm_up rise in a line, the first step included, and go on as chosen", () => {
    const at = (decay: string, step: number): number => rate("warm_up", { warmup_steps: 10, decay }, step, 110);
    expect([0, 4, 9, 10, 60].map((step) => at("constant", step))).toEqual([0.01, 0.05, 0.1, 0.1, 0.1].map((r) => expect.closeTo(r, 14)));
    expect([10, 60, 110].map((step) => at("linear", step))).toEqual([0.1, 0.05, 0].map((r) => expect.closeTo(r, 14)));
    expect([10, 60, 110].map((step) => at("cosine", step))).toEqual([0.1, 0.05, 0].map((r) => expect.closeTo(r, 14)));
    expect([9, 39].map((step) => at("inverse_square_root", step))).toEqual([0.1, 0.05].map((r) => expect.closeTo(r, 14)));
  });
});

describe("reduce_on_plateau", () => {
  /** Rates after each epoch with that loss. */
  function ratesAfter(losses: readonly number[], more: Readonly<Record<string, unknown>> = {}): number[] {
    const { schema } = scheduleDefinition("reduce_on_plateau");
    const config = validateConfig(schema, { patience: 2, min_delta: 0.1, factor: 0.5, ...more }, "plateau");
    const { rate: of, observe } = scheduleImplementation("reduce_on_plateau");
    const state = freshSchedule();
    return losses.map((loss) => {
      observe?.(config, BASE, state, loss);
      return of(config, { base: BASE, step: 0, totalSteps: 1 }, state);
    });
  }

  it("has Keras's defaults", () => {
    expect(defaultsOf(scheduleDefinition("reduce_on_plateau").schema)).toEqual({
      monitor: "val_loss",
      factor: 0.1,
      patience: 10,
      min_delta: 1e-4,
      cooldown: 0,
      min_lr: 0,
    });
  });

  it("falls after `patience` epochs that are not better by min_delta, and again after as many more", () => {
    expect(ratesAfter([1, 0.95, 0.91, 0.91, 0.91])).toEqual([0.1, 0.1, 0.05, 0.05, 0.025]);
  });

  it("starts counting anew when it gets better", () => {
    expect(ratesAfter([1, 1, 0.5, 0.5, 0.5])).toEqual([0.1, 0.1, 0.1, 0.1, 0.05]);
  });

  it("counts nothing in the cooldown", () => {
    // Keras 3: the counter goes down at the start of an epoch, so that a cooldown of 2 skips one epoch whole.
    expect(ratesAfter([1, 1, 1, 1, 1, 1], { cooldown: 2 })).toEqual([0.1, 0.1, 0.05, 0.05, 0.05, 0.025]);
  });

  it("stays at the least rate", () => {
    expect(ratesAfter([1, 1, 1, 1, 1, 1, 1], { min_lr: 0.04 })).toEqual([0.1, 0.1, 0.05, 0.05, 0.04, 0.04, 0.04]);
  });
});
