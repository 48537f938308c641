import { describe, expect, it } from "vitest";
import { appendGradients } from "../../ir/autodiff.ts";
import { Builder } from "../../ir/builder.ts";
import { at } from "../../ir/op.ts";
import { type Plan, planPrograms } from "../../ir/plan.ts";
import type { Program } from "../../ir/tensor.ts";
import { createReferenceBackend } from "../reference/backend.ts";
import { createWasmBackend } from "./backend.ts";

const backend = createWasmBackend({ arithmetic: "fast", threads: 1 });

/** Two dense layers with relu, a loss and all gradients: `readsLinear` lets the caller read between layer and relu. */
function network(readsLinear = false): Program {
  const builder = new Builder();
  const x = builder.tensor([6, 5], "input", "x");
  const t = builder.tensor([6, 3], "input", "t");
  const parameter = (name: string, shape: number[]) => builder.tensor(shape, "parameter", name);
  const linear = builder.one("linear", [x, parameter("w1", [5, 7]), parameter("b1", [7])]);
  const hidden = builder.one("unary", [linear], { function: "relu" });
  const y = builder.one("unary", [builder.one("linear", [hidden, parameter("w2", [7, 3])])], { function: "tanh" });
  const loss = builder.one("elementwise_loss", [y, t], { function: "mse", weight: 1 });
  appendGradients(builder, loss);
  return builder.program(readsLinear ? [loss, y, linear] : [loss, y]);
}

function start(plan: Plan) {
  const arena = backend.allocate(plan.elementCount);
  const { elements } = arena;
  const kept = plan.blocks.input.offset + plan.blocks.input.size;
  for (let i = 0; i < kept; i++) elements[i] = Math.sin(i * 1.7);
  return { elements, executable: backend.compile(plan, 0, arena), persistent: () => elements.slice(0, kept) };
}

