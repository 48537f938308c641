/** What each unit gives all over the plane of the two features, as a picture each. */
import { useMemo } from "react";
import { formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import { heatScale } from "../heat-scale.ts";
import { arrayOf, type LookAnswer, matrixOf } from "../look-answer.ts";
import { Tiles } from "./Tiles.tsx";

export function Boundaries({ look }: { look: LookAnswer }) {
  const t = useText();
  const units = arrayOf(look, "units");
  const scale = useMemo(() => heatScale("signed", units?.values ?? []), [units]);
  if (units === null) return null;
  const [x, y] = [arrayOf(look, "x")?.values ?? new Float32Array(0), arrayOf(look, "y")?.values ?? new Float32Array(0)];
  const [count = 1, rows = 1] = units.shape;
  const [first = "x", second = "y"] = look.labels["features"] ?? [];
  const names = (axis: Float32Array): string[] => Array.from(axis, (value) => formatFigure(value, 3));
  // From the lowest up, as on paper.
  const upright = (unit: number) => {
    const matrix = matrixOf(units, unit);
    const values = new Float32Array(matrix.values.length);
    for (let row = 0; row < rows; row += 1)
      values.set(Array.from(matrix.values).slice(row * matrix.columns, (row + 1) * matrix.columns), (rows - 1 - row) * matrix.columns);
    return { ...matrix, values };
  };
  return (
    <div className="inside-stack">
      <Tiles
        count={count}
        matrix={upright}
        scale={scale}
        word={t("inside.word.unit")}
        rowWord={second}
        columnWord={first}
        rowNames={names(y).toReversed()}
        columnNames={names(x)}
      />
      <p className="muted">{t("inside.boundaries_text", { x: first, y: second })}</p>
    </div>
  );
}
