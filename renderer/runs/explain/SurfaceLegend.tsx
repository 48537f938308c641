/** What the colours and shapes of the picture over two columns stand for. */
import { formatFigure } from "../../ui/format.ts";
import { type Translate, useText } from "../../ui/texts.ts";
import type { DrawnRows } from "./SurfaceChoices.tsx";
import { colourOf, css, type Surface, type SurfaceColours, type SurfaceScale, shapeOf, truthOf } from "./surface-drawing.ts";

interface SurfaceLegendProps {
  readonly surface: Surface;
  readonly scale: SurfaceScale;
  readonly colours: SurfaceColours;
  readonly rows: DrawnRows;
}

const SHAPE_SIGNS = { circle: "●", square: "■", triangle: "▲", diamond: "◆" } as const;

export function SurfaceLegend({ surface, scale, colours, rows }: SurfaceLegendProps) {
  const t = useText();
  const { threshold, shares, points } = surface;
  return (
    <div className="surface-legend">
      {scale.kind === "range" && (
        <span className="surface-scale number">
          {formatFigure(scale.low)}
          <i style={{ background: gradientOf(scale, colours) }} />
          {formatFigure(scale.high)}
          <span className="muted">{wordsOf(surface, t)}</span>
        </span>
      )}
      {threshold !== null && threshold !== 0.5 && (
        <span className="muted">{t("surface.threshold", { threshold: formatFigure(threshold) })}</span>
      )}
      {shares !== null && <span className="muted">{t("surface.sureness")}</span>}
      {classesOf(surface, t).map(({ text, label }) => (
        <span key={label}>
          <b style={{ color: css(colourOf(truthOf(label, surface, scale), scale, colours, 1)) }} aria-hidden="true">
            {SHAPE_SIGNS[shapeOf(label, scale, surface)]}
          </b>
          {text}
        </span>
      ))}
      {(rows === "both" || rows === "training") && (
        <span>
          <i className="surface-point" />
          {t("surface.training")}
        </span>
      )}
      {(rows === "both" || rows === "validation") && points.some(({ validation }) => validation) && (
        <span>
          <i className="surface-point held-out" />
          {t("surface.validation")}
        </span>
      )}
    </div>
  );
}

/** The middle of the scale is not the middle of the strip where a threshold was chosen. */
function gradientOf(scale: Extract<SurfaceScale, { kind: "range" }>, colours: SurfaceColours): string {
  const { low, middle, high } = scale;
  const turn = Math.min(100, Math.max(0, (100 * (middle - low)) / (high - low)));
  const colour = (value: number): string => css(colourOf(value, scale, colours, 1));
  return `linear-gradient(to right, ${colour(low)}, ${css(colours.middle)} ${turn}%, ${colour(high)})`;
}

/** What the number is. */
function wordsOf({ kind, labels, target }: Surface, t: Translate): string {
  const name = labels[target ?? 0] ?? "";
  if (kind === "share") return t("surface.probability", { name });
  if (kind === "score") return t("surface.score", { name });
  return labels.length > 1 ? t("surface.value_of", { name }) : t("surface.value");
}

/** Of rows whose class is known: every class, or the one that is drawn and the rest. */
function classesOf({ kind, choice, labels, target }: Surface, t: Translate): { text: string; label: number }[] {
  if (kind === "number") return [];
  if (choice === "none" || kind === "classes") return labels.map((name, label) => ({ text: t("surface.class", { name }), label }));
  const name = labels[target ?? 0] ?? "";
  return [
    { text: t("surface.class", { name }), label: 1 },
    { text: t("surface.class_not", { name }), label: 0 },
  ];
}
