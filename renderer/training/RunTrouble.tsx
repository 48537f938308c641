/** What went wrong with a run, in words, with the layer at fault one click away; or that it can go on. */
import type { Run } from "../../core/protocol/methods.ts";
import { reveal } from "../canvas/reveal.ts";
import { isNotFinite } from "../insight/not-finite.ts";
import { useDocument } from "../state/document.ts";
import { resumeRun } from "../state/runs.ts";
import { report } from "../state/toasts.ts";
import { showInspectorTab, showScreen } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";

/** The canvas is drawn after the screen has changed. */
function showNode(id: string): void {
  showScreen("designer");
  showInspectorTab("layer");
  requestAnimationFrame(() => reveal(id));
}

export function RunTrouble({ run }: { run: Run }) {
  const t = useText();
  const language = useLanguage();
  const nodeId = run.error?.nodeId;
  const nodeName = useDocument((state) =>
    nodeId === undefined || state.project?.id !== run.project_id
      ? undefined
      : state.design?.graph.nodes.find((node) => node.id === nodeId)?.name,
  );
  // Ended, but not by a person: nothing went wrong.
  if (run.error !== null && run.status === "stopped")
    return (
      <div className="run-trouble warn">
        <Icon name="warning" />
        <p>
          <b>{t("charts.ended_early", { name: run.name })}</b> {errorText(run.error, language)}
        </p>
      </div>
    );
  if (run.error !== null)
    return (
      <div className="run-trouble bad" role="alert">
        <Icon name="error" />
        <p>
          <b>{t(run.status === "failed" ? "charts.failed" : "charts.waits", { name: run.name })}</b>{" "}
          {/* The verdict right below tells the cause with remedies (`diverged`): once is enough. */}
          {isNotFinite(run.error.code)
            ? t("charts.stopped_at", { step: formatCount(Number(run.error.params["step"])) })
            : errorText(run.error, language)}
          {run.status === "paused" && ` ${t("charts.waits_again")}`}
        </p>
        {nodeId !== undefined && nodeName !== undefined && (
          <Button small onClick={() => showNode(nodeId)}>
            {t("charts.show_node", { name: nodeName })}
          </Button>
        )}
      </div>
    );
  if (run.status !== "interrupted") return null;
  return (
    <div className="run-trouble warn">
      <Icon name="warning" />
      <p>{t("charts.interrupted", { name: run.name, step: formatCount(run.step) })}</p>
      <Button small look="primary" onClick={() => resumeRun(run.id).catch(report)}>
        {t("charts.resume")}
      </Button>
    </div>
  );
}
