/** Chosen runs at full size: their curves over each other, and the whole table below. */
import { useEffect, useMemo } from "react";
import { ReportButton } from "../export/ReportButton.tsx";
import { assignLooks } from "../runs/run-colours.ts";
import { showScreen, useView } from "../state/view.ts";
import { ChartControls } from "../training/ChartControls.tsx";
import { ChartGrid } from "../training/ChartGrid.tsx";
import { Button } from "../ui/Button.tsx";
import { LongState } from "../ui/LongState.tsx";
import { Empty } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { ComparedGroups } from "./ComparedGroups.tsx";
import { CompareExplore } from "./CompareExplore.tsx";
import { CompareTable } from "./CompareTable.tsx";
import { Disagreements } from "./Disagreements.tsx";
import { RunPicker } from "./RunPicker.tsx";
import { useComparedDetails } from "./run-details.ts";

const CHART_HEIGHT = 210;
/** A page of more is not read. */
const MOST_REPORTED = 50;

export function CompareScreen() {
  const t = useText();
  const ids = useView((state) => state.comparedRuns);
  const { details, answer } = useComparedDetails(ids);
  const runs = useMemo(() => details.map(({ run }) => run), [details]);
  const known = runs.map((run) => run.id).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `known` is what of the runs counts
  useEffect(() => {
    assignLooks(runs);
  }, [known]);
  return (
    <main className="screen compare-screen" aria-label={t("compare.screen")}>
      <header className="screen-head">
        <h1>{t("compare.screen")}</h1>
        <span className="spacer" />
        <ChartControls />
        {ids.length > 1 && ids.length <= MOST_REPORTED && <ReportButton runIds={ids} />}
        <Button small onClick={() => showScreen("runs")}>
          {t("compare.to_runs")}
        </Button>
      </header>
      {ids.length < 2 ? (
        <Empty icon="info" title={t("compare.none")} actions={<RunPicker />}>
          {t("compare.none_text")}
        </Empty>
      ) : details.length < 2 ? (
        <LongState answer={answer} what={t("common.loading")} />
      ) : (
        <>
          <ChartGrid runs={runs} height={CHART_HEIGHT} empty={t("charts.no_curves")} />
          <ComparedGroups runs={runs} />
          <CompareExplore details={details} />
          <Disagreements details={details} />
          <CompareTable details={details} />
        </>
      )}
    </main>
  );
}
