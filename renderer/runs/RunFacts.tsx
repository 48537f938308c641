/** The figures of a run, validation beside training, and what it took. */
import { isEnsemble } from "../../core/ensembles/ensemble.ts";
import { sampledStepWords } from "../../core/graph/sampled-step.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { useRuns } from "../state/runs.ts";
import { epochsText, metricTitle } from "../training/chart-words.ts";
import { curveName, metricsOfCurves } from "../training/metrics.ts";
import { formatBytes, formatCount, formatFigure, formatMoment, formatSeconds } from "../ui/format.ts";
import { type Translate, useLanguage, useText } from "../ui/texts.ts";

export function RunFacts({ run }: { run: Run }) {
  const t = useText();
  const language = useLanguage();
  const parent = useRuns((state) => state.runs.find(({ id }) => id === run.parent_id));
  const facts: readonly (readonly [string, string])[] = [
    [t("runs.fact.created"), formatMoment(run.created_at, language)],
    [t("runs.fact.seconds"), formatSeconds(run.seconds)],
    ...(run.epochs === 0 ? [] : [[t("runs.fact.epochs"), epochsText(run, t)] as const]),
    ...(run.best_epoch === null ? [] : [[t("runs.fact.best_epoch"), formatCount(run.best_epoch)] as const]),
    [t("runs.fact.dataset"), run.dataset_name],
    ...(run.sampled_steps ?? []).map((step) => [t("runs.fact.sampled"), t("runs.sampled_step", sampledStepWords(step, language))] as const),
    ...(run.parent_id === null ? [] : [[t("runs.parent"), parent?.name ?? run.parent_id] as const]),
    ...(run.parent_optimizer == null ? [] : [[t("runs.optimizer"), t(`runs.optimizer.${run.parent_optimizer}`)] as const]),
    ...(run.parent_layers == null ? [] : layerFacts(run.parent_layers, t)),
    ...(run.parameters === null ? [] : [[t("runs.fact.parameters"), formatCount(run.parameters)] as const]),
    ...(run.peak_bytes === null ? [] : [[t("runs.fact.memory"), formatBytes(run.peak_bytes)] as const]),
    // An ensemble has what its members have.
    ...(isEnsemble(run) ? [] : [[t("runs.fact.seed"), String(run.seed)] as const]),
    ...(run.backend === null || isEnsemble(run)
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
      <Figures metrics={run.metrics} />
      <dl>
        {facts.map(([name, value]) => (
          <div key={`${name} ${value}`}>
            <dt>{name}</dt>
            <dd className="number">{value}</dd>
          </div>
        ))}
      </dl>
      {run.memory !== null && <p className="muted facts-memory">{t("runs.fact.memory_of", { parts: memoryWords(run.memory, t) })}</p>}
    </div>
  );
}

/** What was taken over from the run it continues, layer by layer. */
function layerFacts({ kept, fresh }: NonNullable<Run["parent_layers"]>, t: Translate): (readonly [string, string])[] {
  const words = (names: readonly string[]): string => (names.length === 0 ? t("runs.layers.none") : names.join(", "));
  return [
    [t("runs.layers.kept"), words(kept)],
    [t("runs.layers.fresh"), words(fresh)],
  ];
}

const CLASSES = ["parameter", "gradient", "slot", "state", "constant", "input", "temporary"] as const;

function memoryWords(memory: NonNullable<Run["memory"]>, t: Translate): string {
  const parts = CLASSES.flatMap((role) => {
    const bytes = memory[role] ?? 0;
    return bytes === 0 ? [] : [t(`runs.memory.${role}`, { size: formatBytes(bytes) })];
  });
  return parts.join(", ");
}

/** As many stand beside the facts; more have the whole width, each on a line. */
const FEW = 6;
const PARTS = ["validation", "training"] as const;

function Figures({ metrics }: { metrics: Run["metrics"] }) {
  const t = useText();
  const names = metricsOfCurves(Object.keys(metrics));
  if (names.length === 0) return <p className="muted">{t("runs.no_figures")}</p>;
  const parts = PARTS.filter((part) => names.some((name) => curveName(name, part) in metrics));
  return (
    <table className={names.length > FEW ? "facts-figures many" : "facts-figures"}>
      <thead>
        <tr>
          <td />
          {parts.map((part) => (
            <th key={part} scope="col">
              {t(`charts.part.${part}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{metricTitle(name, t)}</th>
            {parts.map((part) => (
              <td key={part}>{curveName(name, part) in metrics ? formatFigure(metrics[curveName(name, part)] ?? null) : ""}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
