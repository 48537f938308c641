/** Prints a planned program the way a person reads it: one instruction a line with shapes, offsets and its node. */
import type { PlannedProgram } from "./plan.ts";
import { showShape, type Tensor } from "./tensor.ts";

/** @param planned a program with offsets; offsets are elements of the arena */
export function printProgram({ program, offsets }: PlannedProgram): string {
  const show = (tensor: Tensor): string =>
    `${tensor.role === "temporary" ? `t${tensor.id}` : `${tensor.role}:${tensor.name}`}${showShape(tensor.shape)}@${offsets[tensor.id] ?? "?"}`;
  return program.instructions
    .map((instruction, i) => {
      const attributes = Object.entries(instruction.attributes).map(([name, value]) => `${name}=${String(value)}`);
      return `${String(i).padStart(4)} ${instruction.phase.padEnd(8)} ${instruction.op}(${instruction.inputs.map(show).join(", ")})${attributes.length > 0 ? ` {${attributes.join(", ")}}` : ""} -> ${instruction.outputs.map(show).join(", ") || "in place"}   # ${instruction.nodeId}`;
    })
    .join("\n");
}
