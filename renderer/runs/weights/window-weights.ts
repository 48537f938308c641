/** Which coefficients belong to steps of a window, as core/data/windows.ts names them: `passengers −7`. Pure. */
import type { Coefficients } from "./coefficients.ts";

export interface WindowWeights {
  readonly column: string;
  /** The nearest step first. */
  readonly steps: readonly { readonly back: number; readonly weight: number }[];
}

const STEP = /^(.*) −(\d+)$/u;

/** Null where these are not the weights of one unit over the steps of a window. */
export function windowWeights({ rows, units }: Coefficients): readonly WindowWeights[] | null {
  if (units.length !== 1 || rows.length < 2) return null;
  const columns = new Map<string, { back: number; weight: number }[]>();
  for (const { feature, values } of rows) {
    const [, column, back] = STEP.exec(feature) ?? [];
    const [weight] = values;
    if (column === undefined || weight === null || weight === undefined) return null;
    const steps = columns.get(column) ?? [];
    steps.push({ back: Number(back), weight });
    columns.set(column, steps);
  }
  return [...columns].map(([column, steps]) => ({ column, steps: steps.sort((a, b) => a.back - b.back) }));
}
