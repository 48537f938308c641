/** Whether the numbers of the chosen columns are written with a comma before the decimals; shown where there are such commas. */
import type { ColumnDocument } from "../../core/graph/document.ts";
import type { ColumnProfile } from "../../core/protocol/methods.ts";
import { SwitchField } from "../ui/Field.tsx";
import { textNow, useText } from "../ui/texts.ts";
import { changeData, namedColumns } from "./acts.ts";
import { withDecimalComma } from "./columns.ts";

const REMARKS = ["decimal_comma", "decimal_unclear"];

interface DecimalCommaProps {
  readonly chosen: readonly ColumnDocument[];
  readonly profiles: ReadonlyMap<string, ColumnProfile>;
}

export function DecimalComma({ chosen, profiles }: DecimalCommaProps) {
  const t = useText();
  const fitting = chosen.every(
    ({ name, type, decimal_comma }) =>
      type === "numeric" && (decimal_comma === true || (profiles.get(name)?.remarks.some((remark) => REMARKS.includes(remark)) ?? false)),
  );
  if (chosen.length === 0 || !fitting) return null;
  const names = chosen.map(({ name }) => name);
  return (
    <SwitchField
      label={t("data.decimal_comma")}
      checked={chosen.every(({ decimal_comma }) => decimal_comma === true)}
      onChange={(on) =>
        changeData(textNow()("data.act_decimal_comma", { columns: namedColumns(names) }), (data) => withDecimalComma(data, names, on))
      }
    />
  );
}
