/** Takes things out of the app and brings them in: the trained model, predictions, the design, files of others. */
import { type ReactNode, useState } from "react";
import { useRuns } from "../state/runs.ts";
import { closeDialog, type DialogRequest } from "../state/view.ts";
import { Modal } from "../ui/Modal.tsx";
import { Empty } from "../ui/States.tsx";
import { TabRow } from "../ui/TabRow.tsx";
import { useText } from "../ui/texts.ts";
import { bestRun } from "./best-run.ts";
import { CodeTab } from "./CodeTab.tsx";
import { DesignTab, ImportTab } from "./FileTabs.tsx";
import { ModelTab } from "./ModelTab.tsx";
import { PredictionsTab } from "./PredictionsTab.tsx";
import { RunSelect } from "./RunSelect.tsx";
import { useTrainedRun } from "./use-trained-run.ts";
import "./export.css";

type Tab = "model" | "predictions" | "code" | "design" | "import";

export function ExportDialog({ request }: { request: Extract<DialogRequest, { name: "export" }> }) {
  const t = useText();
  const own = useRuns((state) => state.runs);
  const asked = useTrainedRun(request.runId, own);
  const trained = own.filter((run) => run.has_model);
  const runs = asked === null || trained.some((run) => run.id === asked.id) ? trained : [asked, ...trained];
  const [chosen, setChosen] = useState<string | null>(null);
  /** Null until one is chosen: the model where there is one, else what there is without it. */
  const [chosenTab, setTab] = useState<Tab | null>(null);
  const tab = chosenTab ?? (runs.length > 0 ? "model" : "design");
  const run = runs.find(({ id }) => id === chosen) ?? asked ?? bestRun(trained);
  const ofRun = (content: (known: NonNullable<typeof run>) => ReactNode) => () =>
    run === null ? (
      <Empty icon="export" title={t("export.no_model")}>
        {t("export.no_model_text")}
      </Empty>
    ) : (
      <div className="export-tab">
        <RunSelect runs={runs} value={run.id} onChange={setChosen} />
        {content(run)}
      </div>
    );
  const tabs = [
    { key: "model" as const, label: t("export.tab.model"), content: ofRun((known) => <ModelTab key={known.id} run={known} />) },
    {
      key: "predictions" as const,
      label: t("export.tab.predictions"),
      content: ofRun((known) => <PredictionsTab key={known.id} run={known} />),
    },
    {
      key: "code" as const,
      label: t("export.tab.code"),
      content: () => (
        <div className="export-tab">
          <CodeTab />
        </div>
      ),
    },
    {
      key: "design" as const,
      label: t("export.tab.design"),
      content: () => (
        <div className="export-tab">
          <DesignTab />
        </div>
      ),
    },
    {
      key: "import" as const,
      label: t("export.tab.import"),
      content: () => (
        <div className="export-tab">
          <ImportTab />
        </div>
      ),
    },
  ];
  return (
    <Modal title={t("export.title")} onClose={closeDialog}>
      <div className="export-dialog">
        <TabRow name={t("export.title")} tabs={tabs} value={tab} onChange={setTab} />
      </div>
    </Modal>
  );
}
