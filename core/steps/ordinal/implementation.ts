/**
 * Ordinal: as scikit-learn's OrdinalEncoder with handle_unknown="use_encoded_value", unknown_value=-1; numbers are put
 * in numeric order, other names in code-point order. A missing value stays missing.
 */

import { presentCategories, recode } from "../categories.ts";
import { sortClasses } from "../order.ts";
import { categoriesOf, columnByColumn } from "../step.ts";
import definition from "./definition.ts";

interface State {
  readonly categories: readonly string[];
}

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: (column) => ({ categories: sortClasses(presentCategories(categoriesOf(column))) }),
  apply: (column, { categories }) => {
    const given = categoriesOf(column);
    const codes = recode(given, categories);
    return {
      kind: "number",
      name: column.name,
      values: Float64Array.from(codes, (code, row) => ((given.codes[row] as number) < 0 ? Number.NaN : code)),
    };
  },
});
