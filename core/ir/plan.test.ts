import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backends, nameOf } from "../../test/engine/backends.ts";
import type { KernelBackend } from "../kernels/backend.ts";
import { appendGradients } from "./autodiff.ts";
import { Builder } from "./builder.ts";
import { at } from "./op.ts";
import { ops } from "./ops/registry.ts";
import { ALIGNMENT, type Plan, planPrograms, rootOf } from "./plan.ts";
import { type Program, sizeOf, type Tensor } from "./tensor.ts";

/** One op of a random program: which kind, and which of the tensors so far it takes. */
interface Choice {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly width: number;
}
const choices = fc.array(fc.record({ kind: fc.nat(7), a: fc.nat(1000), b: fc.nat(1000), width: fc.integer({ min: 1, max: 40 }) }), {
  minLength: 1,
  maxLength: 25,
});

const ROWS = 3;

/** A program of matrices of three rows; branches, reuse, reshapes of reshapes; with the backward pass of a loss if asked. */
function randomProgram(list: readonly Choice[], results: readonly number[], withGradients: boolean): Program {
  const builder = new Builder();
  const made: Tensor[] = [builder.tensor([ROWS, 5], "input", "x")];
  const matrix = (index: number): Tensor => at(made, index % made.length);
  const width = (tensor: Tensor): number => at(tensor.shape, 1);
  list.forEach(({ kind, a, b, width: units }, i) => {
    const x = matrix(a);
    const other = matrix(b);
    const sameWidth = width(x) === width(other) ? other : x;
    const make = [
      () =>
        builder.one("linear", [
          x,
          builder.tensor([width(x), units], "parameter", `kernel_${i}`),
          builder.tensor([units], "parameter", `bias_${i}`),
        ]),
      () => builder.activation(x, "tanh"),
      () => builder.one("add", [x, sameWidth]),
      () => builder.reshape(builder.reshape(x, [width(x), ROWS]), [ROWS, width(x)]),
      () => builder.one("concatenate", [x, other], { axis: 1 }),
      () => builder.one("slice", [x], { axis: 1, start: 0, size: Math.ceil(width(x) / 2) }),
      () => builder.one("softmax", [x]),
      () =>
        at(
          builder.emit(
            "layer_normalization",
            [x, builder.tensor([width(x)], "parameter", `gamma_${i}`), builder.tensor([width(x)], "parameter", `beta_${i}`)],
            { epsilon: 1e-3 },
          ),
          0,
        ),
    ];
    made.push(at(make, kind)());
  });
  const read = results.map(matrix);
  if (!withGradients) return builder.program(read);
  const loss = builder.one(
    "elementwise_loss",
    [at(made, made.length - 1), builder.tensor(at(made, made.length - 1).shape, "input", "target")],
    { function: "mse", weight: 1 },
  );
  appendGradients(builder, loss);
  return builder.program([...read, loss]);
}

const programs = fc
  .tuple(choices, fc.array(fc.nat(1000), { maxLength: 4 }), fc.boolean())
  .map(([list, results, withGradients]) => randomProgram(list, results, withGradients));

interface Interval {
  readonly name: string;
  readonly start: number;
  end: number;
  readonly from: number;
  readonly to: number;
}

/** When each temporary holds something, and where: from its first writing to its last use, results to the end. */
function intervalsOf(program: Program, offsets: readonly number[]): Interval[] {
  const intervals = new Map<number, Interval>();
  program.instructions.forEach((instruction, i) => {
    if (ops[instruction.op].alias === true) return;
    for (const tensor of [...instruction.outputs, ...instruction.inputs]) {
      const root = rootOf(program, tensor);
      if (root.role !== "temporary") continue;
      const from = at(offsets, root.id);
      const known = intervals.get(root.id) ?? { name: root.name, start: i, end: i, from, to: from + sizeOf(root.shape) };
      known.end = i;
      intervals.set(root.id, known);
    }
  });
  for (const result of program.results) {
    const known = intervals.get(rootOf(program, result).id);
    if (known !== undefined) known.end = Number.POSITIVE_INFINITY;
  }
  return [...intervals.values()];
}

const meet = (a: Interval, b: Interval): boolean => a.start <= b.end && b.start <= a.end && a.from < b.to && b.from < a.to;