describe("WasmExecutable", () => {
  it("gives the same bits as a whole, in halves and instruction by instruction", () => {
    const program = network();
    const plan = planPrograms([program]);
    const n = program.instructions.length;
    const half = program.instructions.findIndex((instruction) => instruction.phase === "backward");
    const results = [
      [[0, n]],
      [
        [0, half],
        [half, n],
      ],
      Array.from({ length: n }, (_, i) => [i, i + 1]),
    ].map((ranges) => {
      const { executable, persistent } = start(plan);
      for (const [from, to] of ranges) executable.run({ step: 0 }, from, to);
      return persistent();
    });
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    expect(results[0]?.some((value) => value !== 0 && Math.abs(value) < 0.9)).toBe(true);
  });

  it("gives the same bits where a normalization's gradient takes that of the relu before it along", () => {
    const builder = new Builder();
    const tensor = (name: string, shape: number[], role: "input" | "parameter" | "state") => builder.tensor(shape, role, name);
    const linear = builder.one("linear", [tensor("x", [40, 5], "input"), tensor("w", [5, 7], "parameter")]);
    const hidden = builder.one("unary", [linear], { function: "relu" });
    const perColumn = [tensor("gamma", [7], "parameter"), tensor("beta", [7], "parameter"), tensor("mean", [7], "state")];
    const attributes = { epsilon: 1e-3, momentum: 0.9 };
    const [y] = builder.emit("batch_normalization", [hidden, ...perColumn, tensor("variance", [7], "state")], attributes);
    const loss = builder.one("elementwise_loss", [at([y], 0) as typeof hidden, tensor("t", [40, 7], "input")], {
      function: "mse",
      weight: 1,
    });
    appendGradients(builder, loss);
    const plan = planPrograms([builder.program([loss])]);
    const n = at(plan.programs, 0).program.instructions.length;
    const [joined, single] = [start(plan), start(plan)];
    joined.executable.run({ step: 0 });
    for (let i = 0; i < n; i++) single.executable.run({ step: 0 }, i, i + 1);
    expect(joined.persistent()).toEqual(single.persistent());
    const ofWeights = at(plan.programs, 0).program.tensors.find(({ role, name }) => role === "gradient" && name === "w");
    const from = at(at(plan.programs, 0).offsets, ofWeights?.id ?? -1);
    expect(joined.elements.subarray(from, from + 35).every((value) => value !== 0 && Number.isFinite(value))).toBe(true);
  });

  it("runs a phase with one call", () => {
    const plan = planPrograms([network()]);
    expect(start(plan).executable.coverage).toMatchObject({ calls: 2, fallback: [] });
  });

  it("makes functions by shape, not by layer: 500 layers need as many as five", () => {
    const deep = (layers: number): number => {
      const builder = new Builder();
      let x = builder.tensor([32, 24], "input", "x");
      const t = builder.tensor([32, 24], "input", "t");
      for (let i = 0; i < layers; i++) {
        const parameter = (name: string, shape: number[]) => builder.tensor(shape, "parameter", `${name}${i}`);
        x = builder.one("unary", [builder.one("linear", [x, parameter("w", [24, 24]), parameter("b", [24])])], { function: "relu" });
      }
      const loss = builder.one("elementwise_loss", [x, t], { function: "mse", weight: 1 });
      appendGradients(builder, loss);
      return start(planPrograms([builder.program([loss])])).executable.coverage.functions;
    };
    expect(deep(5)).toBeLessThan(25);
    expect(deep(500)).toBe(deep(5));
  });

  it("joins a linear and its relu, unless somebody else reads what is between them", () => {
    const between = (readsLinear: boolean): number => {
      const program = network(readsLinear);
      const plan = planPrograms([program]);
      const { executable, elements } = start(plan);
      const output = at(at(program.instructions, 0).outputs, 0);
      const place = at(at(plan.programs, 0).offsets, output.id);
      elements.fill(123, place, place + 42);
      executable.run(
        { step: 0 },
        0,
        program.instructions.findIndex((instruction) => instruction.phase === "backward"),
      );
      return elements.subarray(place, place + 42).filter((value) => value === 123).length;
    };
    expect(between(true)).toBe(0);
    expect(between(false)).toBeGreaterThan(0);
  });

  it("does not join them where the relu's output takes the place of the layer's input", () => {
    const builder = new Builder();
    const x = builder.tensor([4, 16], "input", "x");
    const first = builder.one("copy", [x]);
    const linear = builder.one("linear", [first, builder.tensor([16, 16], "parameter", "w")]);
    const y = builder.one("unary", [linear], { function: "relu" });
    const plan = planPrograms([builder.program([y])]);
    const { offsets } = at(plan.programs, 0);
    // The planner gives y the storage of `first`, which is no longer needed: joined, the product would read what it writes.
    expect(at(offsets, y.id)).toBe(at(offsets, first.id));
    const { executable, elements } = start(plan);
    const place = plan.places.get("input:x")?.offset ?? 0;
    const [inputs, weights] = [elements.slice(place, place + 64), elements.slice(0, 256)];
    executable.run({ step: 0 });
    for (let i = 0; i < 64; i++) {
      let sum = 0;
      for (let k = 0; k < 16; k++) sum += at([...inputs], (i >> 4) * 16 + k) * at([...weights], k * 16 + (i & 15));
      expect(elements[at(offsets, y.id) + i]).toBeCloseTo(Math.max(0, sum), 5);
    }
  });

  it("leaves what it has no kernel for to the reference, in its place among the rest", () => {
    const builder = new Builder();
    const p = builder.tensor([3, 1], "input", "p");
    const t = builder.tensor([3, 1], "input", "t");
    // Two weights for three rows: a mapping that only the reference kernel knows.
    const weights = builder.tensor([2], "input", "weights");
    const doubled = builder.one("add", [p, p]);
    const loss = builder.one("elementwise_loss", [doubled, t, weights], { function: "mse", weight: 1 });
    const total = builder.one("add", [loss, loss]);
    const plan = planPrograms([builder.program([total])]);
    const { executable, elements } = start(plan);
    const arena = createReferenceBackend("float64").allocate(plan.elementCount);
    arena.elements.set(elements);
    createReferenceBackend("float64").compile(plan, 0, arena).run({ step: 0 });
    executable.run({ step: 0 });
    const place = at(at(plan.programs, 0).offsets, total.id);
    expect(executable.coverage.fallback).toEqual(["elementwise_loss"]);
    expect(executable.coverage.native).toBe(2);
    expect(elements[place]).toBeCloseTo(arena.elements[place] ?? Number.NaN, 5);
  });

  it("says how much memory was asked for when there is not enough", () => {
    expect(() => backend.allocate(2 ** 30)).toThrow(
      expect.objectContaining({ code: "engine.out_of_memory", params: { megabytes: expect.any(Number) } }),
    );
  });
});
