/** The line above the charts: what the run is doing and its figures; and the same for each state in words. */
import type { Run } from "../../core/protocol/methods.ts";
import { RunMark } from "../runs/RunMark.tsx";
import { statusWord } from "../runs/run-status.ts";
import { isGoing, useRuns } from "../state/runs.ts";
import { formatCount, formatFigure, formatSeconds } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";

export function RunHeader({ run }: { run: Run }) {
  const t = useText();
  const live = useRuns((state) => state.live.get(run.id));
  const going = isGoing(run);
  // A baseline or an ensemble has none of either.
  const figures =
    run.epochs === 0
      ? []
      : [
          t("charts.epoch", { epoch: formatCount(run.epoch), epochs: formatCount(run.epochs) }),
          t("charts.step", { step: formatCount(run.step) }),
        ];
  if (going && live?.learningRate != null && live.learningRate > 0)
    figures.push(t("charts.learning_rate", { rate: formatFigure(live.learningRate) }));
  figures.push(t("charts.elapsed", { time: formatSeconds(run.seconds) }));
  if (going && live?.remainingSeconds != null) figures.push(t("charts.remaining", { time: formatSeconds(live.remainingSeconds) }));
  // In slow motion it would be the speed of the single step.
  if (going && live?.samplesPerSecond != null && live.stepsPerSecond === null)
    figures.push(t("charts.samples", { count: formatCount(Math.round(live.samplesPerSecond)) }));
  if (!going && run.best_epoch !== null) figures.push(t("charts.best_epoch", { epoch: run.best_epoch }));
  return (
    <p className="run-figures">
      <RunMark runId={run.id} />
      <b className="clip run-name" title={run.name}>
        {run.name}
      </b>
      <span className={`run-status is-${run.status}`}>{statusWord(run, t)}</span>
      <span className="number clip muted" title={figures.join(" · ")}>
        {figures.join(" · ")}
      </span>
    </p>
  );
}
