/** Embedding index: as scikit-learn's OrdinalEncoder with −1 for what is missing or unknown, and one added: 0 is what no training row has. */
import { AppError } from "../../errors.ts";
import { recode } from "../categories.ts";
import { sortClasses } from "../order.ts";
import { categoriesOf, columnByColumn } from "../step.ts";
import definition from "./definition.ts";

interface State {
  /** The category with index 1, 2 … */
  readonly categories: readonly string[];
}

export default columnByColumn<typeof definition.schema, State>(definition, {
  fit: (column, { min_rows }) => {
    const { codes, categories } = categoriesOf(column);
    const counts = new Float64Array(categories.length);
    for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
    const kept = categories.filter((_, code) => (counts[code] as number) >= min_rows);
    if (kept.length === 0) throw new AppError("data.no_frequent_category", { column: column.name, rows: min_rows });
    return { categories: sortClasses(kept) };
  },
  apply: (column, { categories }) => ({
    kind: "number",
    name: column.name,
    values: Float64Array.from(recode(categoriesOf(column), categories), (code) => code + 1),
  }),
  indexNames: ({ categories }) => [null, ...categories],
});
