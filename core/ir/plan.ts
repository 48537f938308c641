/**
 * The planner: gives every tensor of several programs an offset in one arena. Parameters, gradients, optimizer slots
 * and states are placed once, in contiguous blocks, and shared by name among the programs (training step, step of the
 * last short batch, evaluation); temporaries of a program are placed by liveness and the programs overlay each other.
 */

import { at } from "./op.ts";
import { ops } from "./ops/registry.ts";
import { type Instruction, type Program, sizeOf, type Tensor, type TensorRole } from "./tensor.ts";

/** Tensors begin at multiples of this many elements (64 bytes of float32), so that SIMD loads never straddle. */
export const ALIGNMENT = 16;

/** Name of the tensor that is a whole block (all parameters, all gradients): an update is one pass over it. */
export const WHOLE_BLOCK = "*";

export interface Region {
  readonly offset: number;
  readonly size: number;
}

export interface PlannedProgram {
  readonly program: Program;
  /** Element offset of every tensor, by tensor id. */
  readonly offsets: readonly number[];
}

export interface Plan {
  readonly programs: readonly PlannedProgram[];
  /** Persistent blocks: one loop over `parameter` visits every weight. */
  readonly blocks: Readonly<Record<Exclude<TensorRole, "temporary">, Region>>;
  /** Places within the persistent blocks: `parameter:dense_1/kernel` → region. */
  readonly places: ReadonlyMap<string, Region>;
  /** Size of the arena, elements. */
  readonly elementCount: number;
  /** Elements by class, for the person who asks where the memory goes. */
  readonly breakdown: Readonly<Record<TensorRole, number>>;
}

const PERSISTENT = ["parameter", "gradient", "slot", "state", "constant", "input"] as const;

export const align = (n: number): number => Math.ceil(n / ALIGNMENT) * ALIGNMENT;

/**
 * @param apart whether what is brought for a batch (Program.brought) has a place of its own, not that of the inputs of other programs:
 *        close together, so that many batches can lie one after the other
 * @throws Error when two programs disagree about the size of a shared tensor other than an input
 */
export function planPrograms(programs: readonly Program[], apart = false): Plan {
  const isApart = (program: Program, tensor: Tensor): boolean => apart && program.brought?.includes(tensor) === true;
  const nameOf = (program: Program, tensor: Tensor): string => (isApart(program, tensor) ? `batch:${tensor.name}` : tensor.name);
  const places = new Map<string, Region>();
  const blocks = {} as Record<(typeof PERSISTENT)[number], Region>;
  let cursor = 0;
  for (const role of PERSISTENT) {
    const start = cursor;
    const sizes = new Map<string, number>();
    for (const program of programs)
      for (const tensor of program.tensors) {
        if (tensor.role !== role || tensor.aliasOf !== undefined || tensor.name === WHOLE_BLOCK) continue;
        const size = sizeOf(tensor.shape);
        const name = nameOf(program, tensor);
        const known = sizes.get(name);
        // An input of a short batch lies at the start of the place of the full batch.
        if (known !== undefined && known !== size && role !== "input")
          throw new Error(`tensor ${tensor.name} has two sizes: ${known} and ${size}`);
        sizes.set(name, Math.max(known ?? 0, size));
      }
    // Parameters, gradients and slots lie without gaps in the same order, so that one pass over the block visits all.
    const packed = role === "parameter" || role === "gradient" || role === "slot";
    for (const [name, size] of sizes) {
      places.set(`${role}:${name}`, { offset: cursor, size });
      cursor += packed && role !== "slot" ? size : align(size);
    }
    blocks[role] = { offset: start, size: cursor - start };
    cursor = align(cursor);
  }
  const base = cursor;
  let temporary = 0;
  const planned = programs.map((program): PlannedProgram => {
    const { offsets, size } = placeTemporaries(program, base);
    temporary = Math.max(temporary, size);
    for (const tensor of program.tensors) {
      if (tensor.role === "temporary" || tensor.aliasOf !== undefined) continue;
      offsets[tensor.id] =
        tensor.name === WHOLE_BLOCK ? blocks[tensor.role].offset : place(places, tensor.role, nameOf(program, tensor)).offset;
    }
    for (const tensor of program.tensors) if (tensor.aliasOf !== undefined) offsets[tensor.id] = at(offsets, rootOf(program, tensor).id);
    return { program, offsets };
  });
  const breakdown = { temporary } as Record<TensorRole, number>;
  for (const role of PERSISTENT) breakdown[role] = blocks[role].size;
  return { programs: planned, blocks, places, elementCount: base + temporary, breakdown };
}

function place(places: ReadonlyMap<string, Region>, role: TensorRole, name: string): Region {
  const region = places.get(`${role}:${name}`);
  if (region === undefined) throw new Error(`tensor ${name} has no place`);
  return region;
}

