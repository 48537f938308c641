/** How often the chosen layers, or a group, are to stand in a row; where they cannot, why. */
import { useMemo, useState } from "react";
import { MOST_REPEATS } from "../../core/blocks/own-block.ts";
import { AppError } from "../../core/errors.ts";
import { wholeGroup } from "../../core/graph/groups.ts";
import { repeatCommand } from "../../core/graph/repeat-selection.ts";
import type { Schema } from "../../core/schema/fields.ts";
import { SchemaForm } from "../inspector/SchemaForm.tsx";
import { select, selectedNodes, useDocument } from "../state/document.ts";
import { closeDialog } from "../state/view.ts";
import { actWords } from "../ui/act-words.ts";
import { errorText } from "../ui/error-text.ts";
import { FormDialog } from "../ui/FormDialog.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { withFrames } from "./annotation-choice.ts";
import { attempt, newId, showPlaces } from "./edits.ts";
import { useEnteredGroup } from "./entered-group.ts";

const schema = { repeat: { kind: "int", default: 2, min: 2, max: MOST_REPEATS, nullable: false } } as const satisfies Schema;
/** More layers than these are counted in the title. */
const MOST_NAMED = 3;

export function RepeatDialog() {
  const t = useText();
  const language = useLanguage();
  const design = useDocument((state) => state.design);
  const inside = useEnteredGroup();
  const [nodes] = useState(() => selectedNodes());
  const [times, setTimes] = useState<unknown>(2);
  const ids = useMemo(() => nodes.map(({ id }) => id), [nodes]);
  const made = useMemo(() => {
    if (design === null || typeof times !== "number") return null;
    try {
      return repeatCommand(design, ids, times, newId, inside?.id ?? null);
    } catch (thrown) {
      if (thrown instanceof AppError) return thrown;
      throw thrown;
    }
  }, [design, inside?.id, ids, times]);
  const repeated = made === null || made instanceof AppError ? null : made;
  const repeat = (): void => {
    if (design === null || repeated === null) return;
    if (!attempt(() => withFrames(design, repeated.command), actWords("act.repeat", { times: Number(times) }))) return;
    const all = new Set(repeated.rows.flat());
    select([...all]);
    closeDialog();
    const places = (useDocument.getState().design?.graph.nodes ?? []).filter(({ id }) => all.has(id)).map(({ position }) => position);
    // The copies are drawn first.
    requestAnimationFrame(() => showPlaces(places));
  };
  const group = inside === null ? wholeGroup(design?.graph.groups ?? [], new Set(ids)) : undefined;
  return (
    <FormDialog
      title={
        group === undefined && nodes.length > MOST_NAMED
          ? t("repeat.title_many", { count: nodes.length })
          : t("repeat.title", { name: group?.name ?? nodes.map(({ name }) => name).join(", ") })
      }
      act={t("repeat.do", { count: ids.length * (Math.max(2, Number(times)) - 1) })}
      disabled={repeated === null}
      onSubmit={repeat}
      onClose={closeDialog}
    >
      <SchemaForm
        schema={schema}
        values={{ repeat: times }}
        words={{ repeat: { label: t("blocks.repeat"), help: t("blocks.repeat_help") } }}
        onChange={(_name, value) => setTimes(value)}
      />
      {made instanceof AppError ? (
        <p className="field-wrong" role="alert">
          {errorText(made, language)}
        </p>
      ) : (
        <p className="inspector-summary">{t("repeat.text")}</p>
      )}
    </FormDialog>
  );
}
