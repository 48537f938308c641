/** The canvas as a Python script for PyTorch or Keras: looked at here, saved through the host. */
import { useMemo, useState } from "react";
import { errorData } from "../../core/errors.ts";
import { CODE_TOOLS, type CodeTool, codeOfDesign } from "../../core/export/code/script.ts";
import type { DesignDocument } from "../../core/graph/document.ts";
import { useDocument } from "../state/document.ts";
import { host } from "../state/host.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { Field, Select } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Empty } from "../ui/States.tsx";
import { textNow, useLanguage, useText } from "../ui/texts.ts";
import { Outcome, saved, type Written } from "./Outcome.tsx";
import { useWork } from "./use-work.ts";

const LABELS: Readonly<Record<CodeTool, string>> = { pytorch: "PyTorch", keras: "Keras 3" };

async function exportCode(design: DesignDocument, tool: CodeTool, signal: AbortSignal): Promise<Written> {
  const t = textNow();
  const { download, file_name, line_count } = await host().call("exports.code", { design, tool });
  const written = {
    download,
    fileName: file_name,
    checked: null,
    savedText: t("export.saved_code", { name: file_name, count: formatCount(line_count) }),
  };
  return saved(written, signal);
}

/** The script, or why there is none: a layer that the tool has not, a shape that only prepared rows could tell. */
function scriptOf(design: DesignDocument, tool: CodeTool): { readonly text: string } | { readonly error: unknown } {
  try {
    return { text: codeOfDesign(design, tool) };
  } catch (error) {
    return { error };
  }
}

export function CodeTab() {
  const t = useText();
  const design = useDocument((state) => state.design);
  return design === null ? (
    <Empty icon="export" title={t("export.no_design")}>
      {t("export.no_design_text")}
    </Empty>
  ) : (
    <CodeOf design={design} />
  );
}

function CodeOf({ design }: { design: DesignDocument }) {
  const t = useText();
  const language = useLanguage();
  const [tool, setTool] = useState<CodeTool>("pytorch");
  const { work, start } = useWork<Written>();
  const script = useMemo(() => scriptOf(design, tool), [design, tool]);
  return (
    <>
      <p className="muted">{t("export.code_text")}</p>
      <Field label={t("export.format")}>
        {(control) => (
          <Select {...control} value={tool} options={CODE_TOOLS.map((value) => ({ value, label: LABELS[value] }))} onChange={setTool} />
        )}
      </Field>
      {"text" in script ? (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by key */}
          <section className="code-preview" tabIndex={0} aria-label={t("export.code_preview")}>
            <pre>{script.text}</pre>
          </section>
          <Button
            look="primary"
            icon="export"
            disabled={work.state === "busy"}
            onClick={() => start((signal) => exportCode(design, tool, signal))}
          >
            {t("export.code_button")}
          </Button>
        </>
      ) : (
        <p className="outcome bad" role="alert">
          <Icon name="error" />
          {errorText(errorData(script.error), language)}
        </p>
      )}
      <Outcome work={work} busy={t("export.working_code")} />
    </>
  );
}
