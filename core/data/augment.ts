/**
 * Augmentation of pictures: while training, every picture comes turned, moved or otherwise changed a little, anew in
 * every epoch. What is drawn depends on seed, epoch and row alone, so that a resumed run, and any number of threads,
 * see the same bits. Values stay within each picture's own range, whatever scale it is in.
 */
import { AppError } from "../errors.ts";
import type { AugmentDocument, DataDocument } from "../graph/document.ts";
import type { Shape } from "../ir/tensor.ts";
import type { DataNeeds } from "./data-needs.ts";
import { Random } from "./random.ts";
import type { Rows } from "./rows.ts";

/** Random streams from here on are the rows of the epochs; the trainer's are below. */
const FIRST_STREAM = 2 ** 40;

/** Where in the training a row is. */
export interface AugmentPlace {
  readonly epoch: number;
  /** Position in the training part. */
  readonly row: number;
}

/** Height, width and channels are what makes an input a picture. */
export const isPicture = (shape: Shape): boolean => shape.length === 3;

/** True where the document asks for nothing that is done to one picture. */
const isIdle = ({ seed: _seed, mixup: _mixup, ...asked }: AugmentDocument): boolean =>
  Object.values(asked).every((value) => value === false || value === 0);

/** Whether single pictures are changed while they are trained on. */
export const isChanged = ({ augment }: Pick<DataDocument, "augment">): boolean => augment !== undefined && !isIdle(augment);

/**
 * @param inputs of the training part, by node id
 * @returns null where nothing is to be done
 * @throws AppError data.augment_needs_pictures, data.augment_moves_target
 */
export function augmenterOf(
  { augment }: Pick<DataDocument, "augment">,
  inputs: Readonly<Record<string, Rows>>,
  needs: DataNeeds,
  rowCount: number,
  seed: number,
): Augmenter | null {
  if (augment === undefined || !isChanged({ augment })) return null;
  const pictures = Object.keys(inputs).filter((id) => isPicture(inputs[id]?.shape ?? []));
  if (pictures.length === 0) throw new AppError("data.augment_needs_pictures");
  const { flip_horizontal = false, flip_vertical = false, rotate = 0, shift = 0, zoom = 0, crop = 0 } = augment;
  const moves = flip_horizontal || flip_vertical || rotate > 0 || shift > 0 || zoom > 0 || crop > 0;
  const same = needs.outputs.find(({ targetInput }) => targetInput !== null && pictures.includes(targetInput));
  if (moves && same !== undefined) throw new AppError("data.augment_moves_target", {}, { nodeId: same.nodeId });
  return new Augmenter(augment, augment.seed ?? seed, rowCount);
}

/** All that an augmenter is made of: another thread makes the same one. */
export interface AugmenterSettings {
  readonly options: AugmentDocument;
  readonly seed: number;
  /** Of the training part. */
  readonly rowCount: number;
}

export class Augmenter implements AugmenterSettings {
  readonly options: AugmentDocument;
  readonly seed: number;
  readonly rowCount: number;
  /** The picture as it was, while its place is written over. */
  private source = new Float64Array(0);

  /** @param rowCount of the training part */
  constructor(options: AugmentDocument, seed: number, rowCount: number) {
    this.options = options;
    this.seed = seed;
    this.rowCount = rowCount;
  }

  /**
   * Changes one picture where it lies. All pictures of one row are drawn alike, so that two views of it stay in step.
   * @param place where it begins in `elements`: `[height, width, channels]`
   */
  apply(elements: Float32Array | Float64Array, place: number, shape: Shape, { epoch, row }: AugmentPlace): void {
    const [height, width, channels] = shape as readonly [number, number, number];
    const size = height * width * channels;
    if (this.source.length < size) this.source = new Float64Array(size);
    const { source } = this;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < size; i++) {
      const value = elements[place + i] as number;
      source[i] = value;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const random = new Random(this.seed, FIRST_STREAM + epoch * this.rowCount + row);
    this.move(elements, place, height, width, channels, random);
    this.colour(elements, place, size, low, high, random);
    this.cover(elements, place, height, width, channels, (low + high) / 2, random);
  }

