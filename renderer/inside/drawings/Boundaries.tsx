/** What each unit gives all over the plane of two numbers that come in, as a picture each; of more which two may be chosen. */
import { useMemo } from "react";
import { InlineSelect } from "../../ui/Field.tsx";
import { formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import type { HeatPoint } from "../HeatMap.tsx";
import { heatScale } from "../heat-scale.ts";
import { arrayOf, type LookAnswer, matrixOf } from "../look-answer.ts";
import type { PlaneOfInput } from "../look-question.ts";
import { Tiles } from "./Tiles.tsx";

interface BoundariesProps {
  readonly look: LookAnswer;
  readonly onPlane: (plane: PlaneOfInput) => void;
}

export function Boundaries({ look, onPlane }: BoundariesProps) {
  const t = useText();
  const units = arrayOf(look, "units");
  const points = useMemo(() => pointsOf(look), [look]);
  const scale = useMemo(() => heatScale("signed", units?.values ?? []), [units]);
  if (units === null) return null;
  const [x, y] = [arrayOf(look, "x")?.values ?? new Float32Array(0), arrayOf(look, "y")?.values ?? new Float32Array(0)];
  const [count = 1, rows = 1] = units.shape;
  const { x: across = 0, y: up = 1, inputs = 2 } = look.figures;
  const plane = { x: across ?? 0, y: up ?? 1 };
  const nameOf = (place: number): string => look.labels["features"]?.[place] ?? t("inside.unit_number", { number: place + 1 });
  const [first, second] = [nameOf(plane.x), nameOf(plane.y)];
  const options = Array.from({ length: inputs ?? 2 }, (_, place) => ({ value: String(place), label: nameOf(place) }));
  // The one that the other axis has changes places with it.
  const choose = (axis: "x" | "y", place: number): void => {
    const other = axis === "x" ? "y" : "x";
    const swapped = plane[other] === place ? plane[axis] : plane[other];
    onPlane(axis === "x" ? { x: place, y: swapped } : { x: swapped, y: place });
  };
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
      {options.length > 2 && (
        <div className="inside-row">
          {(["x", "y"] as const).map((axis) => (
            <InlineSelect
              key={axis}
              label={t(`surface.${axis}`)}
              value={String(plane[axis])}
              options={options}
              onChange={(place) => choose(axis, Number(place))}
            />
          ))}
        </div>
      )}
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
      <p className="muted">
        {t("inside.boundaries_text", { x: first, y: second })} {options.length > 2 && t("inside.boundaries_held")}
      </p>
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
