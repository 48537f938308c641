/** Weights of a TensorFlow.js layers model: float32 numbers of its .bin files, by the layer that holds them, in the manifest's order. */
import { AppError } from "../errors.ts";
import { sizeOf } from "../ir/tensor.ts";

export interface ForeignWeight {
  /** `dense/kernel` */
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

interface ManifestGroup {
  readonly paths: readonly string[];
  readonly weights: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly dtype: string;
    readonly quantization?: unknown;
  }[];
}

const isGroup = (value: unknown): value is ManifestGroup => {
  const { paths, weights } = (value ?? {}) as { paths?: unknown; weights?: unknown };
  return Array.isArray(paths) && Array.isArray(weights);
};

/** Names of the files that a model.json asks for. */
export function weightFiles(json: unknown): string[] {
  const { weightsManifest } = (json ?? {}) as { weightsManifest?: unknown };
  return Array.isArray(weightsManifest) ? weightsManifest.filter(isGroup).flatMap(({ paths }) => paths) : [];
}

/**
 * @param files by name, as the manifest has them
 * @throws AppError import.weights_file_missing, import.weights_dtype, import.weights_wrong_size
 */
export function readTfjsWeights(json: unknown, files: ReadonlyMap<string, Uint8Array>): ForeignWeight[] {
  const { weightsManifest } = (json ?? {}) as { weightsManifest?: unknown };
  const groups = Array.isArray(weightsManifest) ? weightsManifest.filter(isGroup) : [];
  return groups.flatMap(({ paths, weights }) => {
    const bytes = joined(
      paths.map((path) => {
        const found = files.get(path) ?? files.get(path.replace(/^.*\//, ""));
        if (found === undefined) throw new AppError("import.weights_file_missing", { file: path });
        return found;
      }),
    );
    let offset = 0;
    const read = weights.map(({ name, shape, dtype, quantization }) => {
      if (dtype !== "float32" || quantization !== undefined) throw new AppError("import.weights_dtype", { name, dtype });
      const size = sizeOf(shape) * 4;
      if (offset + size > bytes.length)
        throw new AppError("import.weights_wrong_size", { expected: offset + size, received: bytes.length });
      const values = new Float32Array(bytes.slice(offset, offset + size).buffer);
      offset += size;
      return { name, shape, values };
    });
    if (offset !== bytes.length) throw new AppError("import.weights_wrong_size", { expected: offset, received: bytes.length });
    return read;
  });
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