  /** Flip, turn, zoom, shift and crop at once: each pixel is looked up where it came from, between four neighbours; beyond the edge is the edge. */
  private move(to: Float32Array | Float64Array, place: number, height: number, width: number, channels: number, random: Random): void {
    const { flip_horizontal = false, flip_vertical = false, rotate = 0, shift = 0, zoom = 0, crop = 0 } = this.options;
    const mirrorX = flip_horizontal && random.float() < 0.5 ? -1 : 1;
    const mirrorY = flip_vertical && random.float() < 0.5 ? -1 : 1;
    const angle = rotate > 0 ? (either(random) * rotate * Math.PI) / 180 : 0;
    const scale = zoom > 0 ? 1 + either(random) * zoom : 1;
    const down = shift > 0 ? either(random) * shift * height : 0;
    const right = shift > 0 ? either(random) * shift * width : 0;
    const kept = crop > 0 ? 1 - random.float() * crop : 1;
    const top = crop > 0 ? random.float() * (1 - kept) * (height - 1) : 0;
    const left = crop > 0 ? random.float() * (1 - kept) * (width - 1) : 0;
    if (mirrorX === 1 && mirrorY === 1 && angle === 0 && scale === 1 && down === 0 && right === 0 && kept === 1) return;
    const [cosine, sine] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
    const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        // Where in the window that is cut out, then where that was before it was turned and moved.
        const [v, u] = [top + kept * y - middleY - down, left + kept * x - middleX - right];
        const fromY = mirrorY * (cosine * v - sine * u) + middleY;
        const fromX = mirrorX * (sine * v + cosine * u) + middleX;
        this.between(to, place + (y * width + x) * channels, clamp(fromY, height - 1), clamp(fromX, width - 1), width, height, channels);
      }
  }

  private between(
    to: Float32Array | Float64Array,
    place: number,
    y: number,
    x: number,
    width: number,
    height: number,
    channels: number,
  ): void {
    const { source } = this;
    const [top, left] = [Math.floor(y), Math.floor(x)];
    const [bottom, right] = [Math.min(top + 1, height - 1), Math.min(left + 1, width - 1)];
    const [dy, dx] = [y - top, x - left];
    const at = (row: number, column: number, channel: number): number => source[(row * width + column) * channels + channel] as number;
    for (let c = 0; c < channels; c++)
      to[place + c] =
        (1 - dy) * ((1 - dx) * at(top, left, c) + dx * at(top, right, c)) +
        dy * ((1 - dx) * at(bottom, left, c) + dx * at(bottom, right, c));
  }

  private colour(to: Float32Array | Float64Array, place: number, size: number, low: number, high: number, random: Random): void {
    const { brightness = 0, noise = 0 } = this.options;
    if (brightness === 0 && noise === 0) return;
    const added = either(random) * brightness * (high - low);
    for (let i = place; i < place + size; i++) {
      const value = (to[i] as number) + added + (noise > 0 ? random.normal() * noise * (high - low) : 0);
      to[i] = Math.min(high, Math.max(low, value));
    }
  }

  /** A square of the middle of the picture's range, its centre anywhere: at the edge a part of it falls outside (DeVries and Taylor 2017). */
  private cover(
    to: Float32Array | Float64Array,
    place: number,
    height: number,
    width: number,
    channels: number,
    value: number,
    random: Random,
  ): void {
    const { cutout = 0 } = this.options;
    const side = Math.round(cutout * Math.min(height, width));
    if (side === 0) return;
    const top = random.below(height) - Math.floor(side / 2);
    const left = random.below(width) - Math.floor(side / 2);
    for (let y = Math.max(0, top); y < Math.min(height, top + side); y++)
      for (let x = Math.max(0, left); x < Math.min(width, left + side); x++)
        for (let c = 0; c < channels; c++) to[place + (y * width + x) * channels + c] = value;
  }
}

/** −1 … 1 */
const either = (random: Random): number => 2 * random.float() - 1;
const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
