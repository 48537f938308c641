/** Which keys each query looks at, a map a head: rows are queries, columns keys, each row sums to 1. */
import { useMemo } from "react";
import { useText } from "../../ui/texts.ts";
import { heatScale } from "../heat-scale.ts";
import { arrayOf, type LookAnswer, matrixOf } from "../look-answer.ts";
import { Tiles } from "./Tiles.tsx";

/** So many names can be read along an axis. */
const MOST_NAMES = 40;

export function AttentionMaps({ look }: { look: LookAnswer }) {
  const t = useText();
  const weights = arrayOf(look, "weights");
  const scale = useMemo(() => heatScale("signed", weights?.values ?? []), [weights]);
  if (weights === null) return null;
  const [heads = 1, queries = 1, keys = 1] = weights.shape;
  const { queries: queryNames = null, keys: keyNames = null } = look.labels;
  return (
    <Tiles
      count={heads}
      matrix={(head) => matrixOf(weights, head)}
      scale={scale}
      word={t("inside.head")}
      rowWord={t("inside.word.query")}
      columnWord={t("inside.word.key")}
      axes={{ rows: t("inside.axis.query"), columns: t("inside.axis.key") }}
      rowNames={queryNames}
      columnNames={keyNames}
      showNames={queryNames !== null && keyNames !== null && Math.max(queries, keys) <= MOST_NAMES}
      width={Math.max(220, Math.min(460, 26 * keys))}
    />
  );
}
