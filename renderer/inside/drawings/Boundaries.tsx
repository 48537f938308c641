/** What each unit gives all over the plane of the two features, as a picture each. */
import { useMemo } from "react";
import { formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import type { HeatPoint } from "../HeatMap.tsx";
import { heatScale } from "../heat-scale.ts";
import { arrayOf, type LookAnswer, matrixOf } from "../look-answer.ts";
import { Tiles } from "./Tiles.tsx";

export function Boundaries({ look }: { look: LookAnswer }) {
  const t = useText();
  const units = arrayOf(look, "units");
  const points = useMemo(() => pointsOf(look), [look]);
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
        points={points}
        width={240}
      />
      <p className="muted">{t("inside.boundaries_text", { x: first, y: second })}</p>
    </div>
  );
}

/** Training rows as shares of the plane from its top left, marked by their class. */
function pointsOf(look: LookAnswer): HeatPoint[] {
  const [x = new Float32Array(0), y = x, points = x, labels = x] = ["x", "y", "points", "labels"].map(
    (name) => arrayOf(look, name)?.values,
  );
  const [left = 0, right = 1, low = 0, high = 1] = [x[0], x.at(-1), y[0], y.at(-1)];
  return Array.from(labels, (label, row) => ({
    x: ((points[2 * row] ?? 0) - left) / (right - left),
    y: 1 - ((points[2 * row + 1] ?? 0) - low) / (high - low),
    mark: label,
  }));
}
