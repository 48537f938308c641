import { AppError } from "../errors.ts";
import type { Plan } from "../ir/plan.ts";

/** @throws AppError engine.over_memory_limit naming what takes most of it */
export function requireMemory(plan: Plan, neededBytes: number, limit: number, bytesPerElement: number): void {
  if (neededBytes <= limit) return;
  const largest = [...plan.places].sort((a, b) => b[1].size - a[1].size).slice(0, 3);
  throw new AppError("engine.over_memory_limit", {
    needed: Math.ceil(neededBytes / 2 ** 20),
    limit: Math.floor(limit / 2 ** 20),
    layers: largest.map(([name, region]) => `${name} (${Math.ceil((region.size * bytesPerElement) / 2 ** 20)} MB)`).join(", "),
  });
}
