/** Chooses runs of the open project for the comparison: a menu that stays short; all runs are one entry away. */
import { isArchived } from "../runs/run-columns.ts";
import { statusWord } from "../runs/run-status.ts";
import { useRuns } from "../state/runs.ts";
import { showScreen, useView } from "../state/view.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { Menu, type MenuEntry } from "../ui/Menu.tsx";
import { useText } from "../ui/texts.ts";
import { toggleCompared } from "./compared.ts";

const MOST_LISTED = 20;

export function RunPicker({ compact = false }: { compact?: boolean }) {
  const t = useText();
  const runs = useRuns((state) => state.runs);
  const compared = useView((state) => state.comparedRuns);
  const entries: readonly MenuEntry[] = [
    ...runs
      .filter((run) => !isArchived(run) || compared.includes(run.id))
      .slice(0, MOST_LISTED)
      .map((run) => ({
        label: `${run.name} · ${statusWord(run, t)}`,
        checked: compared.includes(run.id),
        onSelect: () => toggleCompared(run.id),
      })),
    "line" as const,
    { label: t("compare.to_runs"), onSelect: () => showScreen("runs") },
  ];
  const trigger = compact ? <IconButton small icon="add" label={t("compare.choose")} /> : <Button small>{t("compare.choose")}</Button>;
  return <Menu trigger={trigger} entries={entries} />;
}
