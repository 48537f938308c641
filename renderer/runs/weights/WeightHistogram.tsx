/** The values of a tensor as a histogram; its axis only grows while the same tensor is shown epoch after epoch. */
import { useRef } from "react";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import type { WeightTensor } from "./coefficients.ts";
import { countBins, type Spread, spreadOf, WEIGHT_BINS } from "./weight-histogram.ts";

const WIDTH = 240;
const HEIGHT = 48;

/** Give it a key of its own for each run and layer: the axis belongs to them. */
export function WeightHistogram({ tensor }: { tensor: WeightTensor }) {
  const t = useText();
  const widest = useRef<Spread | null>(null);
  const { name, values } = tensor;
  const spread = spreadOf(values, widest.current);
  widest.current = spread;
  const counts = countBins(values, spread);
  const most = Math.max(1, ...counts);
  const bar = WIDTH / WEIGHT_BINS;
  const zero = spread.from < 0 && spread.to > 0 ? (-spread.from / (spread.to - spread.from)) * WIDTH : null;
  const [from, to] = [formatFigure(spread.from), formatFigure(spread.to)];
  return (
    <figure className="weight-histogram">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t("weights.histogram", { name, count: formatCount(values.length), from, to })}
      >
        {counts.map((count, i) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: bars are known by their place
            key={i}
            x={i * bar}
            width={bar - 0.5}
            y={HEIGHT - (HEIGHT * count) / most}
            height={(HEIGHT * count) / most}
            className={zero === null ? (spread.from < 0 ? "negative" : "positive") : (i + 0.5) * bar < zero ? "negative" : "positive"}
          />
        ))}
        {zero !== null && <line x1={zero} x2={zero} y1={0} y2={HEIGHT} />}
      </svg>
      <figcaption className="number">
        <span>{from}</span>
        <span>{to}</span>
      </figcaption>
    </figure>
  );
}
