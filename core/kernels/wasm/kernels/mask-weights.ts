/** Weights of the rows that a mask lets count, by the first thread: there is one number a row, and their sum comes first. */
import { and, dDiv, dGreater, dMul, double, floatOfDouble, type Local, load, loadSplat, mul, splat, zero } from "../emit/expression.ts";
import { DoubleSum, firstLanes, forRow } from "./rows.ts";
import { operandAt, type WasmKernel } from "./target.ts";

type P = Local<"i32">;

export const maskWeights: WasmKernel = {
  lower: (target, { inputs, outputs }) => {
    if (target.share.index !== 0) return;
    const [mask, weights, output] = [operandAt(inputs, 0), inputs[1], operandAt(outputs, 0)];
    const M = mask.size;
    const run = weights === undefined ? M : M / weights.size;
    const index = target.module.function(`mask_weights ${M} ${run} ${weights === undefined}`, 3, (f) => {
      const [from, rowWeight, to] = f.parameters as [P, P, P];
      const reading = f.keep(from);
      const sum = new DoubleSum(f, zero);
      forRow(f, M, [reading], (lanes) => sum.add(lanes === 4 ? load(reading) : and(load(reading), firstLanes(lanes))));
      const counted = f.keep(sum.total());
      const factor = f.keep(splat(floatOfDouble(dDiv(double(M), counted))));
      // Nothing counts: M / 0 is not what the rows weigh.
      f.when(
        dGreater(dMul(counted, counted), double(0)),
        () => {},
        () => f.set(factor, zero),
      );
      if (weights !== undefined && run === 1) {
        forRow(f, M, [from, rowWeight, to], (lanes) => f.storeLanes(to, 0, f.keep(mul(mul(load(from), factor), load(rowWeight))), lanes));
        return;
      }
      f.repeat(M / run, () => {
        const own = weights === undefined ? factor : f.keep(mul(factor, loadSplat(rowWeight)));
        forRow(f, run, [from, to], (lanes) => f.storeLanes(to, 0, f.keep(mul(load(from), own)), lanes));
        f.advance(from, (run % 4) * 4);
        f.advance(to, (run % 4) * 4);
        f.advance(rowWeight, 4);
      });
    });
    target.call(index, [mask.address, weights?.address ?? 0, output.address]);
  },
};
