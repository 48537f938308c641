/**
 * One-hot: the categories that occur in the training rows, in code-point order, as scikit-learn's OneHotEncoder with
 * handle_unknown="ignore". A missing value is no category: it must be filled in before, or it is all zeros.
 */

import { AppError } from "../../errors.ts";
import { presentCategories, recode } from "../categories.ts";
import { compareCodePoints } from "../order.ts";
import { categoriesOf, columnByColumn } from "../step.ts";
import definition from "./definition.ts";

/** More categories than this are refused: so wide a column is most often an id or free text. */
export const MAX_CATEGORIES = 1000;

interface State {
  readonly categories: readonly string[];
}

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: (column) => {
    const categories = presentCategories(categoriesOf(column)).sort(compareCodePoints);
    if (categories.length > MAX_CATEGORIES)
      throw new AppError("data.too_many_categories", { column: column.name, categories: categories.length, limit: MAX_CATEGORIES });
    return { categories };
  },
  apply: (column, { categories }) => ({
    kind: "one_hot",
    name: column.name,
    codes: recode(categoriesOf(column), categories),
    names: categories.map((category) => `${column.name}=${category}`),
  }),
});
