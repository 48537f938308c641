/** Gates, states and gradients through time are those of cells written out by hand. */
import { describe, expect, it } from "vitest";
import { oracle } from "./backends.ts";
import { chain, node } from "./design.ts";
import { close, designOf, ending, LENGTH, look, numbers, recurrent, texts, trained, words } from "./inside-networks.ts";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
type Cell = (
  x: readonly number[],
  h: readonly number[],
  c: readonly number[],
  weights: (name: string) => ArrayLike<number>,
) => { h: number[]; c: number[]; gates: number[] };
const times = (x: readonly number[], kernel: ArrayLike<number>, columns: number): number[] =>
  Array.from({ length: columns }, (_, j) => x.reduce((sum, value, i) => sum + value * (kernel[i * columns + j] ?? 0), 0));
const plus = (...lists: readonly ArrayLike<number>[]): number[] =>
  Array.from(lists[0] ?? [], (_, i) => lists.reduce((sum, list) => sum + (list[i] ?? 0), 0));
const lstm: Cell = (x, h, c, weights) => {
  const z = plus(times(x, weights("kernel"), 12), times(h, weights("recurrent_kernel"), 12), weights("bias"));
  const [i, f, g, o] = [z.slice(0, 3).map(sigmoid), z.slice(3, 6).map(sigmoid), z.slice(6, 9).map(Math.tanh), z.slice(9).map(sigmoid)];
  const cell = c.map((value, k) => (f[k] ?? 0) * value + (i[k] ?? 0) * (g[k] ?? 0));
  return { h: cell.map((value, k) => (o[k] ?? 0) * Math.tanh(value)), c: cell, gates: [...i, ...f, ...g, ...o] };
};
const gru: Cell = (x, h, c, weights) => {
  const bias = Array.from(weights("bias"));
  const inner = plus(times(h, weights("recurrent_kernel"), 9), bias.slice(9));
  const z = plus(times(x, weights("kernel"), 9), bias.slice(0, 9));
  const update = [0, 1, 2].map((k) => sigmoid((z[k] ?? 0) + (inner[k] ?? 0)));
  const reset = [3, 4, 5].map((k) => sigmoid((z[k] ?? 0) + (inner[k] ?? 0)));
  const candidate = [0, 1, 2].map((k) => Math.tanh((z[6 + k] ?? 0) + (reset[k] ?? 0) * (inner[6 + k] ?? 0)));
  return {
    h: h.map((value, k) => (update[k] ?? 0) * value + (1 - (update[k] ?? 0)) * (candidate[k] ?? 0)),
    c: [...c],
    gates: [...update, ...reset, ...candidate],
  };
};

describe.each([
  { type: "lstm", cell: lstm, gates: ["input", "forget", "candidate", "output"] },
  { type: "gru", cell: gru, gates: ["update", "reset", "candidate"] },
])("$type", ({ type, cell, gates }) => {
  const predictor = trained(recurrent(type), texts, oracle);
  const weights = (name: string): ArrayLike<number> => predictor.network.view("parameter", `cell/${name}`);
  const xs = (): number[][] => {
    const values = numbers(look(predictor, "vectors", "activations", texts), "activations");
    return Array.from({ length: LENGTH }, (_, step) => values.slice(step * 4, step * 4 + 4));
  };
  it("shows the gates that the cell written out by hand has", () => {
    const found = look(predictor, "cell", "gates", texts);
    let [h, c] = [
      [0, 0, 0],
      [0, 0, 0],
    ];
    xs().forEach((x, step) => {
      const next = cell(x, h, c, weights);
      gates.forEach((gate, place) =>
        close(numbers(found, gate).slice(step * 3, step * 3 + 3), next.gates.slice(place * 3, place * 3 + 3), 5),
      );
      close(numbers(found, "states").slice(step * 3, step * 3 + 3), next.h, 5);
      [h, c] = [next.h, next.c];
    });
    expect(found.labels["steps"]).toEqual(["the", "film", "is", "good", ""]);
  });
  it("finds the gradient by distance as differences of the cell written out by hand do", () => {
    const norms = numbers(look(predictor, "cell", "gradient_by_distance", texts), "norms");
    const steps = xs();
    const [kernel, bias] = [predictor.network.view("parameter", "p/kernel"), predictor.network.view("parameter", "p/bias")];
    const lossFrom = (start: number, h: readonly number[], c: readonly number[]): number => {
      let state = { h: [...h], c: [...c] };
      for (const x of steps.slice(start + 1)) state = cell(x, state.h, state.c, weights);
      const score = state.h.reduce((sum, value, k) => sum + value * (kernel[k] ?? 0), bias[0] ?? 0);
      return -Math.log(1 - sigmoid(score));
    };
    let state = { h: [0, 0, 0], c: [0, 0, 0] };
    const expected = steps.map((x, step) => {
      state = cell(x, state.h, state.c, weights);
      const { h, c } = state;
      const by = 1e-5;
      return Math.hypot(
        ...[0, 1, 2].map((k) => {
          const moved = (delta: number): number[] => h.map((value, i) => (i === k ? value + delta : value));
          return (lossFrom(step, moved(by), c) - lossFrom(step, moved(-by), c)) / (2 * by);
        }),
      );
    });
    close(norms, expected.toReversed(), 5);
    expect(norms.at(-1)).toBeGreaterThan(0);
  });
});