/** Every tensor in a place of its own: what the planner's result must compute too. */
function planWithoutReuse(program: Program): Plan {
  const plan = planPrograms([program]);
  let cursor = plan.elementCount;
  const offsets = program.tensors.map((tensor) => {
    if (tensor.role !== "temporary" || tensor.aliasOf !== undefined) return at(at(plan.programs, 0).offsets, tensor.id);
    cursor += 64 + sizeOf(tensor.shape);
    return Math.ceil((cursor - sizeOf(tensor.shape)) / ALIGNMENT) * ALIGNMENT;
  });
  for (const tensor of program.tensors) if (tensor.aliasOf !== undefined) offsets[tensor.id] = at(offsets, rootOf(program, tensor).id);
  return { ...plan, programs: [{ program, offsets }], elementCount: cursor + 64 };
}

/** Results and gradients after one run over memory full of leftovers. */
function run(backend: KernelBackend, plan: Plan): number[][] {
  const { program, offsets } = at(plan.programs, 0);
  const arena = backend.allocate(plan.elementCount);
  arena.elements.fill(1e6);
  for (const tensor of program.tensors)
    if (tensor.role === "parameter" || tensor.role === "input")
      for (let i = 0; i < sizeOf(tensor.shape); i++) arena.elements[at(offsets, tensor.id) + i] = Math.sin(tensor.id * 7 + i) / 2;
  backend.compile(plan, 0, arena).run({ step: 0 });
  const gradients = program.tensors.filter(({ role }) => role === "gradient");
  return [...program.results, ...gradients].map((tensor) =>
    Array.from(arena.elements.subarray(at(offsets, tensor.id), at(offsets, tensor.id) + sizeOf(tensor.shape))),
  );
}

const RUNS = { numRuns: 200, seed: 20_261_121 };

describe("planPrograms, on random programs", () => {
  it("lets no two temporaries overlap while both hold something", () => {
    fc.assert(
      fc.property(programs, (program) => {
        const plan = planPrograms([program]);
        const intervals = intervalsOf(program, at(plan.programs, 0).offsets);
        intervals.forEach((a, i) => {
          for (const b of intervals.slice(i + 1)) if (meet(a, b)) throw new Error(`${a.name} and ${b.name} overlap`);
        });
      }),
      RUNS,
    );
  });

  it("uses storage again: the temporaries of a long chain take that of two", () => {
    const chain = randomProgram(
      Array.from({ length: 25 }, (_, i) => ({ kind: 1, a: i, b: 0, width: 1 })),
      [25],
      false,
    );
    expect(planPrograms([chain]).breakdown.temporary).toBe(2 * ALIGNMENT);
  });

  it("puts everything into the arena, temporaries aligned and clear of what persists", () => {
    fc.assert(
      fc.property(programs, (program) => {
        const plan = planPrograms([program]);
        const { offsets } = at(plan.programs, 0);
        const persistent = Math.max(...Object.values(plan.blocks).map(({ offset, size }) => offset + size));
        for (const { from, to, name } of intervalsOf(program, offsets))
          if (from < persistent || to > plan.elementCount || from % ALIGNMENT !== 0) throw new Error(`${name} at ${from}`);
        for (const tensor of program.tensors) {
          const isUsed = program.instructions.some(({ inputs, outputs }) => [...inputs, ...outputs].includes(tensor));
          if (isUsed && (at(offsets, tensor.id) < 0 || at(offsets, tensor.id) + sizeOf(tensor.shape) > plan.elementCount))
            throw new Error(`${tensor.name} lies outside`);
          if (tensor.aliasOf !== undefined && at(offsets, tensor.id) !== at(offsets, rootOf(program, tensor).id))
            throw new Error(`${tensor.name} is not where what it aliases is`);
        }
        expect(Object.values(plan.breakdown).reduce((a, b) => a + b)).toBeLessThanOrEqual(plan.elementCount);
      }),
      RUNS,
    );
  });

  it("lays parameters, and gradients in the same order, without gaps", () => {
    fc.assert(
      fc.property(programs, (program) => {
        const plan = planPrograms([program]);
        for (const role of ["parameter", "gradient"] as const) {
          const tensors = program.tensors.filter((tensor) => tensor.role === role);
          let cursor = plan.blocks[role].offset;
          for (const { name } of program.tensors.filter((tensor) => tensor.role === "parameter")) {
            if (tensors.length === 0) break;
            const region = plan.places.get(`${role}:${name}`);
            expect(region?.offset).toBe(cursor);
            cursor += region?.size ?? 0;
          }
          expect(plan.blocks[role].size).toBe(tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0));
        }
      }),
      RUNS,
    );
  });

  it.each(backends.map((backend) => ({ backend, name: nameOf(backend) })))(
    "computes what a plan without reuse computes, to the bit ($name)",
    ({ backend }) => {
      fc.assert(
        fc.property(programs, (program) => {
          expect(run(backend, planPrograms([program]))).toEqual(run(backend, planWithoutReuse(program)));
        }),
        { ...RUNS, numRuns: 60 },
      );
    },
  );
});

