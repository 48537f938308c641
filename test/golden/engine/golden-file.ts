/** Files of golden values: where they are, how they are written and read, and what they say about who made them. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Shape } from "../../../core/ir/tensor.ts";

export interface Values {
  readonly shape: Shape;
  readonly values: readonly number[];
}

export interface Origin {
  /** Library and version that computed the values. */
  readonly library: string;
  readonly script: string;
  /** Of the inputs and weights. */
  readonly seed: number;
}

/** A file of results, each with the description that it was made from. */
export interface GoldenFile<Case> {
  readonly origin: Origin;
  /** SHA-256 of what was asked of the library: when it differs from what would be asked now, the values are stale. */
  readonly description_hash: string;
  readonly cases: readonly Case[];
}

export const layerGoldenPath = (type: string): string =>
  fileURLToPath(new URL(`../../../core/layers/${type}/golden.json`, import.meta.url));
export const enginePath = (name: string): string => fileURLToPath(new URL(`${name}.json`, import.meta.url));

export function readGolden<Case>(path: string): GoldenFile<Case> {
  return JSON.parse(readFileSync(path, "utf8")) as GoldenFile<Case>;
}

/** JSON with one line for each list of numbers. */
export function writeGolden<Case>(path: string, file: GoldenFile<Case>): void {
  const lists: string[] = [];
  const text = JSON.stringify(
    file,
    (_, value: unknown) =>
      Array.isArray(value) && value.every((item) => typeof item === "number") ? `@${lists.push(JSON.stringify(value)) - 1}@` : value,
    1,
  );
  writeFileSync(path, `${text.replace(/"@(\d+)@"/g, (_, index: string) => lists[Number(index)] ?? "")}\n`);
}
