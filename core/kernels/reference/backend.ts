/** The reference backend: dispatches instructions one by one to plain loops. The oracle, not the fast path. */
import { AppError } from "../../errors.ts";
import { at } from "../../ir/op.ts";
import type { Plan } from "../../ir/plan.ts";
import type { Attributes } from "../../ir/tensor.ts";
import { sizeOf, type Tensor } from "../../ir/tensor.ts";
import type { Arena, Executable, KernelBackend } from "../backend.ts";
import type { Operand, ReferenceKernel } from "./kernel.ts";
import { referenceKernels } from "./kernels.ts";

interface Bound {
  readonly kernel: ReferenceKernel;
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
  readonly attributes: Attributes;
}

/** @param precision float64 for gradient checks, float32 to run without WebAssembly */
export function createReferenceBackend(precision: "float32" | "float64"): KernelBackend {
  return {
    name: "reference",
    precision,
    arithmetic: "reproducible",
    threads: 1,
    vectorBits: null,
    bytesFor: (elementCount) => elementCount * (precision === "float64" ? 8 : 4),
    allocate(elementCount): Arena {
      try {
        return { elements: precision === "float64" ? new Float64Array(elementCount) : new Float32Array(elementCount) };
      } catch (cause) {
        throw new AppError(
          "engine.out_of_memory",
          { megabytes: Math.ceil((elementCount * (precision === "float64" ? 8 : 4)) / 2 ** 20) },
          { cause },
        );
      }
    },
    compile(plan, index, arena): Executable {
      const bound = bindInstructions(plan, index, arena);
      return {
        takesShift: false,
        run(context, from = 0, to = bound.length) {
          for (let i = from; i < to; i++) {
            const { kernel, inputs, outputs, attributes } = at(bound, i);
            kernel(inputs, outputs, attributes, context);
          }
        },
      };
    },
  };
}

/** Kernels with their views of the arena: one entry an instruction. The WebAssembly backend runs what it has no kernel for through these. */
export function bindInstructions(plan: Plan, index: number, arena: Arena): readonly Bound[] {
  const { program, offsets } = at(plan.programs, index);
  const view = (tensor: Tensor): Operand => {
    const offset = at(offsets, tensor.id);
    return { data: arena.elements.subarray(offset, offset + sizeOf(tensor.shape)), shape: tensor.shape };
  };
  return program.instructions.map(({ op, inputs, outputs, attributes }) => ({
    kernel: referenceKernels[op],
    inputs: inputs.map(view),
    outputs: outputs.map(view),
    attributes,
  }));
}
