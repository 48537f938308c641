/** Which texts mean "missing" in the chosen columns: the usual ones, empty cells only, or texts of one's own. */
import { useState } from "react";
import type { ColumnDocument } from "../../core/graph/document.ts";
import { actWords } from "../ui/act-words.ts";
import { Field } from "../ui/Field.tsx";
import { useText } from "../ui/texts.ts";
import { changeData, columnWords } from "./acts.ts";
import { ChoiceOfMany } from "./ChoiceOfMany.tsx";
import { withMissingTokens } from "./columns.ts";

const KINDS = ["usual", "empty", "own"] as const;
type Kind = (typeof KINDS)[number];

function kindOf({ missing_tokens }: ColumnDocument): Kind {
  if (missing_tokens === undefined) return "usual";
  return missing_tokens.some((token) => token !== "") ? "own" : "empty";
}

function setTokens(chosen: readonly ColumnDocument[], tokens: readonly string[] | null): void {
  const names = chosen.map(({ name }) => name);
  const merge = `data:tokens:${names.length}:${names[0] ?? ""}`;
  changeData(actWords("data.act_tokens", { columns: columnWords(names) }), (data) => withMissingTokens(data, names, tokens), merge);
}

export function MissingTokens({ chosen }: { chosen: readonly ColumnDocument[] }) {
  const t = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const kinds = chosen.map(kindOf);
  const own = chosen.find((column) => kindOf(column) === "own")?.missing_tokens ?? [];
  return (
    <>
      <Field label={t("data.tokens")}>
        {(control) => (
          <ChoiceOfMany
            {...control}
            values={kinds}
            options={KINDS.map((value) => ({ value, label: t(`data.tokens.${value}`) }))}
            onChange={(kind) => setTokens(chosen, kind === "usual" ? null : kind === "empty" ? [] : ["NA", "?"])}
          />
        )}
      </Field>
      {kinds.includes("own") && (
        <Field label={t("data.tokens_list")}>
          {(control) => (
            <input
              {...control}
              className="input"
              value={draft ?? own.join(", ")}
              onChange={(event) => {
                setDraft(event.target.value);
                const tokens = event.target.value
                  .split(",")
                  .map((token) => token.trim())
                  .filter((token) => token !== "");
                if (tokens.length > 0) setTokens(chosen, tokens);
              }}
              onBlur={() => setDraft(null)}
            />
          )}
        </Field>
      )}
    </>
  );
}
