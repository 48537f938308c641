/** Chooses a trained run of the open project; the best of each data set says so, and by which figure. */
import type { Run } from "../../core/protocol/methods.ts";
import { figureTitle } from "../training/chart-words.ts";
import { Field, Select } from "../ui/Field.tsx";
import { formatFigure } from "../ui/format.ts";
import { type Translate, useText } from "../ui/texts.ts";
import { bestRuns, rankingFigure } from "./best-run.ts";

function runLabel(run: Run, best: boolean, several: boolean, t: Translate): string {
  const figure = rankingFigure(run);
  const label =
    figure === null
      ? run.name
      : t("export.run_label", { name: run.name, figure: figureTitle(figure.name, t), value: formatFigure(figure.value) });
  // Of one data set that goes without saying.
  return !best ? label : several ? t("export.best_of", { label, data: run.dataset_name }) : t("export.best", { label });
}

export function RunSelect({ runs, value, onChange }: { runs: readonly Run[]; value: string; onChange: (id: string) => void }) {
  const t = useText();
  const best = bestRuns(runs);
  return (
    <Field label={t("export.run")}>
      {(control) => (
        <Select
          {...control}
          value={value}
          options={runs.map((run) => ({ value: run.id, label: runLabel(run, best.includes(run), best.length > 1, t) }))}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
