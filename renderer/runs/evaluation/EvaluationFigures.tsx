/** The figures of one output: the first of each kind at once, and every other behind a line, so that what explains them is in sight too. */
import { metricHelp, metricTitle } from "../../training/chart-words.ts";
import { sortedFigures } from "../../training/metrics.ts";
import { formatCount, formatFigure } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import type { EvaluatedOutput } from "./evaluated.ts";
import { mainFigures } from "./main-figures.ts";

export function EvaluationFigures({ loss, figures }: Pick<EvaluatedOutput, "loss" | "figures">) {
  const t = useText();
  const { main, others } = mainFigures(sortedFigures(Object.keys(figures)));
  const drawn = (name: string) => (
    <Figure key={name} name={metricTitle(name, t)} help={metricHelp(name, t)} value={figures[name] ?? null} />
  );
  return (
    <div>
      <dl className="evaluation-figures">
        {loss !== null && <Figure name={t("metric.loss")} value={loss} />}
        {main.map(drawn)}
      </dl>
      {others.length > 0 && (
        <details className="evaluation-others">
          <summary>{t("evaluation.more_figures", { count: formatCount(others.length) })}</summary>
          <dl className="evaluation-figures">{others.map(drawn)}</dl>
        </details>
      )}
    </div>
  );
}

/** @param help what it measures, and where it is not defined */
function Figure({ name, help, value }: { name: string; help?: string | undefined; value: number | null }) {
  return (
    <div title={help}>
      <dt>{name}</dt>
      <dd className="number">{value === null ? "–" : formatFigure(value)}</dd>
    </div>
  );
}
