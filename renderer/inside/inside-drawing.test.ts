/** Parts of arrays as they are drawn, and the colours that numbers get. */
import { describe, expect, it } from "vitest";
import { encodeNumbers } from "../../core/export/json/numbers.ts";
import { type HeatColours, heatColour, heatScale } from "./heat-scale.ts";
import { arrayOf, asPicture, channelOf, filterOf, matrixOf, readLook, transposed } from "./look-answer.ts";

const counted = (...shape: number[]) => ({
  name: "a",
  shape,
  values: Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, place) => place),
});

describe("an answer of the host", () => {
  it("is read back to the bit", () => {
    const { name, shape, values } = counted(2, 3);
    const read = readLook({ arrays: [{ name, shape, values: encodeNumbers(values) }], labels: {}, figures: {}, at: null });
    expect(arrayOf(read, "a")).toEqual({ name, shape, values });
    expect(arrayOf(read, "b")).toBeNull();
  });
  it("is a picture where its units are named as the pixels of one, and stays a list where they are not", () => {
    const names = Array.from({ length: 16 }, (_, place) => `pixel_${Math.floor(place / 4)}_${place % 4}`);
    // As the columns of a file may stand: the last pixel first.
    const picture = asPicture(counted(16), names.toReversed());
    expect(picture.shape).toEqual([4, 4, 1]);
    expect([...picture.values]).toEqual(Array.from({ length: 16 }, (_, place) => 15 - place));
    expect(asPicture(counted(16), ["age", ...names.slice(1)]).shape).toEqual([16]);
    expect(asPicture(counted(16), null).shape).toEqual([16]);
    expect(asPicture(counted(4, 4), names).shape).toEqual([4, 4]);
  });
  it("is taken apart by channel, filter, head and unit", () => {
    expect([...Array.from(channelOf(counted(2, 2, 3), 1).values)]).toEqual([1, 4, 7, 10]);
    // [height, width, in, out]: place · in · out + channel · out + filter.
    expect([...Array.from(filterOf(counted(1, 2, 2, 3), 2, 1).values)]).toEqual([5, 11]);
    expect(filterOf(counted(2, 2, 3), 0, 0)).toMatchObject({ rows: 2, columns: 2, values: Float32Array.of(0, 3, 6, 9) });
    expect([...Array.from(matrixOf(counted(2, 2, 2), 1).values)]).toEqual([4, 5, 6, 7]);
    expect(transposed(counted(3, 2))).toEqual({ rows: 2, columns: 3, values: Float32Array.of(0, 2, 4, 1, 3, 5) });
  });
});

describe("colours", () => {
  const colours: HeatColours = { positive: [0, 0, 200], negative: [200, 100, 0], middle: [255, 255, 255], ink: [0, 0, 0] };
  it("are the panel's at 0 and full at the strongest, on either side of it", () => {
    const scale = heatScale("signed", [-1, 4]);
    expect(scale).toMatchObject({ low: -4, high: 4 });
    expect(heatColour(0, scale, colours)).toEqual([255, 255, 255]);
    expect(heatColour(4, scale, colours)).toEqual([0, 0, 200]);
    expect(heatColour(-4, scale, colours)).toEqual([200, 100, 0]);
  });
  it("go from panel to ink in a picture, whatever its numbers are, and stand where all are equal", () => {
    const scale = heatScale("picture", [-1, 1]);
    expect(heatColour(-1, scale, colours)).toEqual([255, 255, 255]);
    expect(heatColour(1, scale, colours)).toEqual([0, 0, 0]);
    expect(heatScale("picture", [3, 3])).toMatchObject({ low: 3, high: 4 });
    expect(heatScale("signed", [])).toMatchObject({ low: 0, high: 1 });
  });
});
