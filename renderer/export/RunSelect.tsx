/** Chooses a trained run of the open project; the best one is offered first and says so. */
import type { Run } from "../../core/protocol/methods.ts";
import { figureTitle } from "../training/chart-words.ts";
import { Field, Select } from "../ui/Field.tsx";
import { formatFigure } from "../ui/format.ts";
import { type Translate, useText } from "../ui/texts.ts";
import { bestRun, rankingFigure } from "./best-run.ts";

function runLabel(run: Run, best: boolean, t: Translate): string {
  const figure = rankingFigure(run);
  const label =
    figure === null
      ? run.name
      : t("export.run_label", { name: run.name, figure: figureTitle(figure.name, t), value: formatFigure(figure.value) });
  return best ? t("export.best", { label }) : label;
}

export function RunSelect({ runs, value, onChange }: { runs: readonly Run[]; value: string; onChange: (id: string) => void }) {
  const t = useText();
  const best = bestRun(runs);
  return (
    <Field label={t("export.run")}>
      {(control) => (
        <Select
          {...control}
          value={value}
          options={runs.map((run) => ({ value: run.id, label: runLabel(run, run === best, t) }))}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
