/** What augmentation makes of some pictures: for each the picture as it is, then as it would come in further epochs. */
import { Augmenter } from "../../../../core/data/augment.ts";
import { Mixup } from "../../../../core/data/mixup.ts";
import { AppError } from "../../../../core/errors.ts";
import type { AugmentDocument } from "../../../../core/graph/document.ts";
import { previewTable } from "../load-table.ts";
import { somePictures } from "./look.ts";

type Shape = [height: number, width: number, channels: number];

/** Pictures of a column of pictures by number, or rows of a table whose columns are pixels. */
export type PictureSource =
  | { readonly kind: "pictures"; readonly pictures: readonly number[] }
  | { readonly kind: "columns"; readonly columns: readonly string[]; readonly shape: Readonly<Shape>; readonly rows: readonly number[] };

/**
 * @param variants how often each picture is changed, beside the picture itself
 * @param size     longest side of what is changed and returned
 * @returns `[pictures, 1 + variants, height, width, channels]` as base64
 * @throws AppError data.picture_unknown, data.pictures_missing, data.column_missing, data.not_a_number
 */
export async function augmentedPictures(
  tablePath: string,
  source: PictureSource,
  augment: AugmentDocument,
  variants: number,
  size: number,
): Promise<{ shape: Shape; pixels: string }> {
  const { shape, pixels, from } =
    source.kind === "pictures" ? fromPictures(await somePictures(tablePath, source.pictures, size)) : await fromColumns(tablePath, source);
  const each = shape[0] * shape[1] * shape[2];
  const count = pixels.length / each;
  const augmenter = new Augmenter(augment, augment.seed ?? 0, count);
  const mixup = new Mixup(augment.mixup ?? 0, augment.seed ?? 0, count);
  const made = Buffer.alloc(count * (1 + variants) * each);
  for (let variant = 0; variant <= variants; variant += 1) {
    const changed = Float32Array.from(pixels);
    if (variant > 0) for (let row = 0; row < count; row += 1) augmenter.apply(changed, row * each, shape, { epoch: variant, row });
    // Those that are shown stand for a batch: each is laid over another of them, as the trainer does.
    if (variant > 0 && (augment.mixup ?? 0) > 0) mixup.mix(changed, [{ start: 0, width: each }], [], count, { epoch: variant, from: 0 });
    changed.forEach((value, i) => {
      const row = Math.floor(i / each);
      made[row * variants * each + variant * each + i] = Math.round(Math.min(1, Math.max(0, (value - from.low) * from.scale)) * 255);
    });
  }
  return { shape, pixels: made.toString("base64") };
}

interface Pictures {
  readonly shape: Shape;
  readonly pixels: Float32Array;
  /** What is black, and what a step of one is worth of white. */
  readonly from: { readonly low: number; readonly scale: number };
}

function fromPictures({ shape, pixels }: { shape: Shape; pixels: string }): Pictures {
  return { shape, pixels: Float32Array.from(Buffer.from(pixels, "base64")), from: { low: 0, scale: 1 / 255 } };
}

async function fromColumns(tablePath: string, { columns, shape, rows }: Extract<PictureSource, { kind: "columns" }>): Promise<Pictures> {
  const [height, width, channels] = shape;
  const each = height * width * channels;
  if (columns.length !== each)
    throw new AppError("data.column_missing", { columns: columns.slice(0, 5).join(", "), count: columns.length });
  const pixels = new Float32Array(rows.length * each);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [place, row] of rows.entries()) {
    const { columns: names, rows: found } = await previewTable(tablePath, row, 1);
    const cells = found[0] ?? [];
    for (const [i, name] of columns.entries()) {
      const position = names.indexOf(name);
      if (position < 0) throw new AppError("data.column_missing", { columns: name, count: 1 });
      const value = Number(cells[position] ?? 0);
      if (!Number.isFinite(value))
        throw new AppError("data.not_a_number", { column: name, value: String(cells[position]).slice(0, 80), row: row + 1, count: 1 });
      pixels[place * each + i] = value;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return { shape: [height, width, channels], pixels, from: { low: Math.min(0, low), scale: 1 / Math.max(1e-12, high - Math.min(0, low)) } };
}
