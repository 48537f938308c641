/**
 * The table of sinusoids: every pair of columns is a point on the circle that turns by a fixed angle from row to row. It is turned in
 * double precision, by the sum formulas, so that even after 100,000 rows the error is far below that of a float.
 */
import { attribute } from "../../../ir/op.ts";
import { turnOfPair } from "../../../ir/ops/sinusoid.ts";
import { dAdd, dMul, double, floatOfDouble, type Local } from "../emit/expression.ts";
import { LINE, operandAt, shareOf, type WasmKernel } from "./target.ts";

/** Every pair has code of its own, about 100 bytes. */
const MOST_COLUMNS = 2048;

export const sinusoid: WasmKernel = {
  supports: ({ attributes }) => attribute<number>(attributes, "width") <= MOST_COLUMNS,
  lower: (target, { outputs, attributes }) => {
    const [length, width] = [attribute<number>(attributes, "length"), attribute<number>(attributes, "width")];
    const share = shareOf(width, LINE, target.share);
    if (share.length === 0) return;
    const index = target.module.function(`sinusoid ${length} ${width} ${share.start} ${share.length}`, 1, (f) => {
      const pointer: Local<"i32"> = f.local("i32");
      const [sine, cosine] = [f.local("f64"), f.local("f64")];
      for (let column = 0; column < share.length; column += 2) {
        const turn = turnOfPair((share.start + column) / 2, width);
        const [sin, cos] = [double(Math.sin(turn)), double(Math.cos(turn))];
        f.set(pointer, f.parameter(0));
        f.set(sine, double(0));
        f.set(cosine, double(1));
        f.repeat(length, () => {
          f.storeFloat(pointer, column * 4, floatOfDouble(sine));
          if (column + 1 < share.length) f.storeFloat(pointer, column * 4 + 4, floatOfDouble(cosine));
          const next = f.keep(dAdd(dMul(sine, cos), dMul(cosine, sin)));
          f.set(cosine, dAdd(dMul(cosine, cos), dMul(dMul(sine, sin), double(-1))));
          f.set(sine, next);
          f.advance(pointer, width * 4);
        });
      }
    });
    target.call(index, [operandAt(outputs, 0).address + share.start * 4]);
  },
};
