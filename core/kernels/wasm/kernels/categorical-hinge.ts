/** The categorical hinge loss and its gradient: rows of scores, number by number, for the first of equal rivals is the one that counts. */
import {
  type Float,
  fAdd,
  fGreater,
  float,
  floatOfInteger,
  fMax,
  fMul,
  fNotEqual,
  fSub,
  type Integer,
  iAdd,
  iMul,
  integer,
  type Local,
  lane,
  loadFloat,
  zero,
} from "../emit/expression.ts";
import type { FunctionBuilder } from "../emit/function.ts";
import { addressOfClass, evenWeights, lowerGradient, lowerLoss } from "./cross-entropy.ts";
import { forRow } from "./rows.ts";
import type { WasmKernel } from "./target.ts";

type P = Local<"i32">;

interface Rival {
  /** Index of the first largest of (1 − t)·z, which is 0 at the class itself. */
  readonly place: P;
  readonly score: Local<"f32">;
}

function rivalOf(f: FunctionBuilder, row: P, classes: P, K: number): Rival {
  const place = f.keep(integer(0));
  const score = f.keep(float(Number.NEGATIVE_INFINITY));
  const [number, value] = [f.keep(row), f.local("f32")];
  f.count(0, K, 1, (k) => {
    f.set(value, float(0));
    f.when(fNotEqual(floatOfInteger(k), loadFloat(classes)), () => f.set(value, loadFloat(number)));
    f.when(fGreater(value, score), () => {
      f.set(score, value);
      f.set(place, k);
    });
    f.advance(number, 4);
  });
  return { place, score };
}

/** 1 + score − z[class] */
const missOf = (f: FunctionBuilder, { score }: Rival, address: Integer): Float => f.keep(fSub(fAdd(float(1), score), loadFloat(address)));

export const categoricalHinge: WasmKernel = {
  supports: evenWeights(0),
  lower: (target, instruction) =>
    lowerLoss(target, instruction, (f, row, classes, K) =>
      f.keep(fMax(float(0), missOf(f, rivalOf(f, row, classes, K), addressOfClass(f, row, classes, K)))),
    ),
};

export const categoricalHingeGradient: WasmKernel = {
  supports: evenWeights(1),
  lower: (target, instruction) =>
    lowerGradient(target, instruction, (f, { row, classes, output }, K, scale) => {
      const rival = rivalOf(f, row, classes, K);
      const miss = missOf(f, rival, addressOfClass(f, row, classes, K));
      const writing = f.keep(output);
      forRow(f, K, [writing], (lanes) => f.storeLanes(writing, 0, f.keep(zero), lanes));
      f.when(fGreater(miss, float(0)), () => {
        f.when(fNotEqual(floatOfInteger(rival.place), loadFloat(classes)), () =>
          f.storeFloat(iAdd(output, iMul(rival.place, integer(4))), 0, lane(scale, 0)),
        );
        f.storeFloat(addressOfClass(f, output, classes, K), 0, fMul(lane(scale, 0), float(-1)));
      });
    }),
};
