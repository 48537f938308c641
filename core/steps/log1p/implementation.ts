/** Log1p: y = ln(1 + x), undone by eʸ − 1. Nothing is learnt; a value of −1 or less has no logarithm and is refused. */
import { AppError } from "../../errors.ts";
import { columnByColumn, numbersOf } from "../step.ts";
import definition from "./definition.ts";

export default columnByColumn<typeof definition.schema, null>(definition, {
  fit: () => null,
  apply: (column) => ({
    kind: "number",
    name: column.name,
    values: numbersOf(column).map((value, row) => {
      if (value <= -1) throw new AppError("data.log1p_out_of_range", { column: column.name, value, row: row + 1 });
      return Math.log1p(value);
    }),
  }),
  inverse: (value) => Math.expm1(value),
});
