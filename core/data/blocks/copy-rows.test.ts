import { describe, expect, it } from "vitest";
import { RowCopier } from "./copy-rows.ts";

describe.each([1, 3, 127, 128, 784])("RowCopier, rows of %i numbers", (width) => {
  const values = Float32Array.from({ length: 5 * width }, (_, i) => i + 0.25);
  const copier = new RowCopier(values, width);

  it("copies the rows asked for, in their order, and nothing else", () => {
    const target = new Float32Array(4 * width).fill(-1);
    copier.copy(Uint32Array.of(9, 4, 0, 4), 1, 2, target, width);
    expect([...target.subarray(0, width)]).toEqual(new Array(width).fill(-1));
    expect([...target.subarray(width, 2 * width)]).toEqual([...values.subarray(4 * width)]);
    expect([...target.subarray(2 * width, 3 * width)]).toEqual([...values.subarray(0, width)]);
    expect([...target.subarray(3 * width)]).toEqual(new Array(width).fill(-1));
  });

  it("copies the same row again, into an arena of doubles too", () => {
    const target = new Float64Array(2 * width);
    for (const place of [0, width]) copier.copy(Uint32Array.of(4), 0, 1, target, place);
    expect([...target]).toEqual([...values.subarray(4 * width), ...values.subarray(4 * width)]);
  });
});
