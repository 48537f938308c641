/**
 * Mixup: each picture of a batch is laid over another of the same batch, shares λ and 1 − λ with λ ≥ ½ drawn from a Beta(α, α)
 * distribution, and its target becomes the same shares of both (Zhang and others 2018, mixup: Beyond Empirical Risk Minimization).
 * A target that is the number of a class cannot hold two shares: there the program takes the loss of both classes, λ of the own
 * one and 1 − λ of the partner's (core/spec/build.ts), and the partner's class and the shares are written beside it.
 */
import { AppError } from "../errors.ts";
import type { DataDocument } from "../graph/document.ts";
import { isPicture } from "./augment.ts";
import { Random } from "./random.ts";
import type { Rows, TargetLayout } from "./rows.ts";

/** Random streams from here on are the batches of the epochs; augmentation's are below. */
const FIRST_STREAM = 2 ** 48;

/** Where rows of one input or output lie in a batch: `count` of them, `width` numbers each, one after the other. */
export interface Span {
  readonly start: number;
  readonly width: number;
}

/** Targets that are numbers of classes: where they lie, and where the partner's go. */
export interface ClassSpans {
  readonly own: Span;
  readonly partner: Span;
}

export class Mixup {
  private readonly alpha: number;
  private readonly seed: number;
  private readonly rowCount: number;
  /** The batch as it was, while it is written over. */
  private source = new Float64Array(0);
  /** Of the batch that was mixed last: the own share of each row, and how far away its partner stands. */
  private shares = new Float64Array(0);
  private distance = 0;

  constructor(alpha: number, seed: number, rowCount: number) {
    this.alpha = alpha;
    this.seed = seed;
    this.rowCount = rowCount;
  }

  /**
   * Mixes a batch where it lies.
   * @param blended inputs, and targets that are numbers
   * @param epoch   from 1
   * @param from    position of the batch in the epoch: the same batch is mixed the same way after a resume
   */
  mix(
    elements: Float32Array | Float64Array,
    blended: readonly Span[],
    classes: readonly ClassSpans[],
    count: number,
    { epoch, from }: { readonly epoch: number; readonly from: number },
  ): void {
    const random = new Random(this.seed, FIRST_STREAM + epoch * this.rowCount + from);
    // Everyone's partner stands equally far away: nobody is laid over itself, and each is used once. A row alone stays as it is.
    this.distance = count < 2 ? 0 : 1 + random.below(count - 1);
    this.shares = Float64Array.from({ length: count }, () => (count < 2 ? 1 : ownShare(random, this.alpha)));
    if (count > 1) for (const span of blended) this.blend(elements, span, count, this.distance, this.shares);
    for (const { own, partner } of classes)
      for (let row = 0; row < count; row++)
        for (let k = 0; k < own.width; k++)
          elements[partner.start + row * own.width + k] = elements[own.start + ((row + this.distance) % count) * own.width + k] as number;
  }

  /**
   * What the own class and the partner's count in the loss of a row of the batch that was mixed last: their shares, each times
   * the weight of the row that it is of.
   * @param weightOf of the i-th row of the batch
   */
  weigh(elements: Float32Array | Float64Array, own: number, partner: number, weightOf: (row: number) => number): void {
    const count = this.shares.length;
    for (let row = 0; row < count; row++) {
      const share = this.shares[row] as number;
      elements[own + row] = share * weightOf(row);
      elements[partner + row] = (1 - share) * weightOf((row + this.distance) % count);
    }
  }

  private blend(
    elements: Float32Array | Float64Array,
    { start, width }: Span,
    count: number,
    distance: number,
    shares: Float64Array,
  ): void {
    const size = count * width;
    if (this.source.length < size) this.source = new Float64Array(size);
    const { source } = this;
    for (let i = 0; i < size; i++) source[i] = elements[start + i] as number;
    for (let row = 0; row < count; row++) {
      const share = shares[row] as number;
      const other = ((row + distance) % count) * width;
      for (let k = 0; k < width; k++)
        elements[start + row * width + k] = share * (source[row * width + k] as number) + (1 - share) * (source[other + k] as number);
    }
  }
}

/** λ of Beta(α, α), the larger of λ and 1 − λ: the own picture keeps the larger share. Jöhnk's method, for α up to 1. */
function ownShare(random: Random, alpha: number): number {
  for (;;) {
    const x = random.float() ** (1 / alpha);
    const y = random.float() ** (1 / alpha);
    if (x + y > 1 || x + y === 0) continue;
    const share = x / (x + y);
    return Math.max(share, 1 - share);
  }
}

/**
 * @param inputs  of the training part, by node id
 * @param targets layouts by output node id
 * @returns null where the design asks for none
 * @throws AppError data.mixup_needs_pictures when an input is no picture, data.mixup_needs_shares
 */
export function mixupOf(
  { augment }: Pick<DataDocument, "augment">,
  inputs: Readonly<Record<string, Rows>>,
  targets: Readonly<Record<string, TargetLayout>>,
  rowCount: number,
  seed: number,
): Mixup | null {
  const alpha = augment?.mixup ?? 0;
  if (augment === undefined || alpha === 0) return null;
  const other = Object.keys(inputs).find((id) => !isPicture(inputs[id]?.shape ?? []));
  if (other !== undefined) throw new AppError("data.mixup_needs_pictures", {}, { nodeId: other });
  // −1 and +1 are sides, not shares: a hinge is not linear in them.
  const signs = Object.keys(targets).find((id) => targets[id]?.encoding === "sign");
  if (signs !== undefined) throw new AppError("data.mixup_needs_shares", {}, { nodeId: signs });
  return new Mixup(alpha, augment.seed ?? seed, rowCount);
}
