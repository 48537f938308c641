/** How far an import is, with a button to cancel; and why it failed, in words, with what to do next. */
import { errorData } from "../../core/errors.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { formatBytes, formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Progress } from "../ui/States.tsx";
import { type Translate, useLanguage, useText } from "../ui/texts.ts";
import { FileButton } from "./FileButton.tsx";
import { cancelImport, forgetFailure, type ImportProgress, useImport } from "./import-data.ts";
import { ENCODING_ERRORS, EncodingChoice } from "./ReadAs.tsx";

function progressWords({ name, stage, rows, bytes, totalBytes }: ImportProgress, t: Translate): string {
  if (stage === "sending" || stage === "unpacking" || stage === "reading")
    return t(`data.stage.${stage}`, { name, done: formatBytes(bytes), total: formatBytes(totalBytes) });
  // While a table is stored nobody has counted its rows yet.
  if (rows === 0) return t("data.stage.storing_bytes", { name, done: formatBytes(bytes), total: formatBytes(totalBytes) });
  return t(`data.stage.${stage}`, { name, rows: formatCount(rows) });
}

/** The stages in their order; each says how far through the file it is. Storing and looking at the columns take longest. */
function share({ stage, bytes, totalBytes }: ImportProgress): number {
  const done = totalBytes === 0 ? 0 : bytes / totalBytes;
  return {
    sending: 0.1 * done,
    unpacking: 0.1 + 0.05 * done,
    reading: 0.15 + 0.05 * done,
    storing: 0.2 + 0.4 * done,
    profiling: 0.6 + 0.4 * done,
  }[stage];
}

export function ImportStatus() {
  const t = useText();
  const language = useLanguage();
  const progress = useImport((state) => state.progress);
  const failure = useImport((state) => state.failure);
  if (progress !== null)
    return (
      <div className="import-status" role="status">
        <span className="clip">{progressWords(progress, t)}</span>
        <Progress value={share(progress)} label={t("data.importing", { name: progress.name })} />
        <Button small onClick={cancelImport}>
          {t("data.import_cancel")}
        </Button>
      </div>
    );
  if (failure === null) return null;
  return (
    <div className="notice bad-notice import-failure" role="alert">
      <Icon name="error" />
      <div>
        <b>{t("data.import_failed", { name: failure.name })}</b>
        <p>
          {errorText(errorData(failure.error), language)} {t("data.import_failed_note")}
        </p>
        <div className="row">
          <FileButton primary={false} words={t("data.import_other_file")} />
          {failure.again && ENCODING_ERRORS.includes(errorData(failure.error).code) && <EncodingChoice encoding={null} />}
          <Button onClick={forgetFailure}>{t("common.close")}</Button>
        </div>
      </div>
    </div>
  );
}