/** From the first to behind the last of what is brought for a batch of a program. */
export function broughtRegion({ program, offsets }: PlannedProgram): Region {
  const brought = program.brought ?? [];
  const offset = Math.min(...brought.map(({ id }) => at(offsets, id)));
  const end = Math.max(...brought.map(({ id, shape }) => at(offsets, id) + sizeOf(shape)));
  return { offset, size: align(end - offset) };
}

/** The tensor whose storage a chain of aliases shares. */
export function rootOf(program: Program, tensor: Tensor): Tensor {
  let root = tensor;
  while (root.aliasOf !== undefined) root = at(program.tensors, root.aliasOf);
  return root;
}

/** Instructions that use the temporaries of a program first and last, by their ids; what is read after it is used without end. */
function usesOf(program: Program): { firstUse: Map<number, number>; lastUse: Map<number, number> } {
  const firstUse = new Map<number, number>();
  const lastUse = new Map<number, number>();
  const touch = (tensor: Tensor, index: number): void => {
    const root = rootOf(program, tensor);
    if (root.role !== "temporary") return;
    if (!firstUse.has(root.id)) firstUse.set(root.id, index);
    lastUse.set(root.id, index);
  };
  program.instructions.forEach((instruction: Instruction, index) => {
    if (ops[instruction.op].alias === true) return;
    for (const t of instruction.outputs) touch(t, index);
    for (const t of instruction.inputs) touch(t, index);
  });
  for (const tensor of program.results) {
    const root = rootOf(program, tensor);
    if (root.role === "temporary") lastUse.set(root.id, Number.POSITIVE_INFINITY);
  }
  return { firstUse, lastUse };
}

/** @returns the temporaries that have a place of their own: no aliases, and not those that lie where an input of theirs lay */
export function blocksOf(program: Program): readonly Tensor[] {
  const { firstUse, lastUse } = usesOf(program);
  const taken = takenPlaces(program, lastUse);
  return program.tensors.filter(({ id }) => firstUse.has(id) && !taken.has(id));
}

/** Best-fit placement of temporaries by first definition and last use. */
function placeTemporaries(program: Program, base: number): { offsets: number[]; size: number } {
  const offsets: number[] = program.tensors.map(() => -1);
  const { firstUse, lastUse } = usesOf(program);
  const taken = takenPlaces(program, lastUse);
  const live: Block[] = [];
  const byEnd = [...lastUse].sort((a, b) => a[1] - b[1]);
  let ended = 0;
  let peak = 0;
  for (const [id, start] of [...firstUse].sort((a, b) => a[1] - b[1] || a[0] - b[0])) {
    // What ended before this instruction began before it: it has its place.
    for (; ended < byEnd.length && at(byEnd, ended)[1] < start; ended++)
      live.splice(placeAmong(live, at(offsets, at(byEnd, ended)[0]) - base), 1);
    const before = taken.get(id);
    if (before !== undefined) {
      offsets[id] = at(offsets, before);
      continue;
    }
    const size = Math.max(ALIGNMENT, align(sizeOf(at(program.tensors, id).shape)));
    const offset = findGap(live, size);
    live.splice(placeAmong(live, offset), 0, { offset, size });
    offsets[id] = base + offset;
    peak = Math.max(peak, offset + size);
  }
  return { offsets, size: peak };
}

/**
 * Temporaries that lie where an input of their instruction lay (OpDefinition.inPlace), by id; what they lie on then lives as long as
 * they do, and they are no block of their own.
 */
function takenPlaces(program: Program, lastUse: Map<number, number>): ReadonlyMap<number, number> {
  const taken = new Map<number, number>();
  // From the last instruction on: a place may be taken again and again, and is given up when the last of its tensors is.
  for (let index = program.instructions.length - 1; index >= 0; index--) {
    const { op, inputs, outputs, attributes } = at(program.instructions, index);
    for (const [output, input] of ops[op].inPlace?.(attributes) ?? []) {
      const [to, from] = [at(outputs, output), rootOf(program, at(inputs, input))];
      const last = lastUse.get(to.id);
      if (from.role !== "temporary" || lastUse.get(from.id) !== index || last === undefined) continue;
      if (align(sizeOf(from.shape)) !== align(sizeOf(to.shape)) || inputs.filter((one) => rootOf(program, one) === from).length > 1)
        continue;
      taken.set(to.id, from.id);
      lastUse.set(from.id, last);
      lastUse.delete(to.id);
    }
  }
  return taken;
}

interface Block {
  readonly offset: number;
  readonly size: number;
}

/** Index of the first block at `offset` or behind it. */
function placeAmong(live: readonly Block[], offset: number): number {
  let [low, high] = [0, live.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(live, middle).offset < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Smallest gap between living neighbours that holds `size`; the end of the last one otherwise. `live` is sorted by offset. */
function findGap(live: readonly Block[], size: number): number {
  let best = -1;
  let bestGap = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const block of live) {
    const gap = block.offset - end;
    if (gap >= size && gap < bestGap) {
      best = end;
      bestGap = gap;
    }
    end = Math.max(end, block.offset + block.size);
  }
  return best >= 0 ? best : end;
}
