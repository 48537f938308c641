/** The dock's comparison: the current run and those chosen, without leaving the canvas. */
import { useEffect } from "react";
import { assignLooks } from "../runs/run-colours.ts";
import { useRuns } from "../state/runs.ts";
import { useView } from "../state/view.ts";
import { shownRuns } from "../training/shown-runs.ts";
import { LongState } from "../ui/LongState.tsx";
import { Empty } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { CompareTable } from "./CompareTable.tsx";
import { useComparedDetails } from "./run-details.ts";

export function CompareTab() {
  const runs = useRuns((state) => state.runs);
  const compared = useView((state) => state.comparedRuns);
  const chosen = shownRuns(runs, compared);
  // Until runs are chosen, the last two are what one wants to compare.
  const shown = (chosen.length < 2 ? runs.slice(0, 2) : chosen).map((run) => run.id);
  return shown.length < 2 ? <NothingYet /> : <ComparePane ids={shown} />;
}

/** The compact table of some runs. */
export function ComparePane({ ids }: { ids: readonly string[] }) {
  const t = useText();
  const { details, answer } = useComparedDetails(ids);
  const known = details.map(({ run }) => run.id).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `known` is what of the details counts
  useEffect(() => {
    assignLooks(details.map(({ run }) => run));
  }, [known]);
  if (details.length < 2) return <LongState answer={answer} what={t("common.loading")} />;
  return <CompareTable details={details} compact />;
}

function NothingYet() {
  const t = useText();
  return (
    <Empty icon="info" title={t("compare.none")}>
      {t("compare.too_few")}
    </Empty>
  );
}
