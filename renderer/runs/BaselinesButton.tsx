/** One click: every baseline that fits the project's data becomes a run beside the networks'. While they go, the same place cancels them. */
import { useState } from "react";
import { BASELINE_BACKEND } from "../../core/baselines/backend.ts";
import { errorData } from "../../core/errors.ts";
import type { ListedRun } from "../../core/protocol/contract/runs.ts";
import { useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { isGoing } from "../state/runs.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { useText } from "../ui/texts.ts";

export function BaselinesButton({ runs }: { runs: readonly ListedRun[] }) {
  const t = useText();
  const projectId = useDocument((state) => state.project?.id ?? null);
  const datasetId = useDocument((state) => state.datasetId);
  const hasData = useDocument((state) => state.design !== null && state.design.data !== null);
  const [asking, setAsking] = useState(false);
  if (projectId === null) return null;
  const going = runs.filter((run) => run.project_id === projectId && run.backend === BASELINE_BACKEND && isGoing(run)).length;
  const start = async (): Promise<void> => {
    const { design } = useDocument.getState();
    if (design === null || datasetId === null) return;
    setAsking(true);
    try {
      await host().call("baselines.start", { project_id: projectId, design, dataset_id: datasetId });
    } catch (thrown) {
      // Whoever cancelled it knows.
      if (errorData(thrown).code !== "baseline.cancelled") throw thrown;
    } finally {
      setAsking(false);
    }
  };
  if (going > 0 || asking)
    return (
      <Button icon="stop" onClick={() => void host().call("baselines.cancel", { project_id: projectId }).catch(report)}>
        {going === 0 ? t("common.cancel") : t("baselines.cancel", { count: going })}
      </Button>
    );
  const ready = hasData && datasetId !== null;
  return (
    <Button
      aria-disabled={!ready}
      title={ready ? t("baselines.help") : t("baselines.no_data")}
      onClick={() => {
        if (ready) start().catch(report);
      }}
    >
      {t("baselines.start")}
    </Button>
  );
}
