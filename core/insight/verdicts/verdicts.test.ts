/** Each verdict: heard where its figures are there, silent on a sound run, its acts done and then no longer on offer. */
import { describe, expect, it } from "vitest";
import { applyCommand } from "../../graph/commands.ts";
import type { DesignDocument } from "../../graph/document.ts";
import { readDesign } from "../../graph/migrate.ts";
import { countedIds } from "../../graph/naming.ts";
import type { EvaluatedOutput } from "../../train/evaluation.ts";
import { factsOf, type KeptLosses, type KeptRun } from "./facts.ts";
import { judgeRun } from "./judge-run.ts";

const design = (train: Readonly<Record<string, unknown>> = {}): DesignDocument =>
  readDesign({
    format: "neuroloom-design",
    format_version: 1,
    name: "made up",
    graph: {
      nodes: ["input", "dense", "dense", "output"].map((type, place) => ({
        id: `n${place}`,
        type,
        name: `${type}_${place}`,
        config: {},
        position: { x: 0, y: 0 },
      })),
      edges: [0, 1, 2].map((place) => ({
        id: `e${place}`,
        source: `n${place}`,
        source_port: "output",
        target: `n${place + 1}`,
        target_port: "input",
      })),
      groups: [],
    },
    train: { epochs: 20, ...train },
    data: null,
    notes: "",
  });

const row: KeptRun = { status: "done", error: null, epochs: 20, steps_per_epoch: 100, parameters: 500 };
const losses = (loss: readonly (number | null)[], valLoss: readonly (number | null)[] | null): KeptLosses[] =>
  loss.map((value, place) => ({ epoch: place + 1, loss: value, val_loss: valLoss?.[place] ?? null }));
const series = (count: number, at: (epoch: number) => number): number[] => Array.from({ length: count }, (_, place) => at(place + 1));

function codes(
  loss: readonly (number | null)[],
  valLoss: readonly (number | null)[] | null,
  { run = {}, outputs = [], trained = design() }: { run?: Partial<KeptRun>; outputs?: EvaluatedOutput[]; trained?: DesignDocument } = {},
) {
  const verdicts = judgeRun(
    factsOf({ ...row, ...run }, { design: trained, open: trained }, losses(loss, valLoss), outputs),
    countedIds("new", []),
  );
  return { verdicts, codes: verdicts.map(({ code }) => code) };
}

const falling = series(20, (epoch) => 0.2 + 0.8 * Math.exp(-epoch / 2));
const classes = (confusion: number[][]): EvaluatedOutput => {
  const supports = confusion.map((line) => line.reduce((sum, count) => sum + count, 0));
  const weight = supports.reduce((sum, count) => sum + count, 0);
  const right = confusion.reduce((sum, line, place) => sum + (line[place] ?? 0), 0);
  return {
    node_id: "n3",
    name: "kind",
    task: "classes",
    labels: ["cat", "dog", "fox"].slice(0, confusion.length),
    rows: weight,
    weight,
    loss: 0.3,
    figures: { accuracy: right / weight },
    classes: [],
    confusion,
    curves: [],
    calibration: null,
  };
};

describe("a run that is sound", () => {
  it("is said to be, and nothing else", () => {
    const { verdicts } = codes(
      falling,
      falling.map((loss) => loss + 0.01),
    );
    expect(verdicts).toMatchObject([{ code: "verdict.sound", tone: "good", params: { best: 20, last: 20, low: 0.21 } }]);
  });
  it("is not praised for rows that nothing was held out of", () => {
    expect(codes(falling, null).verdicts).toMatchObject([{ code: "verdict.sound_without_validation", tone: "advice" }]);
  });
  it("has no verdict before an epoch has ended", () => {
    expect(codes([], []).verdicts).toEqual([]);
  });
});

