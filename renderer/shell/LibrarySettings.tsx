/** The library in the settings: what takes how much room, what retention keeps, compaction, a backup to take away, and one that takes its place. */
import { useRef, useState } from "react";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { formatBytes, formatCount } from "../ui/format.ts";
import { Busy } from "../ui/States.tsx";
import { useText } from "../ui/texts.ts";
import { compactLibrary, restoreBackup, saveBackup, useLibraryWork } from "./library-work.ts";

type Space = MethodOutput<"library.space">;
const WORDS = { backup: "library.backing_up", restore: "library.reading_backup", compact: "library.compacting" } as const;
const KINDS = ["curves", "checkpoints", "snapshots", "models", "designs", "data"] as const;

export function LibrarySettings({ found }: { found: Space }) {
  const t = useText();
  const [space, setSpace] = useState(found);
  const { work } = useLibraryWork();
  const keep = (): void => {
    host()
      .call("library.keep", {})
      .then(() => setSpace({ ...space, restoring: false }))
      .catch(report);
  };
  return (
    <div className="library-settings">
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
        })}
        {space.deleted_runs > 0 && ` ${t("library.deleted", { count: formatCount(space.deleted_runs), days: space.kept_days })}`}
      </p>
      {space.restoring && (
        <p className="library-restoring" role="status">
          {t("library.restoring")}{" "}
          <Button small onClick={keep}>
            {t("library.keep")}
          </Button>
        </p>
      )}
      {work !== null ? (
        <Busy what={t(WORDS[work.act])} progress={work.share} onCancel={work.cancel} />
      ) : (
        <div className="row">
          <Button small title={t("library.compact_help")} onClick={() => compactLibrary(space, setSpace)}>
            {t("library.compact")}
          </Button>
          <Button small icon="export" title={t("library.backup_help")} onClick={saveBackup}>
            {t("library.backup")}
          </Button>
          <RestoreButton onStaged={() => setSpace({ ...space, restoring: true })} />
        </div>
      )}
    </div>
  );

  function limitOf(kind: (typeof KINDS)[number]): string {
    const { most_checkpoints: most, unfinished_checkpoints: unfinished } = space;
    if (kind === "checkpoints" && unfinished > most)
      return t("library.at_most_but", { size: formatBytes(most), kept: formatBytes(unfinished) });
    if (kind === "checkpoints") return t("library.at_most", { size: formatBytes(most) });
    if (kind === "snapshots") return t("library.at_most", { size: formatBytes(space.most_snapshots) });
    return kind === "data" ? t("library.beside") : t("library.for_good");
  }
}

function RestoreButton({ onStaged }: { onStaged: () => void }) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button small title={t("library.restore_help")} onClick={() => input.current?.click()}>
        {t("library.restore")}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".sqlite"
        hidden
        aria-label={t("library.restore")}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file !== undefined) restoreBackup(file, onStaged);
        }}
      />
    </>
  );
}
