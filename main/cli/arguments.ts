/** What stands behind a command's name: options read, and refused with the words that the usage is printed under. */
import { existsSync } from "node:fs";
import { basename } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { GroupPlan } from "../../core/sweeps/plan.ts";
import type { NamedFile } from "../host/datasets/graphs/nodes-and-edges.ts";
import type { Partner } from "../host/datasets/join/request.ts";
import { LONGEST_SIDE, type PictureFormat } from "../host/datasets/pictures/picture-format.ts";
import type { PixelsAsked } from "./pixels.ts";
import type { GivenData } from "./read-files.ts";
import type { TrainOptions } from "./train.ts";
import { readGivenVectors } from "./vectors.ts";

/** Wrong arguments: told with the usage, exit code 2. */
export class UsageError extends Error {}

export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
export type Options = NonNullable<ParseArgsConfig["options"]>;

/** @throws UsageError when a --with has no --key, or the other way round */
export function joinsOf(values: Values): GivenData {
  const given = (["validation", "test"] as const).flatMap((part) => {
    const file = optional(values, part);
    return file === null ? [] : [{ ...fileAndSheet(file), part }];
  });
  const sheet = optional(values, "sheet") ?? undefined;
  const edges = optional(values, "edges");
  return {
    given,
    sheet,
    edges: edges === null ? undefined : fileAndSheet(edges),
    pixels: pixelsOf(values),
    partners: partnersOf(list(values, "with"), list(values, "key")),
  };
}

/** `book.xlsx#second`: a sheet, or a table of an archive. A file whose name has such a sign is meant as a whole. */
function fileAndSheet(given: string): NamedFile & { readonly sheet?: string } {
  for (let at = given.indexOf("#"); at > 0 && !existsSync(given); at = given.indexOf("#", at + 1)) {
    const [path, sheet] = [given.slice(0, at), given.slice(at + 1)];
    if (sheet !== "" && existsSync(path)) return { path, name: basename(path), sheet };
  }
  return { path: given, name: basename(given) };
}

/** The first --key belongs to the first --with, and so on. */
function partnersOf(paths: readonly string[], keys: readonly string[]): Partner[] {
  if (keys.length > paths.length) throw new UsageError("--key needs --with");
  return paths.map((path, place) => {
    const key = keys[place];
    if (key === undefined)
      throw new UsageError(paths.length === 1 ? "--with needs --key COL" : `--with ${path} needs a --key COL of its own`);
    const [own = "", ...other] = key.split("=");
    return { ...fileAndSheet(path), key: own, ...(other.length === 0 ? {} : { partnerKey: other.join("=") }) };
  });
}

/** `--pixels found`, `--pixels 8x8` or `32x32x3` (height, width, channels). @throws UsageError */
function pixelsOf(values: Values): PixelsAsked | undefined {
  const asked = optional(values, "pixels");
  if (asked === null) return undefined;
  if (asked === "found") return { shape: null };
  const [, height, width, channels = "1"] = /^(\d+)x(\d+)(?:x([13]))?$/i.exec(asked) ?? [];
  const sides = [Number(height), Number(width)] as const;
  if (!sides.every((side) => side >= 1 && side <= LONGEST_SIDE))
    throw new UsageError(`--pixels must be found, or like 8x8 or 32x32x3, received '${asked}'`);
  return { shape: [...sides, Number(channels)] };
}

/** `--size 32` or `--size 48x64` (height, width), `--colour grey` or `colour`. @throws UsageError */
export function picturesOf(values: Values): PictureFormat {
  const [size, colour] = [optional(values, "size"), optional(values, "colour")];
  const sides = size === null ? null : /^(\d+)(?:x(\d+))?$/i.exec(size);
  const [height, width] = [Number(sides?.[1]), Number(sides?.[2] ?? sides?.[1])];
  if (size !== null && !(height >= 1 && height <= LONGEST_SIDE && width >= 1 && width <= LONGEST_SIDE))
    throw new UsageError(`--size must be like 32 or 48x64, at most ${LONGEST_SIDE}, received '${size}'`);
  if (colour !== null && colour !== "grey" && colour !== "colour")
    throw new UsageError(`--colour must be grey or colour, received '${colour}'`);
  return {
    ...(size === null ? {} : { size: [height, width] }),
    ...(colour === null ? {} : { channels: colour === "grey" ? 1 : 3 }),
  };
}

/** `--vectors FILE`, or `LAYER=FILE` for each of several layers. @throws UsageError */
export function vectorsOf(values: Values): Pick<TrainOptions, "vectors" | "freezeVectors"> {
  const given = list(values, "vectors").map(readGivenVectors);
  const freezeVectors = values["freeze-vectors"] === true;
  if (freezeVectors && given.length === 0) throw new UsageError("--freeze-vectors goes with --vectors FILE");
  return { vectors: given, freezeVectors };
}

/** Folds, seeds from the first one on, or bags; null for a single run. */
export function groupPlan(values: Values, first: number): GroupPlan | null {
  const folds = whole(values, "folds", 2, 100);
  const seeds = whole(values, "seeds", 2, 200);
  const bags = whole(values, "bag", 2, 50);
  const rule = optional(values, "rule");
  if ([folds, seeds, bags].filter((given) => given !== null).length > 1)
    throw new UsageError("--folds, --seeds and --bag are kinds of group: give one of them");
  if (rule !== null && (bags === null || (rule !== "average" && rule !== "vote")))
    throw new UsageError("--rule is average or vote, and goes with --bag N");
  if (bags !== null) return { kind: "ensemble", method: "bagging", bags, rule: rule === "vote" ? "vote" : "average", seed: first };
  if (folds !== null) return { kind: "folds", folds };
  return seeds === null ? null : { kind: "seeds", seeds: Array.from({ length: seeds }, (_, k) => first + k) };
}

export function optional(values: Values, name: string): string | null {
  const value = values[name];
  return typeof value === "string" ? value : null;
}

export function needed(values: Values, name: string): string {
  const value = optional(values, name);
  if (value === null) throw new UsageError(`--${name} is missing`);
  return value;
}

export function list(values: Values, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.map(String) : [];
}

export function whole(values: Values, name: string, low: number, high: number): number | null {
  const value = optional(values, name);
  if (value === null) return null;
  const number = Number(value);
  if (!Number.isInteger(number) || number < low || number > high || value.trim() === "")
    throw new UsageError(`--${name} must be a whole number from ${low} to ${high}, received '${value}'`);
  return number;
}

export function share(values: Values, name: string): number | null {
  const value = optional(values, name);
  if (value === null) return null;
  const number = Number(value);
  if (!(number > 0 && number < 1)) throw new UsageError(`--${name} must be between 0 and 1, received '${value}'`);
  return number;
}

export function positive(values: Values, name: string): number | null {
  const value = optional(values, name);
  if (value === null) return null;
  const number = Number(value);
  if (!(number > 0 && Number.isFinite(number))) throw new UsageError(`--${name} must be a number above 0, received '${value}'`);
  return number;
}

/** @throws UsageError */
export function parse(args: string[], options: Options): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
