/** Where every column stands that is no axis of the picture, in words. */
import { momentWords } from "../../../core/schema/times-of-day.ts";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { type Translate, useText } from "../../ui/texts.ts";
import type { Surface } from "./surface-drawing.ts";

type Value = Surface["held"]["values"][number];

export function SurfaceHeld({ surface: { held }, drawn }: { surface: Surface /** Rows lie on it. */; drawn: boolean }) {
  const t = useText();
  const { row, rows, values } = held;
  if (values.length === 0) return null;
  const count = formatCount(values.length);
  return (
    <div className="surface-held">
      <p className="muted">
        {row === null
          ? t("surface.held_usual", { count, rows: formatCount(rows) })
          : t("surface.held_row", { count, row: formatCount(row + 1) })}{" "}
        {drawn && t("surface.points_differ")}
      </p>
      <details>
        <summary>{t("surface.held_list")}</summary>
        <dl>
          {values.map((one) => (
            <div key={one.column}>
              <dt>{one.column}</dt>
              <dd className="number">{wordOf(one, t)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}

function wordOf({ kind, value }: Value, t: Translate): string {
  if (kind === "picture") return t("surface.held_picture");
  if (value === null) return t("surface.held_missing");
  if (typeof value === "string") return value;
  return kind === "date" ? momentWords(value) : formatFigure(value);
}
