/** Histograms of weights, and of the gradient of the row's loss by them, each with its figures. */
import { formatCount, formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import type { LookAnswer, LookArray } from "../look-answer.ts";

const [WIDTH, HEIGHT] = [260, 70];

export function WeightSpreads({ look }: { look: LookAnswer }) {
  return (
    <div className="inside-grid">
      {look.arrays.map((one) => (
        <Spread key={one.name} counts={one} figures={look.figures} />
      ))}
    </div>
  );
}

function Spread({ counts, figures }: { counts: LookArray; figures: LookAnswer["figures"] }) {
  const t = useText();
  const { name, values } = counts;
  const figure = (of: string): number | null => figures[`${name} ${of}`] ?? null;
  const most = Math.max(1, ...values);
  const bar = WIDTH / values.length;
  const [min, max] = [figure("min") ?? 0, figure("max") ?? 0];
  const title = name.startsWith("∇ ") ? t("inside.gradient_of", { name: name.slice(2) }) : name;
  const words = {
    name: title,
    count: formatCount(figure("count") ?? 0),
    min: formatFigure(min, 3),
    max: formatFigure(max, 3),
    mean: formatFigure(figure("mean"), 3),
    deviation: formatFigure(figure("deviation"), 3),
  };
  return (
    <figure className="weight-spread">
      <h3>{title}</h3>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t("inside.spread_label", words)}>
        {Array.from(values, (count, place) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bars are known by their place
            key={place}
            className={min + ((place + 0.5) / values.length) * (max - min) < 0 ? "negative" : "positive"}
            x={place * bar}
            width={bar - 0.5}
            y={HEIGHT - (HEIGHT * count) / most}
            height={(HEIGHT * count) / most}
          >
            <title>
              {t("inside.bin", {
                from: formatFigure(min + (place / values.length) * (max - min), 3),
                to: formatFigure(min + ((place + 1) / values.length) * (max - min), 3),
                count: formatCount(count),
              })}
            </title>
          </rect>
        ))}
      </svg>
      <figcaption className="number">
        <span>{words.min}</span>
        <span className="muted">{t("inside.spread", words)}</span>
        <span>{words.max}</span>
      </figcaption>
    </figure>
  );
}
