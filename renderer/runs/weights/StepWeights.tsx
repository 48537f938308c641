/** The learned weight of each step of a window, the nearest first: for one linear layer over a time series. Blue adds, orange takes away. */
import { formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import type { WindowWeights } from "./window-weights.ts";

const WIDTH = 420;
const HEIGHT = 120;
const FOOT = 14;

export function StepWeights({ series }: { series: readonly WindowWeights[] }) {
  const t = useText();
  return (
    <section>
      <h3>{t("weights.steps")}</h3>
      <p className="muted">{t("weights.steps_text")}</p>
      {series.map((one) => (
        <Bars key={one.column} {...one} />
      ))}
    </section>
  );
}

function Bars({ column, steps }: WindowWeights) {
  const t = useText();
  const largest = Math.max(1e-12, ...steps.map(({ weight }) => Math.abs(weight)));
  const middle = (HEIGHT - FOOT) / 2;
  const width = WIDTH / steps.length;
  const every = Math.max(1, Math.ceil(steps.length / 14));
  return (
    <figure className="step-weights">
      <figcaption>{column}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t("weights.steps_of", { column })}>
        <line x1={0} x2={WIDTH} y1={middle} y2={middle} className="axis" />
        {steps.map(({ back, weight }, place) => {
          const height = (Math.abs(weight) / largest) * (middle - 2);
          return (
            <g key={back}>
              <title>{t("weights.step_back", { back, weight: formatFigure(weight) })}</title>
              <rect
                x={place * width + width * 0.1}
                y={weight > 0 ? middle - height : middle}
                width={width * 0.8}
                height={Math.max(0.5, height)}
                className={weight < 0 ? "negative" : "positive"}
              />
              {place % every === 0 && (
                <text x={(place + 0.5) * width} y={HEIGHT - 2} textAnchor="middle">
                  {back}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
