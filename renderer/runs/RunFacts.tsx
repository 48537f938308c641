/** The figures of a run and what it took: two small tables. */
import type { Run } from "../../core/protocol/methods.ts";
import { figureTitle } from "../training/chart-words.ts";
import { sortedFigures } from "../training/metrics.ts";
import { formatBytes, formatCount, formatFigure, formatMoment, formatSeconds } from "../ui/format.ts";
import { useLanguage, useText } from "../ui/texts.ts";

export function RunFacts({ run }: { run: Run }) {
  const t = useText();
  const language = useLanguage();
  const figures = sortedFigures(Object.keys(run.metrics));
  const facts: readonly (readonly [string, string])[] = [
    [t("runs.fact.created"), formatMoment(run.created_at, language)],
    [t("runs.fact.seconds"), formatSeconds(run.seconds)],
    [t("runs.fact.epochs"), t("runs.epochs_value", { epoch: formatCount(run.epoch), epochs: formatCount(run.epochs) })],
    ...(run.best_epoch === null ? [] : [[t("runs.fact.best_epoch"), formatCount(run.best_epoch)] as const]),
    [t("runs.fact.dataset"), run.dataset_name],
    ...(run.parameters === null ? [] : [[t("runs.fact.parameters"), formatCount(run.parameters)] as const]),
    ...(run.peak_bytes === null ? [] : [[t("runs.fact.memory"), formatBytes(run.peak_bytes)] as const]),
    [t("runs.fact.seed"), String(run.seed)],
    ...(run.backend === null
      ? []
      : [
          [
            t("runs.fact.engine"),
            t("runs.engine_value", { backend: run.backend, threads: run.threads ?? 1, version: run.engine_version }),
          ] as const,
        ]),
  ];
  return (
    <div className="run-facts">
      <dl>
        {figures.length === 0 && <dd className="muted">{t("runs.no_figures")}</dd>}
        {figures.map((name) => (
          <div key={name}>
            <dt>{figureTitle(name, t)}</dt>
            <dd className="number">{formatFigure(run.metrics[name] ?? null)}</dd>
          </div>
        ))}
      </dl>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="number clip" title={value}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
