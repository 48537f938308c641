/** The button that trains, and the menu beside it: another run for the queue, folds, seeds, bags, sweeps, and going on from a run. */
import { useRuns } from "../state/runs.ts";
import { openDialog } from "../state/view.ts";
import { severalPlan } from "../sweeps/several-plan.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { Menu, type MenuEntry } from "../ui/Menu.tsx";
import { useText } from "../ui/texts.ts";
import { train, trainGroup } from "./acts.ts";
import { stepBatch } from "./step-acts.ts";

const FOLDS = [5, 10];
const SEEDS = [5, 10];
const BAGS = [10];

export function TrainMenu() {
  const t = useText();
  const live = useRuns((state) => state.runs.some((run) => run.status !== "queued" && state.live.has(run.id)));
  const entries: MenuEntry[] = [
    { label: live ? t("train.queue") : t("shell.train"), act: "train", onSelect: train },
    ...(live ? [] : [{ label: t("train.by_steps"), act: "stepBatch" as const, onSelect: stepBatch }]),
    "line",
    ...FOLDS.map((count) => ({ label: t("train.folds", { count }), onSelect: () => trainGroup(severalPlan("folds", count)) })),
    ...SEEDS.map((count) => ({ label: t("train.seeds", { count }), onSelect: () => trainGroup(severalPlan("seeds", count)) })),
    ...BAGS.map((count) => ({ label: t("train.bags", { count }), onSelect: () => trainGroup(severalPlan("ensemble", count)) })),
    { label: t("train.several"), onSelect: () => openDialog({ name: "several" }) },
    { label: t("train.sweep"), onSelect: () => openDialog({ name: "sweep" }) },
    "line",
    { label: t("train.continue"), onSelect: () => openDialog({ name: "continue", runId: null }) },
  ];
  return (
    <span className="button-pair train-pair">
      <Button look="primary" act="train" onClick={train}>
        {t("shell.train")}
      </Button>
      <Menu trigger={<IconButton look="primary" icon="chevronDown" label={t("train.more")} />} entries={entries} />
    </span>
  );
}
