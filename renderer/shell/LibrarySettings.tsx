/** The library in the settings: what takes how much room, what retention keeps, compaction, and a backup to take away. */
import { useEffect, useState } from "react";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { saveDownload } from "../host/files.ts";
import { host } from "../state/host.ts";
import { report, toast } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { formatBytes, formatCount } from "../ui/format.ts";
import { useText } from "../ui/texts.ts";

type Space = MethodOutput<"library.space">;
const KINDS = ["curves", "checkpoints", "snapshots", "models", "designs", "data"] as const;

export function LibrarySettings() {
  const t = useText();
  const [space, setSpace] = useState<Space | null>(null);
  const [busy, setBusy] = useState<"compact" | "backup" | null>(null);
  useEffect(() => {
    host().call("library.space", {}).then(setSpace).catch(report);
  }, []);
  if (space === null) return null;
  const act = (name: "compact" | "backup", work: () => Promise<void>) => () => {
    if (busy !== null) return;
    setBusy(name);
    work()
      .catch(report)
      .finally(() => setBusy(null));
  };
  const compact = act("compact", async () => {
    const after = await host().call("library.compact", {});
    toast(t("library.compacted", { size: formatBytes(Math.max(0, space.file_bytes - after.file_bytes)) }));
    setSpace(after);
  });
  const backup = act("backup", async () => {
    const { download, file_name } = await host().call("library.backup", {});
    await saveDownload(download, file_name);
  });
  return (
    <section className="library-settings" aria-label={t("library.title")}>
      <h3>{t("library.title")}</h3>
      <table className="plain-table">
        <tbody>
          {KINDS.map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(`library.${kind}`)}</th>
              <td className="number">{formatBytes(space[kind])}</td>
              <td className="faint">{limitOf(kind)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="faint">
        {t("library.file", {
          size: formatBytes(space.file_bytes),
          free: formatBytes(space.free_bytes),
          most: formatBytes(space.most_file),
          runs: formatCount(space.runs),
        })}{" "}
        {t("library.deleted", { count: formatCount(space.deleted_runs), days: space.kept_days })}
      </p>
      <div className="row">
        <Button small aria-disabled={busy !== null} title={t("library.compact_help")} onClick={compact}>
          {t(busy === "compact" ? "library.working" : "library.compact")}
        </Button>
        <Button small icon="export" aria-disabled={busy !== null} title={t("library.backup_help")} onClick={backup}>
          {t(busy === "backup" ? "library.working" : "library.backup")}
        </Button>
      </div>
    </section>
  );

  function limitOf(kind: (typeof KINDS)[number]): string {
    if (space === null) return "";
    if (kind === "checkpoints") return t("library.at_most", { size: formatBytes(space.most_checkpoints) });
    if (kind === "snapshots") return t("library.at_most", { size: formatBytes(space.most_snapshots) });
    return kind === "data" ? t("library.beside") : t("library.for_good");
  }
}
