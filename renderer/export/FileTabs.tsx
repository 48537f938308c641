/** The design out as a file, and models and designs in. */
import { useRef } from "react";
import { AppError, errorData } from "../../core/errors.ts";
import { saveDesign } from "../shell/acts.ts";
import { importModelFile } from "../start/project-file.ts";
import { modelAmong } from "../start/projects.ts";
import { useDocument } from "../state/document.ts";
import { closeDialog } from "../state/view.ts";
import { Button } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { Icon } from "../ui/Icon.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { PictureButtons } from "./PictureButtons.tsx";
import { useWork } from "./use-work.ts";

export function DesignTab() {
  const t = useText();
  const { work, start } = useWork<void>();
  const hasProject = useDocument((state) => state.project !== null);
  return (
    <>
      <p className="muted">{t("export.design_text")}</p>
      <Button look="primary" icon="export" disabled={!hasProject || work.state === "busy"} onClick={() => start(saveDesign)}>
        {t("export.design_button")}
      </Button>
      {work.state === "failed" && <Problem error={work.error} />}
      <PictureButtons />
    </>
  );
}

export function ImportTab() {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  const { work, start } = useWork<void>();
  return (
    <>
      <p className="muted">{t("export.import_text")}</p>
      <Button look="primary" icon="file" disabled={work.state === "busy"} onClick={() => input.current?.click()}>
        {t("export.import_button")}
      </Button>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        accept=".json,.bin,application/json"
        multiple
        aria-label={t("export.import_button")}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          if (files.length === 0) return;
          const model = modelAmong(files);
          if (model === null) return start(() => Promise.reject(new AppError("import.no_model_chosen")));
          start(() => importModelFile(model.file, model.parts).then(closeDialog));
        }}
      />
      {work.state === "failed" && <Problem error={work.error} />}
    </>
  );
}

function Problem({ error }: { error: unknown }) {
  const language = useLanguage();
  return (
    <p className="outcome bad" role="alert">
      <Icon name="error" />
      {errorText(errorData(error), language)}
    </p>
  );
}
