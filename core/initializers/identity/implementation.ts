import type { InitializerImplementation } from "../initializer.ts";

export default (({ size, shape }) => {
  const columns = shape[1] ?? 1;
  const values = new Float64Array(size);
  for (let i = 0; i < Math.min(shape[0] ?? 0, columns); i++) values[i * columns + i] = 1;
  return values;
}) satisfies InitializerImplementation;
