/**
 * The losses of an evaluation, put together from its batches: means over rows, or, where a mask says what counts, over what
 * counted. Penalties on weights are the same in every batch and are added once.
 */

/** How many steps a mask lets count. */
export function countOf(mask: Float32Array | Float64Array | undefined): number | undefined {
  if (mask === undefined) return undefined;
  let counted = 0;
  for (let i = 0; i < mask.length; i++) counted += mask[i] as number;
  return counted;
}

/** Losses summed over rows: of everything, and of each output. */
export class LossSums {
  private total = 0;
  private rows = 0;
  private penalties = 0;
  private masked = false;
  private readonly own: Record<string, { sum: number; counted: number }>;

  constructor(ids: readonly string[]) {
    this.own = Object.fromEntries(ids.map((id) => [id, { sum: 0, counted: 0 }]));
  }

  /** @param countedOf how much counted in the loss of an output by its mask; undefined where there is none */
  add(total: number, losses: Readonly<Record<string, number>>, rows: number, countedOf: (id: string) => number | undefined): void {
    this.total += total * rows;
    this.rows += rows;
    let penalty = total;
    for (const [id, sums] of Object.entries(this.own)) {
      const loss = losses[id] ?? Number.NaN;
      const counted = countedOf(id);
      this.masked ||= counted !== undefined;
      sums.sum += loss * (counted ?? rows);
      sums.counted += counted ?? rows;
      penalty -= loss;
    }
    this.penalties += penalty * rows;
  }

  /** Means over all that counted (0 where nothing did); NaN without targets. */
  mean(hasTargets: boolean): { loss: number; losses: Record<string, number> } {
    const meanOf = (sum: number, counted: number): number => (!hasTargets ? Number.NaN : counted === 0 ? 0 : sum / counted);
    const losses = Object.fromEntries(Object.entries(this.own).map(([id, { sum, counted }]) => [id, meanOf(sum, counted)]));
    if (!this.masked) return { loss: meanOf(this.total, this.rows), losses };
    const penalties = meanOf(this.penalties, this.rows);
    return { loss: Object.values(losses).reduce((sum, loss) => sum + loss, penalties), losses };
  }
}
