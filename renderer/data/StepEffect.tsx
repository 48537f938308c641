/** Before and after a step: a small histogram, figures and the first values of each of its columns. */
import { useMemo } from "react";
import type { DataDocument } from "../../core/graph/document.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { useDocument } from "../state/document.ts";
import { useAnswer } from "../state/use-answer.ts";
import { formatCount, formatFigure } from "../ui/format.ts";
import { LongState } from "../ui/LongState.tsx";
import { useText } from "../ui/texts.ts";

type Look = MethodOutput<"tables.step_effect">["columns"][number]["before"][number];

const WIDTH = 108;
const HEIGHT = 30;

export function StepEffect({ data, place }: { data: DataDocument; place: number }) {
  const t = useText();
  const id = useDocument((state) => state.datasetId);
  const input = useMemo(() => (id === null ? null : { id, data, place }), [id, data, place]);
  const answer = useAnswer("tables.step_effect", input);
  const { value } = answer;
  return (
    <section className="step-effect" aria-label={t("data.effect")}>
      <h4>{t("data.effect")}</h4>
      <LongState small answer={answer} what={t("data.effect_busy")} />
      {value?.columns.map(({ name, before, after }) => (
        <table key={name} className="effect-table">
          <caption className="clip">{name}</caption>
          <thead>
            <tr>
              <th scope="col">{t("data.effect_before")}</th>
              <th scope="col">{t("data.effect_after")}</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>
                {before.map((look) => (
                  <LookView key={look.name} look={look} only={before.length === 1} />
                ))}
              </td>
              <td>
                {after.length === 0 && <span className="muted">{t("data.effect_dropped")}</span>}
                {after.map((look) => (
                  <LookView key={look.name} look={look} only={after.length === 1} />
                ))}
              </td>
            </tr>
          </tbody>
        </table>
      ))}
      {value !== null && <p className="panel-note faint">{t("data.effect_rows", { count: formatCount(value.rows) })}</p>}
    </section>
  );
}

function LookView({ look, only }: { look: Look; only: boolean }) {
  const t = useText();
  const { name, counts, labels, missing, mean, deviation, first } = look;
  const highest = Math.max(1, ...counts);
  const step = WIDTH / Math.max(8, counts.length);
  return (
    <div className="look">
      {!only && <b className="clip">{name}</b>}
      {counts.length > 0 && (
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="look-bars" role="img" aria-label={labels.join(" – ")}>
          {counts.map((count, bin) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: bins have no other name
              key={bin}
              x={bin * step}
              y={HEIGHT - (HEIGHT * count) / highest}
              width={Math.max(1, step - 1)}
              height={(HEIGHT * count) / highest}
            />
          ))}
        </svg>
      )}
      {mean !== null && deviation !== null && (
        <span className="number">
          {formatFigure(mean)} ± {formatFigure(deviation)}
        </span>
      )}
      {missing > 0 && <span className="muted">{t("data.effect_missing", { count: formatCount(missing) })}</span>}
      <span className="faint look-first clip" title={first.join(", ")}>
        {first.map((value) => (value === "" ? "∅" : value)).join(", ")}
      </span>
    </div>
  );
}
