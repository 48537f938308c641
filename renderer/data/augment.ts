/** Augmentation in the data section: what can be asked for with its range, and which pictures of a data set a preview shows. */
import type { AugmentDocument, DataDocument, GraphDocument, TextAugmentDocument } from "../../core/graph/document.ts";
import type { ColumnProfile, MethodInput } from "../../core/protocol/methods.ts";

export const SWITCHES = ["flip_horizontal", "flip_vertical"] as const;

interface Range {
  readonly name: "rotate" | "shift" | "zoom" | "crop" | "brightness" | "noise" | "cutout" | "mixup";
  /** Largest value of the document. */
  readonly most: number;
  /** Largest value of the slider: beyond it one types. */
  readonly usual: number;
  /** What a value of the document is multiplied by to be shown: shares as percent. */
  readonly factor: number;
  readonly unit: "°" | "%" | "";
}

/** As the schema of the design has them. */
export const RANGES: readonly Range[] = [
  { name: "rotate", most: 180, usual: 90, factor: 1, unit: "°" },
  { name: "shift", most: 1, usual: 0.5, factor: 100, unit: "%" },
  { name: "zoom", most: 0.9, usual: 0.5, factor: 100, unit: "%" },
  { name: "crop", most: 0.9, usual: 0.5, factor: 100, unit: "%" },
  { name: "brightness", most: 1, usual: 0.5, factor: 100, unit: "%" },
  { name: "noise", most: 1, usual: 0.3, factor: 100, unit: "%" },
  { name: "cutout", most: 1, usual: 0.5, factor: 100, unit: "%" },
  { name: "mixup", most: 1, usual: 1, factor: 1, unit: "" },
];

/** What is switched off is left out of the document; with nothing left there is no augmentation. */
export function withAugment(data: DataDocument, change: Partial<AugmentDocument>): DataDocument {
  const { augment, ...rest } = data;
  const whole = { ...(augment ?? { seed: null }), ...change };
  const kept = Object.entries(whole).filter(([name, value]) => name === "seed" || (value !== 0 && value !== false && value !== undefined));
  const asked = kept.some(([name]) => name !== "seed");
  return asked || whole.seed !== null ? { ...rest, augment: Object.fromEntries(kept) as AugmentDocument } : rest;
}

/** Without copies there is no augmentation of texts; what else was set is forgotten with it. */
export function withTextAugment(data: DataDocument, change: Partial<TextAugmentDocument>): DataDocument {
  const { augment_text: before, ...rest } = data;
  const whole = { copies: 0, seed: null, ...before, ...change };
  if (whole.copies === 0) return rest;
  const kept = Object.entries(whole).filter(([name, value]) => name === "seed" || (value !== 0 && value !== undefined));
  return { ...rest, augment_text: Object.fromEntries(kept) as TextAugmentDocument };
}

export function withSampling(data: DataDocument, method: "over" | "under" | null): DataDocument {
  const { sampling, ...rest } = data;
  return method === null ? rest : { ...rest, sampling: { ...(sampling ?? { seed: null }), method } };
}

type PictureSource = MethodInput<"datasets.augmented">["from"];

/** Pictures that a preview shows, spread over the data set; null where no input is a picture. */
export function previewSource(
  data: DataDocument,
  graph: GraphDocument,
  profiles: ReadonlyMap<string, ColumnProfile>,
  rowCount: number,
  count: number,
): PictureSource | null {
  const picture = data.columns.find(({ type, role }) => type === "picture" && role === "feature");
  const spread = (all: number): number[] => [...new Set(Array.from({ length: count }, (_, i) => Math.floor((i * all) / count)))];
  if (picture !== undefined) return { kind: "pictures", pictures: spread(profiles.get(picture.name)?.distinct ?? rowCount) };
  const features = data.columns.filter(({ type, role }) => type === "numeric" && role === "feature").map(({ name }) => name);
  for (const { config } of graph.nodes) {
    const shape = config["shape"];
    const [height, width, channels] = Array.isArray(shape) ? (shape as readonly unknown[]) : [];
    if (typeof height !== "number" || typeof width !== "number" || typeof channels !== "number" || (shape as unknown[]).length !== 3)
      continue;
    const named = config["columns"];
    const columns = Array.isArray(named) && named.length > 0 ? named.map(String) : features;
    if (columns.length === height * width * channels)
      return { kind: "columns", columns, shape: [height, width, channels], rows: spread(rowCount) };
  }
  return null;
}
