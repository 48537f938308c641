/** Missing indicator: the column as it is, and one of 0 and 1 behind it. */
import { columnByColumn, numbersOf } from "../step.ts";
import definition from "./definition.ts";

export default columnByColumn<typeof definition.schema, Record<string, never>>(definition, {
  fit: () => ({}),
  apply: (column) => {
    const values = numbersOf(column);
    const marks = Float64Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0));
    return [
      { kind: "number", name: column.name, values },
      { kind: "number", name: `${column.name} missing`, values: marks },
    ];
  },
});
