/** Hashing: as scikit-learn's FeatureHasher of the category's name (MurmurHash3 of its UTF-8, seed 0, alternating signs); missing is all zeros. */
import { murmurHash3 } from "../murmur-hash.ts";
import { rowMemory } from "../row-memory.ts";
import { categoriesOf, columnByColumn } from "../step.ts";
import definition from "./definition.ts";

export default columnByColumn<typeof definition.schema, Record<string, never>>(definition, {
  // Nothing is learnt: the same name has the same place everywhere.
  fit: () => ({}),
  apply: (column, _, { width }) => {
    const { codes, categories } = categoriesOf(column);
    const places = categories.map((name) => placeOf(name, width));
    const values = rowMemory(codes.length, width, column.name);
    codes.forEach((code, row) => {
      const found = places[code];
      if (found !== undefined) values[row * width + found.place] = found.sign;
    });
    const names = Array.from({ length: width }, (_unused, place) => `${column.name}#${place + 1}`);
    return { kind: "tensor", name: column.name, shape: [width], values, names };
  },
});

function placeOf(name: string, width: number): { readonly place: number; readonly sign: number } {
  const hash = murmurHash3(new TextEncoder().encode(name)) | 0;
  // As a signed number: its absolute value chooses the column, its sign the sign.
  return { place: Math.abs(hash) % width, sign: hash >= 0 ? 1 : -1 };
}
