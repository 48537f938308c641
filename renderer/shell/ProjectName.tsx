/** The project's name in the top bar: click to change it. Beside it, whether everything is saved. */
import { useState } from "react";
import { saveNow, useDocument } from "../state/document.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useText } from "../ui/texts.ts";
import { typedKey } from "../ui/typed-key.ts";
import { renameProject } from "./acts.ts";

export function ProjectName() {
  const t = useText();
  const name = useDocument((state) => state.project?.name ?? "");
  const [draft, setDraft] = useState<string | null>(null);
  const finish = (keep: boolean): void => {
    if (keep && draft !== null) renameProject(draft);
    setDraft(null);
  };
  return (
    <>
      {draft === null ? (
        <button
          type="button"
          className="crumb current clip"
          aria-label={t("shell.rename_project", { name })}
          title={name}
          onClick={() => setDraft(name)}
        >
          {name}
        </button>
      ) : (
        <input
          className="input crumb-input"
          aria-label={t("shell.project_name")}
          maxLength={200}
          value={draft}
          // The person has just clicked the name in order to type.
          ref={(element) => element?.focus()}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => finish(true)}
          onKeyDown={(event) => {
            if (typedKey(event) === "Enter") finish(true);
            if (typedKey(event) === "Escape") finish(false);
          }}
        />
      )}
      <SaveMark />
    </>
  );
}

function SaveMark() {
  const t = useText();
  const state = useDocument((document) => document.saveState);
  if (state === "failed")
    return (
      <span className="save-mark bad" role="alert">
        <Icon name="error" size={14} />
        {t("shell.save_failed")}
        <Button small onClick={() => saveNow().catch(report)}>
          {t("shell.save_again")}
        </Button>
      </span>
    );
  const words = { saved: t("shell.saved"), saving: t("shell.saving"), unsaved: t("shell.unsaved"), stale: t("shell.save_failed") }[state];
  return (
    <span className="save-mark" role="status" title={words}>
      {state === "saved" && <Icon name="check" size={12} />}
      <span>{words}</span>
    </span>
  );
}
