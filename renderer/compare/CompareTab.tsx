/** The dock's comparison: the current run and those chosen, without leaving the canvas. */
import { useEffect } from "react";
import { assignLooks } from "../runs/run-colours.ts";
import { useRuns } from "../state/runs.ts";
import { setComparedRuns, useView } from "../state/view.ts";
import { shownRuns } from "../training/shown-runs.ts";
import { Button } from "../ui/Button.tsx";
import { Busy, Empty, Failure } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { CompareTable } from "./CompareTable.tsx";
import { RunPicker } from "./RunPicker.tsx";
import { useRunDetails } from "./run-details.ts";

export function CompareTab() {
  const runs = useRuns((state) => state.runs);
  const compared = useView((state) => state.comparedRuns);
  const shown = shownRuns(runs, compared).map((run) => run.id);
  return shown.length < 2 ? <NothingChosen /> : <ComparePane ids={shown} />;
}

/** The compact table of some runs. */
export function ComparePane({ ids }: { ids: readonly string[] }) {
  const t = useText();
  const { details, error } = useRunDetails(ids);
  const known = details.map(({ run }) => run.id).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `known` is what of the details counts
  useEffect(() => {
    assignLooks(details.map(({ run }) => run));
  }, [known]);
  if (error !== null) return <Failure error={error} />;
  if (details.length < 2) return <Busy what={t("common.loading")} />;
  return <CompareTable details={details} compact />;
}

function NothingChosen() {
  const t = useText();
  const runs = useRuns((state) => state.runs);
  const enough = runs.length > 1;
  return (
    <Empty
      icon="info"
      title={t("compare.none")}
      actions={
        enough && (
          <>
            <Button look="primary" onClick={() => setComparedRuns(runs.slice(0, 2).map((run) => run.id))}>
              {t("compare.last_two")}
            </Button>
            <RunPicker />
          </>
        )
      }
    >
      {t(enough ? "compare.none_text" : "compare.too_few")}
    </Empty>
  );
}
