/** The gradient by the distance to the end of the sequence, on a logarithmic axis: a straight fall is a memory that fades. */
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import { arrayOf, type LookAnswer } from "../look-answer.ts";

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [460, 200, 62, 30];

export function TimeGradient({ look }: { look: LookAnswer }) {
  const t = useText();
  if (arrayOf(look, "norms") !== null) return <Fall look={look} direction="" />;
  return (
    <div className="inside-grid">
      {(["forward", "backward"] as const).map((direction) => (
        <section key={direction} className="time-walk">
          <h3>{t(`inside.time_${direction}`)}</h3>
          <Fall look={look} direction={`${direction}_`} />
        </section>
      ))}
    </div>
  );
}

function Fall({ look, direction }: { look: LookAnswer; direction: "" | "forward_" | "backward_" }) {
  const t = useText();
  const [place, setPlace] = useState<number | null>(null);
  const distances = arrayOf(look, `${direction}distances`)?.values ?? [];
  const norms = arrayOf(look, `${direction}norms`)?.values ?? [];
  const positive = Array.from(norms).filter((norm) => norm > 0);
  if (positive.length === 0) return <p className="muted">{t("inside.no_gradient")}</p>;
  const top = Math.ceil(Math.log10(Math.max(...positive)));
  const bottom = Math.min(top - 1, Math.floor(Math.log10(Math.max(1e-12, Math.min(...positive)))));
  const last = Math.max(1, distances.at(-1) ?? 1);
  const x = (distance: number): number => LEFT + ((WIDTH - LEFT - 8) * distance) / last;
  const y = (norm: number): number =>
    8 + ((HEIGHT - BOTTOM - 8) * (top - Math.max(bottom, Math.log10(Math.max(norm, 1e-300))))) / (top - bottom);
  const path = Array.from(norms, (norm, i) => `${i === 0 ? "M" : "L"}${x(distances[i] ?? 0)} ${y(norm)}`).join("");
  const nearest = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * WIDTH;
    let best = 0;
    distances.forEach((distance, i) => {
      if (Math.abs(x(distance) - at) < Math.abs(x(distances[best] ?? 0) - at)) best = i;
    });
    setPlace(best);
  };
  const key = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setPlace(Math.max(0, Math.min(norms.length - 1, (place ?? -1) + step)));
  };
  const exponents = Array.from({ length: top - bottom + 1 }, (_, i) => bottom + i).filter(
    (_, i, all) => i % Math.ceil(all.length / 6) === 0,
  );
  return (
    <figure className="time-gradient">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: points are read with the arrow keys
        tabIndex={0}
        aria-label={t("inside.time_label", {
          first: formatFigure(norms[0] ?? null),
          last: formatFigure(norms.at(-1) ?? null),
          steps: formatCount(last),
        })}
        onPointerMove={nearest}
        onPointerLeave={() => setPlace(null)}
        onKeyDown={key}
      >
        {exponents.map((exponent) => (
          <g key={exponent}>
            <line className="grid" x1={LEFT} x2={WIDTH - 8} y1={y(10 ** exponent)} y2={y(10 ** exponent)} />
            <text x={LEFT - 6} y={y(10 ** exponent) + 4} textAnchor="end">
              {formatFigure(10 ** exponent, 2)}
            </text>
          </g>
        ))}
        {[0, Math.round(last / 2), last].map((distance) => (
          <text key={distance} x={x(distance)} y={HEIGHT - BOTTOM + 14} textAnchor="middle">
            {distance}
          </text>
        ))}
        <text x={(LEFT + WIDTH) / 2} y={HEIGHT - 3} textAnchor="middle">
          {t("inside.time_axis")}
        </text>
        <path d={path} />
        {norms.length <= 60 && Array.from(norms, (norm, i) => <circle key={distances[i]} cx={x(distances[i] ?? 0)} cy={y(norm)} r={2} />)}
        {place !== null && <circle className="chosen" cx={x(distances[place] ?? 0)} cy={y(norms[place] ?? 0)} r={4} />}
      </svg>
      <figcaption className="number" aria-live="polite">
        {place === null
          ? t("inside.time_help")
          : t("inside.time_point", { distance: formatCount(distances[place] ?? 0), norm: formatFigure(norms[place] ?? null) })}
      </figcaption>
    </figure>
  );
}
