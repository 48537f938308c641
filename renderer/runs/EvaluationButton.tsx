/** From the canvas to where the newest trained run is right and wrong. */
import { isGoing, useRuns } from "../state/runs.ts";
import { useView } from "../state/view.ts";
import { shownRuns } from "../training/shown-runs.ts";
import { Button } from "../ui/Button.tsx";
import { Hint } from "../ui/Hint.tsx";
import { useText } from "../ui/texts.ts";
import { openRun } from "./opened-run.ts";

export function EvaluationButton() {
  const t = useText();
  const runs = useRuns((state) => state.runs);
  const compared = useView((state) => state.comparedRuns);
  const [run] = shownRuns(runs, compared);
  if (run === undefined || isGoing(run) || !run.has_model) return null;
  return (
    <Hint text={t("charts.evaluation_help")}>
      <Button small onClick={() => openRun(run.id, "evaluation")}>
        <span className="clip">{t("charts.evaluation", { name: run.name })}</span>
      </Button>
    </Hint>
  );
}
