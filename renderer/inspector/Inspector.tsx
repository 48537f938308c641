/** The panel at the right: the chosen layer, training options, checks and history. */
import { useMemo } from "react";
import { Divider } from "../shell/Divider.tsx";
import { useDocument } from "../state/document.ts";
import { useSession } from "../state/session.ts";
import { type InspectorTab, showInspectorTab, useView } from "../state/view.ts";
import { type TabDescription, TabRow } from "../ui/TabRow.tsx";
import { useText } from "../ui/texts.ts";
import { ChecksTab } from "./ChecksTab.tsx";
import { HistoryTab } from "./HistoryTab.tsx";
import { LayerTab } from "./LayerTab.tsx";
import { TrainingTab } from "./TrainingTab.tsx";
import "./inspector.css";

export function Inspector() {
  const t = useText();
  const width = useSession((state) => state.panels.inspector);
  const tab = useView((state) => state.inspectorTab);
  // Numbers and no list: while somebody types, the words of a problem change with each key, and the row of tabs need not follow.
  const count = useDocument((state) => state.problems.length);
  const hasErrors = useDocument((state) => state.problems.some((problem) => problem.severity === "error"));
  const tabs = useMemo(
    (): readonly TabDescription<InspectorTab>[] => [
      { key: "layer", label: t("inspector.layer"), content: () => <LayerTab /> },
      { key: "training", label: t("inspector.training"), content: () => <TrainingTab /> },
      {
        key: "checks",
        label: t("inspector.checks"),
        count,
        tone: hasErrors ? "bad" : "warn",
        content: () => <ChecksTab />,
      },
      { key: "history", label: t("inspector.history"), content: () => <HistoryTab /> },
    ],
    [t, count, hasErrors],
  );
  return (
    <aside className="side inspector" data-undo="design" aria-label={t("inspector.title")} style={{ width }}>
      <TabRow name={t("inspector.title")} tabs={tabs} value={tab} onChange={showInspectorTab} />
      <Divider panel="inspector" label={t("shell.resize_inspector")} />
    </aside>
  );
}
