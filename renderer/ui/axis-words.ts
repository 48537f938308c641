/** Axes of a shape in words: "batch × height 8 × width 8 × channels 16", and in short below the numbers. */
import { AXIS_NAMES, type AxisName } from "../../core/graph/axis-names.ts";
import type { Shape } from "../../core/ir/tensor.ts";
import { formatShape } from "./format.ts";
import type { Translate } from "./texts.ts";

const nameOf = (text: string | undefined): AxisName | null => AXIS_NAMES.find((name) => name === text) ?? null;

/** The names come a frame after the shape: those of another number of axes are of the shape before. */
function namesFor(shape: Shape, axes: string): readonly (AxisName | null)[] {
  const names = axes.split(",").map(nameOf);
  return names.length === shape.length ? names : shape.map(() => null);
}

/** @param axes names with commas between; axes without a name are numbers alone */
export function shapeInWords(shape: Shape, axes: string, t: Translate): string {
  const names = namesFor(shape, axes);
  const said = shape.map((size, index) => {
    const name = names[index] ?? null;
    return name === null ? String(size) : t("axis.sized", { axis: t(`axis.${name}`), size });
  });
  return [t("axis.batch"), ...(said.length === 0 ? [formatShape(shape)] : said)].join(" × ");
}

/** Room for three names in full is not there between two layers: from three axes on they are letters. */
export function axesInShort(shape: Shape, axes: string, t: Translate): string {
  const names = namesFor(shape, axes);
  if (names.every((name) => name === null)) return "";
  return names.map((name) => (name === null ? "·" : t(names.length > 2 ? `axis.short.${name}` : `axis.${name}`))).join(" × ");
}

const NO_BREAK = "\u00a0";

/** "batch of H × W × C": below the sizes of one sample. Letters are not parted where the line breaks. */
export function batchInShort(shape: Shape, axes: string, t: Translate): string {
  const names = axesInShort(shape, axes, t);
  return names === "" ? "" : t("axis.batch_of", { axes: shape.length > 2 ? names.replaceAll(" ", NO_BREAK) : names });
}
