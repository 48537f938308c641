/**
 * Multi-hot: the parts of the training rows' lists in code-point order, as scikit-learn's MultiLabelBinarizer of the same lists. Blanks
 * around a part and empty parts do not count; a missing cell is an empty list.
 */
import { AppError } from "../../errors.ts";
import { presentCategories } from "../categories.ts";
import { partsOf } from "../list-parts.ts";
import { MAX_CATEGORIES } from "../one_hot/implementation.ts";
import { compareCodePoints } from "../order.ts";
import { categoriesOf, columnByColumn } from "../step.ts";
import definition from "./definition.ts";

interface State {
  readonly parts: readonly string[];
}

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: {
    inPieces: (name, { separator }) => {
      const found = new Set<string>();
      return {
        add: (piece) => {
          for (const cell of presentCategories(categoriesOf(piece))) for (const part of partsOf(cell, separator)) found.add(part);
        },
        finish: () => {
          if (found.size > MAX_CATEGORIES)
            throw new AppError("data.too_many_categories", { column: name, categories: found.size, limit: MAX_CATEGORIES });
          return { parts: [...found].sort(compareCodePoints) };
        },
      };
    },
  },
  apply: (column, { parts }, { separator }) => {
    const { codes, categories, name } = categoriesOf(column);
    const held = categories.map((cell) => new Set(partsOf(cell, separator)));
    return parts.map((part) => {
      const holds = Float64Array.from(held, (one) => (one.has(part) ? 1 : 0));
      return {
        kind: "number",
        name: `${name}=${part}`,
        values: Float64Array.from(codes, (code) => (code < 0 ? 0 : (holds[code] as number))),
      };
    });
  },
});
