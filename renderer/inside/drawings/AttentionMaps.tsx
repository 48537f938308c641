/** Which keys each query looks at, a map a head: rows are queries, columns keys, each row sums to 1. */
import { useMemo, useState } from "react";
import { Field, Select } from "../../ui/Field.tsx";
import { useText } from "../../ui/texts.ts";
import { HeatLegend, HeatMap } from "../HeatMap.tsx";
import { heatScale } from "../heat-scale.ts";
import { arrayOf, type LookAnswer, matrixOf } from "../look-answer.ts";

/** So many names can be read along an axis. */
const MOST_NAMES = 40;

export function AttentionMaps({ look }: { look: LookAnswer }) {
  const t = useText();
  const [wanted, setWanted] = useState("0");
  const weights = arrayOf(look, "weights");
  const scale = useMemo(() => heatScale("signed", weights?.values ?? []), [weights]);
  if (weights === null) return null;
  const [heads = 1, queries = 1, keys = 1] = weights.shape;
  const head = Math.min(Number(wanted), heads - 1);
  const { queries: queryNames = null, keys: keyNames = null } = look.labels;
  const showNames = queryNames !== null && keyNames !== null && Math.max(queries, keys) <= MOST_NAMES;
  return (
    <div className="inside-stack">
      <div className="inside-row">
        {heads > 1 && (
          <Field label={t("inside.head")}>
            {(control) => (
              <Select
                {...control}
                value={String(head)}
                options={Array.from({ length: heads }, (_, place) => ({
                  value: String(place),
                  label: t("inside.head_number", { number: place + 1 }),
                }))}
                onChange={setWanted}
              />
            )}
          </Field>
        )}
        <HeatLegend scale={scale} />
      </div>
      <HeatMap
        matrix={matrixOf(weights, head)}
        scale={scale}
        label={t("inside.attention_label", { number: head + 1 })}
        rowNames={queryNames}
        columnNames={keyNames}
        rowWord={t("inside.word.query")}
        columnWord={t("inside.word.key")}
        showNames={showNames}
        width={Math.max(160, Math.min(460, 26 * keys))}
      />
    </div>
  );
}
