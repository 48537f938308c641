/**
 * WasmArena: one WebAssembly memory, laid out as control words, constants, scratch of each thread, and the arena in
 * which the tensors of a plan lie. JavaScript sees the tensors through `elements`, kernels through addresses.
 */
import { AppError } from "../../errors.ts";
import type { Arena } from "../backend.ts";
import { ConstantPool } from "./constants.ts";
import type { MemoryLimits } from "./emit/module.ts";
import { SCRATCH_BYTES } from "./gemm/shape.ts";

const PAGE = 65536;
const CONSTANTS_AT = 1024;
const SCRATCH_AT = PAGE;
/** Kernels read whole vectors, up to three floats behind a tensor. */
const SLACK_BYTES = 256;
const MOST_PAGES = 65536;

/** Bytes of the whole memory, in pages as WebAssembly takes them. */
export const arenaBytes = (elementCount: number, threads: number): number =>
  Math.ceil((SCRATCH_AT + threads * SCRATCH_BYTES + elementCount * 4 + SLACK_BYTES) / PAGE) * PAGE;

export class WasmArena implements Arena {
  readonly memory: WebAssembly.Memory;
  readonly elements: Float32Array;
  readonly limits: MemoryLimits;
  readonly constants: ConstantPool;
  private readonly base: number;

  /** @throws AppError engine.out_of_memory when the tensors do not fit into 4 GB or into what the machine has left */
  constructor(elementCount: number, threads: number, shared = false) {
    this.base = SCRATCH_AT + threads * SCRATCH_BYTES;
    const bytes = arenaBytes(elementCount, threads);
    this.limits = { pages: bytes / PAGE, shared: shared || threads > 1 };
    this.memory = createMemory(this.limits, Math.ceil(bytes / 2 ** 20));
    this.elements = new Float32Array(this.memory.buffer, this.base, elementCount);
    this.constants = new ConstantPool(this.memory.buffer, CONSTANTS_AT, (SCRATCH_AT - CONSTANTS_AT) / 16);
  }

  /** Address of element `offset`, bytes. */
  address(offset: number): number {
    return this.base + offset * 4;
  }

  scratch(thread: number): number {
    return SCRATCH_AT + thread * SCRATCH_BYTES;
  }
}

function createMemory({ pages, shared }: MemoryLimits, megabytes: number): WebAssembly.Memory {
  if (pages > MOST_PAGES) throw new AppError("engine.out_of_memory", { megabytes });
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch (cause) {
    throw new AppError("engine.out_of_memory", { megabytes }, { cause });
  }
}