describe("planPrograms, for ops that write where they read", () => {
  const cells = [
    { cell: "simple_rnn", gates: 1, resetAfter: false },
    { cell: "lstm", gates: 4, resetAfter: false },
    { cell: "gru", gates: 3, resetAfter: false },
    { cell: "gru", gates: 3, resetAfter: true },
  ];
  /** A recurrent layer and its gradients; `kept` lets the caller read what the gates would lie on. */
  const network = ({ cell, gates, resetAfter }: (typeof cells)[number], kept = false) => {
    const [B, T, H] = [3, 5, 6];
    const builder = new Builder();
    const x = builder.tensor([B, T, 4], "input", "x");
    const projection = builder.one("linear", [x, builder.tensor([4, gates * H], "parameter", "kernel")]);
    const kernel = builder.tensor([H, gates * H], "parameter", "recurrent_kernel");
    const mask = builder.tensor([B, T], "input", "mask");
    const made = builder.emit("recurrent", [projection, kernel, mask], {
      ...{ cell, activation: "tanh", recurrent_activation: "sigmoid", reset_after: resetAfter, reverse: false },
      ...{ recurrent_bias: false, initial: false, mask: true, dropout: false },
    });
    const loss = builder.one("elementwise_loss", [at(made, 0), builder.tensor([B, T, H], "input", "target")], {
      function: "mse",
      weight: 1,
    });
    appendGradients(builder, loss);
    const program = builder.program(kept ? [loss, projection] : [loss]);
    const back = program.instructions.find(({ op }) => op === "recurrent_gradient");
    return { program, projection, gates: at(made, 2), dProjection: at(back?.outputs ?? [], 0) };
  };

  it.each(cells)("puts gates and their gradients where the projection was ($cell, $resetAfter)", (cell) => {
    const { program, projection, gates, dProjection } = network(cell);
    const { offsets } = at(planPrograms([program]).programs, 0);
    expect(at(offsets, gates.id)).toBe(at(offsets, projection.id));
    expect(at(offsets, dProjection.id)).toBe(at(offsets, projection.id));
  });

  it("leaves what the caller reads afterwards where it is", () => {
    const { program, projection, gates } = network(at(cells, 1), true);
    const { offsets } = at(planPrograms([program]).programs, 0);
    expect(at(offsets, gates.id)).not.toBe(at(offsets, projection.id));
  });

  it.each(backends.flatMap((backend) => cells.map((cell) => ({ backend, ...cell, name: nameOf(backend) }))))(
    "computes what a plan without reuse computes, to the bit ($cell, $resetAfter, $name)",
    ({ backend, ...cell }) => {
      const { program } = network(cell);
      expect(run(backend, planPrograms([program]))).toEqual(run(backend, planWithoutReuse(program)));
    },
  );
});

describe("planPrograms, for several programs", () => {
  const program = (rows: number, units = 2): Program => {
    const builder = new Builder();
    const x = builder.tensor([rows, 3], "input", "x");
    const y = builder.one("linear", [x, builder.tensor([3, units], "parameter", "kernel")]);
    return builder.program([builder.activation(y, "tanh")]);
  };
  const offsetOf = (plan: Plan, index: number, name: string): number => {
    const planned = at(plan.programs, index);
    return at(planned.offsets, planned.program.tensors.find((tensor) => tensor.name === name)?.id ?? -1);
  };

  it("gives a parameter one place in all of them, and a short batch the start of the full one's", () => {
    const plan = planPrograms([program(8), program(3), program(1)]);
    for (const name of ["kernel", "x"]) expect(new Set([0, 1, 2].map((i) => offsetOf(plan, i, name))).size).toBe(1);
    expect(plan.places.get("input:x")?.size).toBe(24);
  });

  it("takes as much memory as the hungriest, not as all together", () => {
    expect(planPrograms([program(8), program(3)]).elementCount).toBe(planPrograms([program(8)]).elementCount);
    expect(planPrograms([program(3), program(8)]).elementCount).toBe(planPrograms([program(8)]).elementCount);
  });

  it("refuses programs that disagree about the size of a weight", () => {
    expect(() => planPrograms([program(8, 2), program(8, 3)])).toThrow("kernel has two sizes: 6 and 9");
  });
});
