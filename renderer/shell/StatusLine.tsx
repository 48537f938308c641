/** The line at the foot: what is training and how far, what the design amounts to, how many mistakes are left. */
import { isBaseline } from "../../core/baselines/backend.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { statusWord, wordOfStatus } from "../runs/run-status.ts";
import { useAfterwards } from "../state/afterwards.ts";
import { useBatchRows } from "../state/batch-rows.ts";
import { useDocument } from "../state/document.ts";
import { isGoing, useLiveRun, useRuns } from "../state/runs.ts";
import { useSession } from "../state/session.ts";
import { openDialog, showInspectorTab, showScreen } from "../state/view.ts";
import { formatBytes, formatCount, formatFigure, formatSeconds, formatShort } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Progress } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";

export function StatusLine() {
  return (
    <footer className="status-line">
      <Connection />
      <RunStatus />
      <SideBySide />
      <Waiting />
      <span className="spacer" />
      <Problems />
      <Totals />
    </footer>
  );
}

function Connection() {
  const t = useText();
  const interrupted = useSession((state) => state.interrupted);
  if (!interrupted) return null;
  return (
    <span className="status-button warn" role="alert">
      <Icon name="warning" size={13} />
      {t("shell.reconnecting")}
    </span>
  );
}

function RunStatus() {
  const t = useText();
  const run = useLiveRun();
  const live = useRuns((state) => (run === null ? undefined : state.live.get(run.id)));
  const baselines = useRuns((state) => state.runs.filter((other) => isGoing(other) && isBaseline(other)).length);
  if (run === null && baselines > 0)
    return (
      <span className="live-mark">
        <Icon name="play" size={12} />
        {t("shell.baselines_going", { count: formatCount(baselines) })}
      </span>
    );
  if (run === null) return <LastRun />;
  const total = run.epochs * run.steps_per_epoch;
  return (
    <>
      <span className="live-mark">
        <Icon name={run.status === "paused" ? "pause" : "play"} size={12} />
        {t("shell.run_status", { status: statusWord(run, t), number: run.number })}
      </span>
      <Progress value={total === 0 ? 0 : run.step / total} label={t("shell.run_progress", { number: run.number })} width={180} />
      <span className="number">
        {t("shell.epoch_step", { epoch: formatCount(run.epoch), epochs: formatCount(run.epochs), step: formatCount(run.step) })}
      </span>
      <span className="number">{t("shell.elapsed", { time: formatSeconds(run.seconds) })}</span>
      {live?.samplesPerSecond != null && live.stepsPerSecond === null && (
        <span className="number">{t("shell.samples_per_second", { count: formatCount(Math.round(live.samplesPerSecond)) })}</span>
      )}
      {live?.remainingSeconds != null && (
        <span className="number">{t("shell.remaining", { time: formatSeconds(live.remainingSeconds) })}</span>
      )}
      {run.peak_bytes !== null && <span className="number optional">{t("shell.planned", { size: formatBytes(run.peak_bytes) })}</span>}
      {run.backend !== null && run.threads !== null && (
        <span className="optional">{t("shell.seed_threads", { seed: String(run.seed), backend: run.backend, threads: run.threads })}</span>
      )}
    </>
  );
}

/** How many train, where the line tells of one of them; leads to all of them. */
function SideBySide() {
  const t = useText();
  const count = useRuns(
    (state) => state.runs.filter((run) => isGoing(run) && !isBaseline(run) && run.status !== "queued" && run.status !== "paused").length,
  );
  if (count < 2) return null;
  return (
    <button type="button" className="status-button" onClick={() => showScreen("runs")}>
      {t("shell.side_by_side", { count: formatCount(count) })}
    </button>
  );
}

/** How many runs wait; opens the queue. */
function Waiting() {
  const t = useText();
  const count = useRuns((state) => state.runs.filter((run) => run.queue_place !== null).length);
  if (count === 0) return null;
  return (
    <button type="button" className="status-button" onClick={() => openDialog({ name: "queue" })}>
      {t("queue.waiting", { count: formatCount(count) })}
    </button>
  );
}

