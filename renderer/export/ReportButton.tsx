/** The report of a run, or of several beside each other, as one HTML page to keep or send: a click writes and saves it, evaluating what was not yet, and a click ends that. */
import { errorData } from "../../core/errors.ts";
import { saveDownload } from "../host/files.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { Progress } from "../ui/States.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { CANCELLED, useWork } from "./use-work.ts";
import "./export.css";

export function ReportButton({ runIds }: { runIds: readonly string[] }) {
  const t = useText();
  const language = useLanguage();
  const { work, startWatched } = useWork<void>();
  const write = async (task_id: string): Promise<void> => {
    const { download, file_name } = await host().call("exports.report", { task_id, run_ids: [...runIds], language });
    await saveDownload(download, file_name);
  };
  if (work.state === "busy")
    return (
      <span className="report-busy" role="status">
        <Progress value={work.progress ?? 0} label={t("report.working")} width={80} />
        {t("report.working")}
        <Button small onClick={work.cancel}>
          {t("common.cancel")}
        </Button>
      </span>
    );
  // Of a failure a toast tells.
  const start = (): void =>
    startWatched((taskId) =>
      write(taskId).catch((error: unknown) => {
        if (errorData(error).code !== CANCELLED) report(error);
      }),
    );
  return (
    <Button small icon="export" title={t("report.help")} onClick={start}>
      {t("report.save")}
    </Button>
  );
}
