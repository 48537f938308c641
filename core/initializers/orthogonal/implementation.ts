/**
 * Saxe et al. 2014: the Q of a normal matrix, its signs such that R has a positive diagonal (Keras's Orthogonal, gain 1).
 * Gram–Schmidt, each vector taken through twice, which leaves it orthogonal to the last digit.
 */
import type { InitializerImplementation } from "../initializer.ts";

export default (({ size, shape, random }) => {
  const columns = shape[shape.length - 1] ?? 1;
  const rows = size / columns;
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal());
    for (let pass = 0; pass < 2; pass++) for (const other of vectors) addInto(vector, other, -dot(vector, other));
    const norm = Math.sqrt(dot(vector, vector));
    vectors.push(vector.map((value) => value / norm));
  }
  const alongRows = rows < columns;
  return Float64Array.from({ length: size }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return (alongRows ? vectors[row]?.[column] : vectors[column]?.[row]) ?? Number.NaN;
  });
}) satisfies InitializerImplementation;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addInto(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) + (b[i] as number) * factor;
}
