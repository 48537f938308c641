/** Everything a run was trained with, written out: the same rows as the comparison, of one run. */
import { useMemo } from "react";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { Run } from "../../core/protocol/methods.ts";
import { compareRuns } from "../compare/compare-runs.ts";
import { rowTitle, valueText } from "../compare/compare-words.ts";
import { useLanguage, useText } from "../ui/texts.ts";

const GROUPS = ["layers", "training", "data"] as const;

export function RunOptions({ run, design }: { run: Run; design: DesignDocument }) {
  const t = useText();
  const language = useLanguage();
  const rows = useMemo(() => compareRuns([design], [run]), [design, run]);
  const words = { t, language };
  return (
    <div className="run-options">
      {GROUPS.map((group) => (
        <section key={group}>
          <h3>{t(`compare.group.${group}`)}</h3>
          <dl>
            {rows
              .filter((row) => row.group === group)
              .map((row) => (
                <div key={row.key}>
                  <dt>{rowTitle(row, words)}</dt>
                  <dd className="number">{valueText(row, row.values[0], words)}</dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
