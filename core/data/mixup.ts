/**
 * Mixup: each picture of a batch is laid over another of the same batch, shares λ and 1 − λ with λ ≥ ½ drawn from a Beta(α, α)
 * distribution, and its target becomes the same shares of both (Zhang and others 2018, mixup: Beyond Empirical Risk Minimization).
 * A target that is the number of a class cannot hold two shares: there the class is drawn, the own one with probability λ. Cross-
 * entropy is linear in the shares, so that on average loss and gradient are those of the shares.
 */
import { AppError } from "../errors.ts";
import type { DataDocument } from "../graph/document.ts";
import { isPicture } from "./augment.ts";
import { Random } from "./random.ts";
import type { Rows, TargetEncoding, TargetLayout } from "./rows.ts";

/** Random streams from here on are the batches of the epochs; augmentation's are below. */
const FIRST_STREAM = 2 ** 48;

/** Where rows of one input or output lie in a batch: `count` of them, `width` numbers each, one after the other. */
export interface Span {
  readonly start: number;
  readonly width: number;
}

export class Mixup {
  private readonly alpha: number;
  private readonly seed: number;
  private readonly rowCount: number;
  /** Outputs whose targets are numbers of classes. */
  private readonly drawn: ReadonlySet<string>;
  /** The batch as it was, while it is written over. */
  private source = new Float64Array(0);

  constructor(alpha: number, seed: number, rowCount: number, drawn: ReadonlySet<string>) {
    this.alpha = alpha;
    this.seed = seed;
    this.rowCount = rowCount;
    this.drawn = drawn;
  }

  /**
   * Mixes a batch where it lies.
   * @param epoch from 1
   * @param from  position of the batch in the epoch: the same batch is mixed the same way after a resume
   */
  mix(
    elements: Float32Array | Float64Array,
    inputs: readonly Span[],
    targets: Readonly<Record<string, Span>>,
    count: number,
    { epoch, from }: { readonly epoch: number; readonly from: number },
  ): void {
    if (count < 2) return;
    const random = new Random(this.seed, FIRST_STREAM + epoch * this.rowCount + from);
    // Everyone's partner stands equally far away: nobody is laid over itself, and each is used once.
    const distance = 1 + random.below(count - 1);
    const shares = Float64Array.from({ length: count }, () => ownShare(random, this.alpha));
    const own = Uint8Array.from(shares, (share) => (random.float() < share ? 1 : 0));
    for (const span of inputs) this.blend(elements, span, count, distance, shares);
    for (const [id, span] of Object.entries(targets)) this.blend(elements, span, count, distance, this.drawn.has(id) ? own : shares);
  }

  private blend(
    elements: Float32Array | Float64Array,
    { start, width }: Span,
    count: number,
    distance: number,
    shares: Float64Array | Uint8Array,
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
  const numbered: TargetEncoding = "class_index";
  const drawn = new Set(Object.keys(targets).filter((id) => targets[id]?.encoding === numbered));
  return new Mixup(alpha, augment.seed ?? seed, rowCount, drawn);
}
