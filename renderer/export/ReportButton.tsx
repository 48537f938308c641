/** The report of a run, or of several beside each other, as one HTML page to keep or send: a click writes and saves it. */
import { useState } from "react";
import { saveDownload } from "../host/files.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { useLanguage, useText } from "../ui/texts.ts";

export function ReportButton({ runIds }: { runIds: readonly string[] }) {
  const t = useText();
  const language = useLanguage();
  const [working, setWorking] = useState(false);
  const write = async (): Promise<void> => {
    setWorking(true);
    try {
      const { download, file_name } = await host().call("exports.report", { run_ids: [...runIds], language });
      await saveDownload(download, file_name);
    } finally {
      setWorking(false);
    }
  };
  return (
    <Button small icon="export" aria-disabled={working} title={t("report.help")} onClick={() => !working && void write().catch(report)}>
      {t(working ? "report.working" : "report.save")}
    </Button>
  );
}
