/** Designs that ever failed, as files with the losses that PyTorch gives them: golden tests that need no Python. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hashOf } from "../../core/spec/hash.ts";
import type { Comparison } from "./compare.ts";
import type { ParityDesign } from "./design.ts";

export const DESIGNS = fileURLToPath(new URL("../golden/engine/designs", import.meta.url));

export interface KeptDesign {
  readonly library: string;
  /** What was wrong when it was found. */
  readonly found: string;
  readonly design: ParityDesign;
  /** PyTorch's, in float64; empty for a design that made PyTorch or ours fail. */
  readonly losses: readonly number[];
}

export function keepDesign(design: ParityDesign, { expected, reason }: Comparison, library: string): void {
  mkdirSync(DESIGNS, { recursive: true });
  const path = join(DESIGNS, `${hashOf(design.graph).slice(0, 12)}.json`);
  const kept: KeptDesign = { library, found: reason, design, losses: expected };
  if (!existsSync(path)) writeFileSync(path, `${JSON.stringify(kept, null, 1)}\n`);
}

export function keptDesigns(): { readonly file: string; readonly kept: KeptDesign }[] {
  if (!existsSync(DESIGNS)) return [];
  return readdirSync(DESIGNS)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => ({ file, kept: JSON.parse(readFileSync(join(DESIGNS, file), "utf8")) as KeptDesign }));
}
