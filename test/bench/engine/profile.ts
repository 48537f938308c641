/**
 * Where the time of a training step goes, instruction by instruction: `node test/bench/engine/profile.ts W2 [--rounds 200]`.
 * Medians of single instructions; what neighbours gain by being joined is not in them.
 */
import { parseArgs } from "node:util";
import { at } from "../../../core/ir/op.ts";
import { showShape } from "../../../core/ir/tensor.ts";
import { createWasmBackend } from "../../../core/kernels/wasm/backend.ts";
import { makeStepper } from "./networks.ts";
import { wide } from "./wide.ts";

const { values, positionals } = parseArgs({ options: { rounds: { type: "string", default: "200" } }, allowPositionals: true });
const name = positionals[0] ?? "W2";
const backend = createWasmBackend({ arithmetic: "fast", threads: 1, wide });
const { network, step } = makeStepper(name, backend);
step();
const executable = backend.compile(network.plan, 0, network.arena);
const { instructions } = at(network.plan.programs, 0).program;
const times: number[][] = instructions.map(() => []);
for (let round = 0; round < Number(values.rounds); round++)
  instructions.forEach((_, i) => {
    const before = performance.now();
    executable.run({ step: round }, i, i + 1);
    at(times, i).push(performance.now() - before);
  });

const medians = times.map((list) =>
  at(
    list.toSorted((a, b) => a - b),
    list.length >> 1,
  ),
);
const total = medians.reduce((a, b) => a + b, 0);
instructions.forEach(({ op, inputs, outputs, phase }, i) => {
  const ms = at(medians, i);
  console.log(
    `${ms.toFixed(4).padStart(9)} ms ${((100 * ms) / total).toFixed(1).padStart(5)} %  ${phase.padEnd(8)} ${op.padEnd(30)} ${[...inputs, ...outputs].map((t) => showShape(t.shape)).join(" ")}`,
  );
});
console.log(`${total.toFixed(4).padStart(9)} ms in ${instructions.length} instructions; ${JSON.stringify(executable.coverage)}`);