it("finds no gradient other than the whole one where every step is passed on, whether padding is masked or not", () => {
  // Two cells above each other: the lower one's gradient by its last state is what the upper one hands back for its last step alone.
  const design = designOf(
    chain(
      node("in", "input"),
      node("vectors", "embedding", { input_dim: 20, output_dim: 4, mask_zero: true }),
      node("lower", "lstm", { units: 3, return_sequences: true }),
      node("cell", "gru", { units: 3 }),
      ...ending,
    ),
    words,
  );
  const predictor = trained(design, texts, oracle);
  const sums = numbers(look(predictor, "lower", "gradient_by_distance", texts), "norms");
  const upper = numbers(look(predictor, "cell", "gradient_by_distance", texts), "norms");
  // The last place is padding: the state before it is the same state, with the same gradient.
  expect(upper[0]).toBeCloseTo(upper[1] ?? 0, 6);
  expect(sums[0]).toBeLessThan(1e-9);
  expect(sums[1]).toBeGreaterThan(0);
  const weights = (name: string): ArrayLike<number> => predictor.network.view("parameter", `cell/${name}`);
  const lower = numbers(look(predictor, "lower", "gates", texts), "states");
  const [kernel, bias] = [predictor.network.view("parameter", "p/kernel"), predictor.network.view("parameter", "p/bias")];
  const lossOf = (last: readonly number[]): number => {
    let state = { h: [0, 0, 0], c: [0, 0, 0] };
    for (let step = 0; step < 4; step += 1) state = gru(step === 3 ? last : lower.slice(step * 3, step * 3 + 3), state.h, state.c, weights);
    return -Math.log(1 - sigmoid(state.h.reduce((sum, value, k) => sum + value * (kernel[k] ?? 0), bias[0] ?? 0)));
  };
  const last = lower.slice(9, 12);
  const by = 1e-5;
  const moved = (k: number, delta: number): number[] => last.map((value, i) => (i === k ? value + delta : value));
  const expected = Math.hypot(...[0, 1, 2].map((k) => (lossOf(moved(k, by)) - lossOf(moved(k, -by))) / (2 * by)));
  expect(sums[1]).toBeCloseTo(expected, 6);
});

describe.each(["concat", "sum", "mul", "ave"])("a layer that reads both ways and merges by %s", (merge_mode) => {
  it.each([true, false])("has the gradients by distance that differences of its two cells give, all states: %s", (return_sequences) => {
    const design = designOf(
      chain(
        node("in", "input"),
        node("vectors", "embedding", { input_dim: 20, output_dim: 4, mask_zero: true }),
        node("cell", "bidirectional", { cell: "gru", units: 3, merge_mode, return_sequences }),
        ...(return_sequences ? [node("pooled", "flatten")] : []),
        ...ending,
      ),
      words,
    );
    const predictor = trained(design, texts, oracle);
    const view = (name: string): ArrayLike<number> => predictor.network.view("parameter", name);
    const values = numbers(look(predictor, "vectors", "activations", texts), "activations");
    const xs = Array.from({ length: LENGTH }, (_, step) => values.slice(step * 4, step * 4 + 4));
    const counted = [0, 1, 2, 3];
    /** States by place, with one of them given where the walk passes it. */
    const statesOf = (direction: "forward" | "backward", given: { place: number; state: readonly number[] } | null): number[][] => {
      const found: number[][] = Array.from({ length: LENGTH }, () => [0, 0, 0]);
      let state = { h: [0, 0, 0], c: [0, 0, 0] };
      for (const place of direction === "forward" ? counted : counted.toReversed()) {
        state = gru(xs[place] ?? [], state.h, state.c, (name) => view(`cell/${direction}_${name}`));
        if (place === given?.place) state = { h: [...given.state], c: [] };
        found[place] = state.h;
      }
      return found;
    };
    const merged = (a: readonly number[], b: readonly number[]): number[] => {
      if (merge_mode === "concat") return [...a, ...b];
      return a.map((value, k) => {
        const other = b[k] ?? 0;
        if (merge_mode === "mul") return value * other;
        return (value + other) * (merge_mode === "ave" ? 0.5 : 1);
      });
    };
    const lossOf = (forward: readonly number[][], backward: readonly number[][]): number => {
      const shown = return_sequences
        ? forward.flatMap((own, place) => merged(own, backward[place] ?? []))
        : merged(forward[3] ?? [], backward[0] ?? []);
      const kernel = view("p/kernel");
      const score = shown.reduce((sum, value, i) => sum + value * (kernel[i] ?? 0), view("p/bias")[0] ?? 0);
      return -Math.log(1 - sigmoid(score));
    };
    const found = look(predictor, "cell", "gradient_by_distance", texts);
    const whole = { forward: statesOf("forward", null), backward: statesOf("backward", null) };
    for (const direction of ["forward", "backward"] as const) {
      const norms = numbers(found, `${direction}_norms`);
      const distances = numbers(found, `${direction}_distances`);
      for (const place of counted) {
        const by = 1e-5;
        const slopes = [0, 1, 2].map((k) => {
          const moved = (delta: number): number => {
            const state = (whole[direction][place] ?? []).map((value, i) => (i === k ? value + delta : value));
            const walked = { ...whole, [direction]: statesOf(direction, { place, state }) };
            return lossOf(walked.forward, walked.backward);
          };
          return (moved(by) - moved(-by)) / (2 * by);
        });
        // Places of the walk from its end; the one that is padding is passed over at either side.
        const distance = direction === "forward" ? LENGTH - 1 - place : place;
        expect(norms[distances.indexOf(distance)]).toBeCloseTo(Math.hypot(...slopes), 5);
      }
    }
  });
});
