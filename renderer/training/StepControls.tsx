/** Training led by hand, in the dock: pause, one batch, one epoch, and how fast it goes. */
import type { Run } from "../../core/protocol/methods.ts";
import { pauseOrResume } from "../shell/acts.ts";
import { PACES, setPace, stepBatch, stepEpoch } from "../shell/step-acts.ts";
import { useRuns } from "../state/runs.ts";
import { IconButton } from "../ui/Button.tsx";
import { Select } from "../ui/Field.tsx";
import { type Translate, useText } from "../ui/texts.ts";

const FULL_SPEED = "full";

export function StepControls({ run }: { run: Run }) {
  const t = useText();
  const pace = useRuns((state) => state.live.get(run.id)?.stepsPerSecond ?? null);
  const isPaused = run.status === "paused";
  const offered = pace === null || PACES.some((one) => one === pace) ? PACES : [pace, ...PACES];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be drawn as a form
    <div className="step-controls" role="group" aria-label={t("step.controls")}>
      <IconButton
        small
        act="pause"
        icon={isPaused ? "play" : "pause"}
        label={t(isPaused ? "shell.resume" : "shell.pause")}
        onClick={pauseOrResume}
      />
      <IconButton small act="stepBatch" icon="stepBatch" label={t("step.batch")} onClick={stepBatch} />
      <IconButton small act="stepEpoch" icon="stepEpoch" label={t("step.epoch")} onClick={stepEpoch} />
      <Select
        className="small-input"
        aria-label={t("step.pace")}
        value={pace === null ? FULL_SPEED : String(pace)}
        options={[
          { value: FULL_SPEED, label: t("step.full_speed") },
          ...offered.map((one) => ({ value: String(one), label: paceText(one, t) })),
        ]}
        onChange={(value) => setPace(run.id, value === FULL_SPEED ? null : Number(value))}
      />
    </div>
  );
}

function paceText(stepsPerSecond: number, t: Translate): string {
  if (stepsPerSecond === 1) return t("step.one_per_second");
  return stepsPerSecond === 0.5 ? t("step.every_two_seconds") : t("step.per_second", { count: stepsPerSecond });
}
