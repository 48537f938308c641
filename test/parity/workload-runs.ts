/** The workloads as trainings of 20 steps without dropout, and what of PyTorch's answer is kept: losses, and of every gradient its fingerprint. */
import type { PreparedPart } from "../../core/data/prepared.ts";
import { Random } from "../../core/data/random.ts";
import { createReferenceBackend } from "../../core/kernels/reference/backend.ts";
import { openWorkload, workloadNamed, workloadNames } from "../bench/engine/networks.ts";
import type { Workload } from "../bench/engine/workload.ts";
import { initialWeights, type ParityRun } from "./run.ts";

export const STEPS = 20;
/** W2 with dropout is W2d0 without it. */
const WITH_DROPOUT = new Set(["W2", "W5", "W6"]);
/** Nothing in them has a kink (relu, maximum): fused arithmetic may not drift either. */
export const SMOOTH = new Set(["W4", "W4b", "W7"]);

export const parityWorkloads = (): string[] => workloadNames().filter((name) => !WITH_DROPOUT.has(name));
/** `W2d0` is the W2 of the requirement. */
export const nameOfWorkload = (name: string): string => name.replace("d0", "");

export function workloadRun(name: string): ParityRun {
  const workload = fewerRows(workloadNamed(name));
  const { network, training, data } = openWorkload(workload, createReferenceBackend("float32"));
  const initial = initialWeights(network);
  return { spec: network.spec, training, encodings: { y: workload.encoding }, data, initial, batch: workload.batch, steps: STEPS };
}

/** As many batches as there are steps at most. */
const fewerRows = (workload: Workload): Workload => ({ ...workload, batches: Math.min(workload.batches, STEPS) });

/** Enough of a gradient to know it by, in a few numbers: some of its elements, its length, and its shadows on random directions of ±1. */
export interface Fingerprint {
  readonly size: number;
  readonly places: readonly number[];
  readonly values: readonly number[];
  readonly largest: number;
  readonly norm: number;
  readonly shadows: readonly number[];
}

const SAMPLES = 16;
const SHADOWS = 2;

export function fingerprint(values: ArrayLike<number>): Fingerprint {
  const random = new Random(values.length);
  const size = values.length;
  const places = Array.from({ length: Math.min(SAMPLES, size) }, () => random.below(size));
  const shadows = Array.from({ length: SHADOWS }, () => 0);
  let squares = 0;
  let largest = 0;
  // One draw gives the signs of up to 30 elements.
  let bits = 0;
  for (let i = 0; i < size; i++) {
    const value = values[i] as number;
    squares += value * value;
    largest = Math.max(largest, Math.abs(value));
    if (i % 15 === 0) bits = random.below(2 ** 30);
    for (let k = 0; k < SHADOWS; k++) {
      shadows[k] = (shadows[k] as number) + ((bits & 1) === 1 ? value : -value);
      bits >>= 1;
    }
  }
  return { size, places, values: places.map((place) => values[place] as number), largest, norm: Math.sqrt(squares), shadows };
}

/**
 * The largest distance of two fingerprints: of elements as test/engine/distance.ts measures tensors; a shadow is a sum of all elements,
 * in which errors of one size add up like their root.
 */
export function fingerprintDistance(actual: Fingerprint, expected: Fingerprint): number {
  const scale = Math.max(1e-3, expected.largest);
  const apart = (a: readonly number[], b: readonly number[], unit: number): number =>
    Math.max(...b.map((value, i) => Math.abs((a[i] ?? Number.NaN) - value) / unit));
  if (actual.size !== expected.size) return Number.POSITIVE_INFINITY;
  const inAll = scale * Math.sqrt(expected.size);
  return Math.max(
    apart(actual.values, expected.values, scale),
    apart(actual.shadows, expected.shadows, inAll),
    Math.abs(actual.norm - expected.norm) / inAll,
  );
}

export interface WorkloadGolden {
  readonly name: string;
  /** Sizes and sums of rows and initial weights: other ones make other losses. */
  readonly numbers: string;
  readonly float64: readonly number[];
  readonly float32: readonly number[];
  /** Of the gradients of the first step, by full name; float64. */
  readonly gradients: Readonly<Record<string, Fingerprint>>;
}

/** A short name of the numbers that a run begins from. */
export function numbersOf({ data, initial }: ParityRun): string {
  const sums: number[] = [];
  const add = (values: ArrayLike<number>): void => {
    const print = fingerprint(values);
    sums.push(print.size, print.norm, ...print.shadows);
  };
  const parts: readonly PreparedPart["inputs"][] = [data.inputs, data.targets];
  for (const part of parts) for (const { values } of Object.values(part)) add(values);
  for (const values of initial.values()) add(values);
  return sums.map((value) => value.toPrecision(9)).join(" ");
}
