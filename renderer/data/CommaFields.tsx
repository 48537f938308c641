/** What commas in the numbers of the chosen columns stand for, decimals or thousands; shown where there are such commas. */
import type { ColumnDocument } from "../../core/graph/document.ts";
import type { ColumnProfile } from "../../core/protocol/methods.ts";
import { actWords } from "../ui/act-words.ts";
import { SwitchField } from "../ui/Field.tsx";
import { useText } from "../ui/texts.ts";
import { changeData, columnWords } from "./acts.ts";
import { withCommas } from "./columns.ts";

const MEANINGS = ["decimal_comma", "thousands_comma"] as const;
const UNCLEAR = "decimal_unclear";

interface CommaFieldsProps {
  readonly chosen: readonly ColumnDocument[];
  readonly profiles: ReadonlyMap<string, ColumnProfile>;
}

export function CommaFields({ chosen, profiles }: CommaFieldsProps) {
  const t = useText();
  const names = chosen.map(({ name }) => name);
  const offered = MEANINGS.filter((meaning) =>
    chosen.every((column) => {
      const remarks = profiles.get(column.name)?.remarks ?? [];
      return column.type === "numeric" && (column[meaning] === true || remarks.includes(meaning) || remarks.includes(UNCLEAR));
    }),
  );
  if (chosen.length === 0) return null;
  return offered.map((meaning) => (
    <SwitchField
      key={meaning}
      label={t(`data.${meaning}`)}
      checked={chosen.every((column) => column[meaning] === true)}
      onChange={(on) =>
        changeData(actWords(`data.act_${meaning}`, { columns: columnWords(names) }), (data) => withCommas(data, names, on ? meaning : null))
      }
    />
  ));
}