describe("what is wrong with a run", () => {
  it("over-fits: the held-out loss rises from its best epoch on while the other falls", () => {
    const valLoss = falling.map((loss, place) => loss + (place > 7 ? 0.03 * (place - 7) : 0));
    const { verdicts, codes: found } = codes(falling, valLoss);
    expect(found).toEqual(["verdict.overfitting"]);
    expect(verdicts[0]?.params).toMatchObject({ epoch: 8, rise: 161 });
    expect(verdicts[0]?.fixes.map(({ code }) => code)).toEqual(["fix.add_dropout", "fix.stop_early"]);
  });
  it("does not learn: the training loss lies flat", () => {
    const flat = series(20, (epoch) => 0.7 - 0.0001 * epoch);
    const { verdicts, codes: found } = codes(flat, flat, {
      outputs: [
        classes([
          [10, 0, 0],
          [10, 0, 0],
          [10, 0, 0],
        ]),
      ],
    });
    expect(found[0]).toBe("verdict.not_learning");
    expect(found).not.toContain("verdict.no_better_than_majority");
    expect(verdicts[0]?.params).toEqual({ epochs: 20, first: 0.6999, last: 0.698 });
  });
  it("a loss that lies flat because everything is right is no fault", () => {
    const flat = series(20, () => 1e-4);
    expect(
      codes(flat, flat, {
        outputs: [
          classes([
            [10, 0, 0],
            [0, 10, 0],
            [0, 0, 10],
          ]),
        ],
      }).codes,
    ).not.toContain("verdict.not_learning");
  });
  it("diverged: names the epoch and offers a lower rate and clipping", () => {
    const { verdicts } = codes([0.5, 0.9], [0.5, 0.8], { run: { status: "failed", error: { code: "train.not_finite_loss" } } });
    expect(verdicts).toMatchObject([{ code: "verdict.diverged", params: { epoch: 3, rate: 0.001 } }]);
    expect(verdicts[0]?.fixes.map(({ code }) => code)).toEqual(["fix.set_learning_rate", "fix.clip_gradients"]);
  });
  it("diverged: names the epoch by its number, whatever is told apart of a long run", () => {
    const every = losses(
      series(100, () => 0.5),
      null,
    ).map((one) => ({ ...one, epoch: one.epoch * 50 }));
    const facts = factsOf(
      { ...row, status: "failed", error: { code: "train.not_finite_loss" } },
      { design: design(), open: design() },
      every,
      [],
    );
    expect(judgeRun(facts, countedIds("new", []))).toMatchObject([{ code: "verdict.diverged", params: { epoch: 5001 } }]);
  });
  it("diverged: names the layer where it was seen first, and is silent where the data brought it", () => {
    const run = (code: string): Partial<KeptRun> => ({ status: "failed", error: { code, nodeId: "n2" } });
    expect(codes([0.5], null, { run: run("train.not_finite_weight") }).verdicts).toMatchObject([
      { code: "verdict.diverged_in", params: { epoch: 2, rate: 0.001, layer: "dense_2" } },
    ]);
    expect(codes([0.5], null, { run: run("train.not_finite_input") }).codes).toEqual([]);
  });
  it("jumps: the rate is too high", () => {
    const jumping = series(20, (epoch) => 0.5 - 0.01 * epoch + (epoch % 2) * 0.1);
    expect(codes(jumping, null).codes).toContain("verdict.rate_too_high");
    expect(codes(falling, null).codes).not.toContain("verdict.rate_too_high");
  });
  it("shot up far above where it began: the rate is too high, whatever came after", () => {
    const spike = series(30, (epoch) => (epoch === 3 ? 1e16 : 0.8));
    const { verdicts } = codes(spike, spike);
    expect(verdicts).toMatchObject([{ code: "verdict.rate_blew_up", params: { epoch: 3, to: 1e16, rate: 0.001 } }]);
    expect(verdicts[0]?.fixes).toMatchObject([{ code: "fix.set_learning_rate", params: { usual: 0.0001 } }]);
    expect(codes(falling, null).codes).not.toContain("verdict.rate_blew_up");
  });
  it("levelled off high on the training rows too: under-fitted, and a layer more is offered, once per click", () => {
    const flat = series(40, (epoch) => 0.66 + 0.1 * Math.exp(-epoch));
    const poor = classes([
      [60, 40],
      [50, 60],
    ]);
    const { verdicts } = codes(flat, flat, { outputs: [poor], run: { epochs: 40 } });
    expect(verdicts[0]).toMatchObject({ code: "verdict.under_fitted_classes", params: { accuracy: 57, share: 52, loss: 0.66 } });
    const before = design();
    const after = applyCommand(before, { type: "batch", commands: verdicts[0]?.fixes[0]?.commands ?? [] }).design.graph;
    const added = after.nodes.find(({ id }) => before.graph.nodes.every((node) => node.id !== id));
    expect(added).toMatchObject({ type: "dense", config: { units: 32, activation: "relu" } });
    expect(after.edges.some(({ source, target }) => source === added?.id && target === "n2")).toBe(true);
    expect(codes(flat, flat, { outputs: [{ ...poor, task: "two_classes" }] }).codes[0]).toBe("verdict.under_fitted_classes");
    const numbers = { ...poor, task: "numbers" as const, confusion: null, figures: { r2: 0.3 } };
    expect(codes(flat, flat, { outputs: [numbers] }).codes[0]).toBe("verdict.under_fitted_numbers");
    // Not where it is good, falls still, or does far better on its training rows.
    const good = classes([
      [95, 5],
      [5, 95],
    ]);
    const higher = flat.map((value) => value + 0.5);
    const sinking = series(40, (epoch) => 1 - 0.01 * epoch);
    for (const found of [
      codes(flat, flat, { outputs: [good] }),
      codes(flat, higher, { outputs: [poor] }),
      codes(sinking, sinking, { outputs: [poor] }),
    ])
      expect(found.codes).not.toContain("verdict.under_fitted_classes");
  });
  it("does not learn: that it is learning still is not said beside it", () => {
    const crawling = series(20, (epoch) => 0.76 - 0.00005 * epoch);
    expect(codes(crawling, crawling).codes).toEqual(["verdict.not_learning"]);
  });
  it("creeps: the rate is too low, which says more than that it still learns", () => {
    const creeping = series(20, (epoch) => 1 - 0.01 * epoch);
    expect(codes(creeping, creeping).codes).toEqual(["verdict.rate_too_low"]);
  });
  it("ended while it was still learning", () => {
    const slower = series(20, (epoch) => 1 / epoch);
    const { verdicts } = codes(slower, slower);
    expect(verdicts).toMatchObject([{ code: "verdict.still_learning", fixes: [{ params: { epochs: 40 } }] }]);
    expect(codes(slower, slower, { run: { status: "stopped" } }).codes).toEqual(["verdict.sound"]);
    expect(codes(slower, slower, { run: { epochs: 50 } }).codes).toEqual(["verdict.sound"]);
  });
  it("is still learning where little of the loss has gone, but as much at the end as before", () => {
    const loss = series(20, (epoch) => 2 + 1 / epoch);
    expect(
      codes(
        loss,
        series(20, (epoch) => 2.5 - 0.004 * epoch),
      ).codes,
    ).toContain("verdict.still_learning");
    expect(
      codes(
        loss,
        series(20, (epoch) => 2.3 + 0.2 * 0.8 ** epoch),
      ).codes,
    ).not.toContain("verdict.still_learning");
  });
  it("is not called unfinished where every held-out row is right, whatever the loss still does", () => {
    const slower = series(20, (epoch) => 1 / epoch);
    const creeping = series(20, (epoch) => 1 - 0.01 * epoch);
    const right = [
      [9, 0],
      [0, 9],
    ];
    const wrong = [
      [9, 0],
      [1, 8],
    ];
    const numbers = (r2: number): EvaluatedOutput => ({ ...classes(right), task: "numbers", figures: { r2 }, confusion: null });
    for (const outputs of [[classes(right)], [numbers(0.99995)], [classes(right), numbers(1)]]) {
      expect(codes(slower, slower, { outputs }).codes).toEqual(["verdict.sound"]);
      expect(codes(creeping, creeping, { outputs }).codes).toEqual(["verdict.sound"]);
      expect(
        codes(
          falling,
          falling.map((loss) => loss * 1.8),
          { run: { steps_per_epoch: 1, parameters: 3200 }, outputs },
        ).codes,
      ).toEqual(["verdict.sound"]);
    }
    for (const outputs of [[classes(wrong)], [numbers(0.999)], [classes(right), classes(wrong)]])
      expect(codes(slower, slower, { outputs }).codes).toEqual(["verdict.still_learning"]);
  });
  it("is not called unfinished where nothing was held out and every training row is right", () => {
    const slower = series(20, (epoch) => 1 / epoch);
    const said = (accuracy: number) => codes(slower, null, { run: { metrics: { loss: 0.05, accuracy } } }).codes;
    expect(said(1)).toEqual(["verdict.sound_without_validation"]);
    expect(said(0.99)).toEqual(["verdict.still_learning"]);
    expect(codes(slower, slower, { run: { metrics: { accuracy: 1, val_accuracy: 0.8 } } }).codes).toEqual(["verdict.still_learning"]);
  });
  it("could have stopped earlier, unless it stops early as it is", () => {
    const level = series(20, (epoch) => (epoch < 6 ? 1 / epoch : 0.2 + 0.0001 * epoch));
    const loss = series(20, (epoch) => (epoch < 6 ? 1 / epoch : 0.2));
    expect(codes(loss, level).verdicts).toMatchObject([{ code: "verdict.stopped_late", params: { best: 5, last: 20 } }].slice(0, 1));
    expect(codes(loss, level, { trained: design({ early_stopping: { enabled: true } }) }).codes).toEqual(["verdict.sound"]);
  });
  it("knows its own rows better than others, and has few of them", () => {
    const outcome = codes(
      falling,
      falling.map((loss) => loss * 1.8),
      { run: { steps_per_epoch: 1, parameters: 3200 } },
    );
    expect(outcome.codes).toEqual(["verdict.gap", "verdict.few_rows"]);
    expect(outcome.verdicts[1]?.params).toEqual({ parameters: 3200, rows: 32, times: 100 });
  });
  it("has as many rows as are left of those held out, where one batch takes them all", () => {
    const split = { method: "random", validation_fraction: 0.2, seed: null } as const;
    const data = {
      source: { kind: "file", name: "rows.csv" },
      columns: [],
      steps: [],
      split,
      feature_count: null,
      class_count: null,
    } as const;
    const trained = { ...design({ batch_size: 1000 }), data: { ...data, columns: [], steps: [] } };
    const [own = {} as EvaluatedOutput] = [
      classes([
        [20, 0],
        [5, 15],
      ]),
    ];
    const apart = falling.map((loss) => loss * 1.8);
    const run = { steps_per_epoch: 1, parameters: 3200 };
    const { verdicts } = codes(falling, apart, { run, trained, outputs: [own] });
    expect(verdicts.find(({ code }) => code === "verdict.few_rows")?.params).toEqual({ parameters: 3200, rows: 160, times: 20 });
    const folded = { ...trained, data: { ...trained.data, split: { ...split, folds: 3, fold: 1 } } };
    const ofFolds = codes(falling, apart, { run, trained: folded, outputs: [own] }).verdicts;
    expect(ofFolds.find(({ code }) => code === "verdict.few_rows")?.params).toMatchObject({ rows: 80 });
    // Never more, nor fewer, than its steps take.
    const steps = codes(falling, apart, { run: { steps_per_epoch: 10, parameters: 1e6 }, trained, outputs: [own] }).verdicts;
    expect(steps.find(({ code }) => code === "verdict.few_rows")?.params).toMatchObject({ rows: 9001 });
  });
  it("is not judged by losses that measure different things: classes weighed, or rows drawn, while training alone", () => {
    const apart = falling.map((loss) => loss * 1.8);
    const run = { parameters: 1e6 };
    expect(codes(falling, apart, { run, trained: design({ class_weight: "balanced" }) }).codes).toEqual(["verdict.sound"]);
    const level = series(20, (epoch) => 0.6 + 0.4 * Math.exp(-epoch));
    const poor = [
      classes([
        [50, 10],
        [25, 15],
      ]),
    ];
    expect(codes(level, level, { outputs: poor }).codes).toContain("verdict.under_fitted_classes");
    const weighed = codes(level, level, { outputs: poor, trained: design({ class_weight: "balanced" }) });
    expect(weighed.codes).not.toContain("verdict.under_fitted_classes");
  });
  it("says so where its answers were judged on the rows that it learnt from", () => {
    const outputs = [
      classes([
        [80, 0],
        [20, 0],
      ]),
    ];
    const learnt = codes(falling, null, { outputs, run: { metrics: { loss: 0.2 } } });
    expect(learnt.codes).toEqual(["verdict.no_better_than_majority", "verdict.on_training_rows"]);
    const held = codes(falling, falling, { outputs, run: { metrics: { loss: 0.2, val_loss: 0.2 } } });
    expect(held.codes).toEqual(["verdict.no_better_than_majority"]);
    expect(codes(falling, null, { run: { metrics: { loss: 0.2 } } }).codes).toEqual(["verdict.sound_without_validation"]);
  });
  it("is no better than always saying the commonest class", () => {
    const { verdicts } = codes(falling, falling, {
      outputs: [
        classes([
          [80, 0],
          [20, 0],
        ]),
      ],
    });
    expect(verdicts).toMatchObject([{ code: "verdict.no_better_than_majority", params: { label: "cat", accuracy: 80, share: 80 } }]);
  });
  it("is no better than the mean", () => {
    const numbers: EvaluatedOutput = { ...classes([[1]]), task: "numbers", figures: { r2: -0.02 }, confusion: null };
    expect(codes(falling, falling, { outputs: [numbers] }).verdicts).toMatchObject([
      { code: "verdict.no_better_than_mean", params: { r2: -0.02 } },
    ]);
  });
  it("is worse than what stands beside a series: the naive forecast before the line, and silent where it is as good", () => {
    const beside = (name: string, figures: Record<string, number>, back?: number) => ({
      name,
      said: back === undefined ? null : { key: "k", params: { back } },
      learnt_from: { rows: 80, held_out: true },
      figures,
    });
    const numbers = (rmse: number, ...baselines: ReturnType<typeof beside>[]): EvaluatedOutput[] => [
      { ...classes([[1]]), task: "numbers", figures: { rmse, r2: 0.5 }, confusion: null, baselines },
    ];
    const both = [beside("linear_regression", { rmse: 1 }), beside("seasonal_naive", { rmse: 2 }, 7)];
    expect(codes(falling, falling, { outputs: numbers(2.5, ...both) }).verdicts).toMatchObject([
      { code: "verdict.worse_than_naive", tone: "problem", params: { output: "kind", own: 2.5, theirs: 2, back: 7 } },
    ]);
    expect(codes(falling, falling, { outputs: numbers(2.5, beside("seasonal_naive", { rmse: 2 })) }).codes).toEqual([
      "verdict.worse_than_naive_seasons",
    ]);
    expect(codes(falling, falling, { outputs: numbers(1.5, ...both) }).verdicts).toMatchObject([
      { code: "verdict.worse_than_line", tone: "advice", params: { own: 1.5, theirs: 1 } },
    ]);
    expect(codes(falling, falling, { outputs: numbers(1.005, ...both) }).codes).toEqual(["verdict.sound"]);
    const [right = {} as EvaluatedOutput] = [
      classes([
        [40, 10],
        [10, 40],
      ]),
    ];
    const logistic = (accuracy: number) => [{ ...right, baselines: [beside("logistic_regression", { accuracy })] }];
    expect(codes(falling, falling, { outputs: logistic(0.9) }).verdicts[0]).toMatchObject({
      code: "verdict.worse_than_logistic",
      params: { own: 80, theirs: 90 },
    });
    expect(codes(falling, falling, { outputs: logistic(0.805) }).codes).not.toContain("verdict.worse_than_logistic");
  });
  it("takes one class for another", () => {
    const { verdicts } = codes(falling, falling, {
      outputs: [
        classes([
          [40, 10, 0],
          [2, 48, 0],
          [0, 1, 49],
        ]),
      ],
    });
    expect(verdicts).toMatchObject([
      { code: "verdict.confused_classes", params: { actual: "cat", predicted: "dog", count: 10, share: 20 } },
    ]);
  });
});

it("every act that is offered can be done on the design, and is then no longer offered", () => {
  const valLoss = falling.map((loss, place) => loss + (place > 7 ? 0.03 * (place - 7) : 0));
  let open = design();
  const offered = () => {
    const facts = factsOf(row, { design: design(), open }, losses(falling, valLoss), []);
    return judgeRun(
      facts,
      countedIds(
        "new",
        open.graph.nodes.map(({ id }) => id),
      ),
    ).flatMap(({ fixes }) => fixes);
  };
  for (let left = 2; left > 0; left--) {
    const [fix, ...others] = offered();
    expect(others).toHaveLength(left - 1);
    for (const command of fix?.commands ?? []) open = applyCommand(open, command).design;
  }
  expect(offered()).toEqual([]);
  expect(open.graph.nodes).toHaveLength(5);
  expect(open.train["early_stopping"]).toMatchObject({ enabled: true, restore_best_weights: true });
});
