/** What came of an export: busy, failed in words, or what was written and whether it was saved. */
import { errorData } from "../../core/errors.ts";
import { saveDownload } from "../host/files.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { Icon } from "../ui/Icon.tsx";
import { Busy } from "../ui/States.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import type { Work } from "./use-work.ts";

/** A file that the host holds ready, and what became of it. */
export interface Written {
  readonly download: string;
  readonly fileName: string;
  readonly saved: boolean;
  /** What was found out about it, in words. */
  readonly checked: string | null;
  readonly savedText: string;
}

/**
 * Gives the file to the person at once.
 * @param signal whoever gave it up wants no file
 */
export async function saved(written: Omit<Written, "saved">, signal?: AbortSignal): Promise<Written> {
  signal?.throwIfAborted();
  return { ...written, saved: await saveDownload(written.download, written.fileName) };
}

export function Outcome({ work, busy }: { work: Work<Written>; busy: string }) {
  const t = useText();
  const language = useLanguage();
  switch (work.state) {
    case "idle":
      return null;
    case "busy":
      return <Busy small what={busy} {...(work.progress === null ? {} : { progress: work.progress })} onCancel={work.cancel} />;
    case "failed":
      return (
        <p className="outcome bad" role="alert">
          <Icon name="error" />
          {errorText(errorData(work.error), language)}
        </p>
      );
    case "done": {
      const { result } = work;
      return (
        <div className="outcome good" role="status">
          <Icon name="check" />
          <div>
            {result.checked !== null && <p>{result.checked}</p>}
            <p>{result.saved ? result.savedText : t("export.not_saved", { name: result.fileName })}</p>
          </div>
          {!result.saved && (
            <Button small onClick={() => saveDownload(result.download, result.fileName).catch(report)}>
              {t("export.save_again")}
            </Button>
          )}
        </div>
      );
    }
    default:
      return work satisfies never;
  }
}
