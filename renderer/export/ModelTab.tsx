/** The trained model as a file: the host writes it, reads it back and compares before it is given out. */
import { useState } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { Button } from "../ui/Button.tsx";
import { Field, Select, SwitchField } from "../ui/Field.tsx";
import { formatBytes, formatCount, formatFigure } from "../ui/format.ts";
import { textNow, useText } from "../ui/texts.ts";
import { Outcome, saved, type Written } from "./Outcome.tsx";
import { useWork } from "./use-work.ts";

async function exportModel(run: Run, plainArrays: boolean, signal: AbortSignal): Promise<Written> {
  const t = textNow();
  const answer = await host().call("exports.model", { run_id: run.id, format: "json", plain_arrays: plainArrays });
  const written = {
    download: answer.download,
    fileName: answer.file_name,
    checked: [
      t("export.checked", { rows: formatCount(answer.compared_rows), difference: formatFigure(answer.largest_difference) }),
      ...(answer.excluded_rows + answer.relabelled_rows === 0
        ? []
        : [t("export.rows_chosen", { excluded: formatCount(answer.excluded_rows), relabelled: formatCount(answer.relabelled_rows) })]),
    ].join(" "),
    savedText: t("export.saved", { name: answer.file_name, size: formatBytes(answer.size_bytes) }),
  };
  return saved(written, signal);
}

export function ModelTab({ run }: { run: Run }) {
  const t = useText();
  const [plainArrays, setPlainArrays] = useState(false);
  const { work, start } = useWork<Written>();
  return (
    <>
      <p className="muted">{t("export.model_text")}</p>
      <Field label={t("export.format")}>
        {(control) => (
          <Select {...control} value="json" options={[{ value: "json", label: t("export.format_json") }]} onChange={() => undefined} />
        )}
      </Field>
      <SwitchField label={t("export.plain_arrays")} checked={plainArrays} onChange={setPlainArrays} help={t("export.plain_arrays_help")} />
      <Button
        look="primary"
        icon="export"
        disabled={work.state === "busy"}
        onClick={() => start((signal) => exportModel(run, plainArrays, signal))}
      >
        {t("export.model_button")}
      </Button>
      <Outcome work={work} busy={t("export.working")} />
    </>
  );
}