/** What became of the run that ended last. */
function LastRun() {
  const t = useText();
  const run = useRuns((state) => state.runs[0]);
  if (run === undefined) return <span className="faint">{t("shell.idle")}</span>;
  const mark = markOf(run);
  const loss = run.metrics["val_loss"] ?? run.metrics["loss"];
  return (
    <>
      <span className={`live-mark ${mark.look}`}>
        <Icon name={mark.icon} size={12} />
        {t("shell.run_status", { status: statusWord(run, t), number: run.number })}
      </span>
      {run.epochs > 0 && (
        <span className="number">
          {t("shell.epoch_step", { epoch: formatCount(run.epoch), epochs: formatCount(run.epochs), step: formatCount(run.step) })}
        </span>
      )}
      {loss != null && <span className="number">{t("shell.loss", { value: formatFigure(loss) })}</span>}
      <span className="number">{formatSeconds(run.seconds)}</span>
    </>
  );
}

/** One that was ended early came to no end of its own, and nothing is wrong with it. */
function markOf(run: Pick<Run, "status" | "error">): { readonly look: string; readonly icon: "check" | "error" | "stop" } {
  if (wordOfStatus(run) === "ended_early") return { look: "", icon: "stop" };
  return run.status === "done" || run.status === "stopped" ? { look: "ok", icon: "check" } : { look: "bad", icon: "error" };
}

function Problems() {
  const t = useText();
  const errors = useDocument((state) => state.problems.filter((problem) => problem.severity === "error").length);
  const warnings = useDocument((state) => state.problems.filter((problem) => problem.severity === "warning").length);
  const show = (): void => {
    showScreen("designer");
    showInspectorTab("checks");
  };
  return (
    <>
      {errors > 0 && (
        <button type="button" className="status-button bad" onClick={show}>
          <Icon name="error" size={13} />
          {t("shell.problems", { count: errors })}
        </button>
      )}
      {warnings > 0 && (
        <button type="button" className="status-button warn" onClick={show}>
          <Icon name="warning" size={13} />
          {t("shell.warnings", { count: warnings })}
        </button>
      )}
    </>
  );
}

function Totals() {
  const t = useText();
  const layers = useDocument((state) => state.design?.graph.nodes.length ?? 0);
  const parameters = useDocument((state) => state.propagation?.totals.parameters ?? 0);
  const frozen = useDocument((state) => state.propagation?.totals.frozenParameters ?? 0);
  return (
    <>
      <span className="number">{t("shell.layers", { count: formatCount(layers) })}</span>
      <span className="number">
        {frozen === 0
          ? t("shell.parameters", { count: formatCount(parameters) })
          : t("shell.parameters_frozen", { count: formatCount(parameters), frozen: formatCount(frozen) })}
      </span>
      <Costs />
    </>
  );
}

/** Of one prediction and of one step of training. */
function Costs() {
  const t = useText();
  const rows = useBatchRows();
  const operations = useDocument((state) => state.propagation?.totals.multiplyAdds ?? 0);
  const elements = useDocument((state) => state.propagation?.totals.activationElements ?? 0);
  const ofStep = useAfterwards((state) => state.stepCost) * rows;
  if (operations === 0) return null;
  const bytes = elements * Float32Array.BYTES_PER_ELEMENT;
  const prediction = { operations: formatCount(operations), memory: formatBytes(bytes) };
  const step = { operations: formatCount(ofStep), memory: formatBytes(bytes * rows), rows: formatCount(rows) };
  return (
    <>
      <span className="number optional" title={t("shell.prediction_cost_title", prediction)}>
        {t("shell.prediction_cost", { operations: formatShort(operations) })}
      </span>
      <span className="number optional" title={t("shell.step_cost_title", step)}>
        {t("shell.step_cost", { ...step, operations: formatShort(ofStep) })}
      </span>
    </>
  );
}
