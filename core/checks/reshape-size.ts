/** Numbers that do not fill the shape that they are to be put into: shapes near it that they do fill. */
import { type Shape, showShape, sizeOf } from "../ir/tensor.ts";
import { defineCheck } from "./check.ts";
import { listFix, mended } from "./mend.ts";

/** "What is left." */
const REST = -1;
const MOST_FIXES = 3;

export const reshapeSize = defineCheck({
  code: "design.reshape_size",
  run: (context) =>
    mended(context, "design.reshape_size", () => {
      const field = context.definition.traits.shapeField;
      const [input] = context.result.inputs;
      const target = field === undefined ? undefined : context.config?.[field];
      if (field === undefined || input === undefined || !Array.isArray(target)) return undefined;
      return filledShapes(target, sizeOf(input)).map((shape) => listFix(context, field, shape));
    }),
});

/** Shapes of so many numbers, the nearest to the target first. */
function filledShapes(target: Shape, size: number): readonly Shape[] {
  const known = target.filter((axis) => axis !== REST);
  const rest = target.indexOf(REST);
  const ways = [
    // One axis more for what is left, as channels of a picture.
    ...(rest < 0 && sizeOf(known) < size ? [[...known, REST]] : []),
    ...(rest < 0 ? target.map((_, axis) => target.map((one, other) => (other === axis ? REST : one))) : []),
    nearest(target, rest < 0 ? target.length - 1 : rest, size),
    [REST],
  ];
  const fill = ways.filter((way) => size % sizeOf(way.filter((axis) => axis !== REST)) === 0);
  return fill.filter((way, index) => fill.findIndex((other) => showShape(other) === showShape(way)) === index).slice(0, MOST_FIXES);
}

/** Each axis but one as near to what it is as the numbers allow. */
function nearest(target: Shape, rest: number, size: number): Shape {
  let left = size;
  return target.map((wanted, axis) => {
    if (axis === rest) return REST;
    let length = Math.max(1, Math.min(wanted, left));
    while (left % length !== 0) length -= 1;
    left /= length;
    return length;
  });
}
