/** Tags and notes of a run, changed in place: saved when the field is left. */
import { useId, useState } from "react";
import type { Run } from "../../core/protocol/methods.ts";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useText } from "../ui/texts.ts";
import { typedKey } from "../ui/typed-key.ts";
import { updateRun } from "./run-acts.ts";

const LONGEST_TAG = 64;
const MOST_TAGS = 64;

export function RunNotes({ run }: { run: Run }) {
  const t = useText();
  return (
    <div className="run-notes">
      <Tags run={run} />
      <Field label={t("runs.notes")}>
        {(control) => (
          <textarea
            key={run.notes}
            {...control}
            className="input"
            rows={4}
            maxLength={100_000}
            placeholder={t("runs.notes_help")}
            defaultValue={run.notes}
            onBlur={(event) => {
              if (event.currentTarget.value !== run.notes) updateRun({ id: run.id, notes: event.currentTarget.value });
            }}
          />
        )}
      </Field>
    </div>
  );
}

function Tags({ run }: { run: Run }) {
  const t = useText();
  const id = useId();
  const [draft, setDraft] = useState("");
  const add = (): void => {
    const tag = draft.trim();
    setDraft("");
    if (tag !== "" && !run.tags.includes(tag) && run.tags.length < MOST_TAGS) updateRun({ id: run.id, tags: [...run.tags, tag] });
  };
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{t("runs.tags")}</label>
      </div>
      <div className="tag-list">
        {run.tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
            <button
              type="button"
              aria-label={t("runs.remove_tag", { tag })}
              onClick={() => updateRun({ id: run.id, tags: run.tags.filter((other) => other !== tag) })}
            >
              <Icon name="close" size={10} />
            </button>
          </span>
        ))}
        <input
          id={id}
          className="input"
          maxLength={LONGEST_TAG}
          placeholder={t("runs.add_tag")}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (["Enter", ","].includes(typedKey(event))) {
              event.preventDefault();
              add();
            }
          }}
        />
      </div>
    </div>
  );
}
