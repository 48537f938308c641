/** What pictures are brought to when they are imported. */
import type { DesignDocument } from "../../core/graph/document.ts";
import type { MethodInput } from "../../core/protocol/methods.ts";

export type PictureFormat = NonNullable<MethodInput<"datasets.import">["pictures"]>;

/** What the design's inputs of pictures take, where they agree; empty, for as they are, where there are none or they do not. */
export function formatOfDesign(design: DesignDocument | null): PictureFormat {
  const shapes = (design?.graph.nodes ?? []).flatMap(({ config }) => {
    const { shape } = config;
    return Array.isArray(shape) && shape.length === 3 && shape.every((size) => Number.isInteger(size) && size > 0) ? [shape.join("x")] : [];
  });
  const [height, width, channels] = (shapes[0] ?? "").split("x").map(Number);
  if (new Set(shapes).size !== 1 || height === undefined || width === undefined || (channels !== 1 && channels !== 3)) return {};
  return { size: [height, width], channels };
}
