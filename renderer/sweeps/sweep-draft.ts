/** The sweep that is being put together: kept while the dialog is closed, so that options can be added one by one from the inspector. */
import { create } from "zustand";
import type { Dimension, SweepPlan, Target } from "../../core/sweeps/plan.ts";
import { factsOf, useDataset } from "../state/dataset.ts";
import { useDocument } from "../state/document.ts";
import { useSession } from "../state/session.ts";
import { openDialog } from "../state/view.ts";
import { textNow } from "../ui/texts.ts";
import { proposedDimension, sameTarget, sweepOptions } from "./sweep-options.ts";

export interface SweepDraft extends Omit<SweepPlan, "kind" | "seeds" | "halving"> {
  readonly projectId: string | null;
  readonly seedCount: number;
  readonly halvingOn: boolean;
  readonly first: number;
  readonly factor: number;
}

const EMPTY: SweepDraft = {
  projectId: null,
  dimensions: [],
  method: "tpe",
  trials: 20,
  seedCount: 1,
  monitor: "val_loss",
  better: "low",
  seed: 0,
  halvingOn: false,
  first: 2,
  factor: 3,
};

export const useSweepDraft = create<SweepDraft>()(() => EMPTY);

/** Another project has other layers: its sweep begins anew. */
export function openDraft(): void {
  const projectId = useDocument.getState().project?.id ?? null;
  if (useSweepDraft.getState().projectId !== projectId) useSweepDraft.setState({ ...EMPTY, projectId });
}

export function addDimension(dimension: Dimension): void {
  useSweepDraft.setState(({ dimensions }) => ({
    dimensions: dimensions.some(({ target }) => sameTarget(target, dimension.target)) ? dimensions : [...dimensions, dimension],
  }));
}

/** Those that are not in it yet. */
export function addDimensions(all: readonly Dimension[]): void {
  for (const dimension of all) addDimension(dimension);
}

export function changeDimension(place: number, dimension: Dimension | null): void {
  useSweepDraft.setState(({ dimensions }) => ({
    dimensions: dimensions.flatMap((old, k) => (k !== place ? [old] : dimension === null ? [] : [dimension])),
  }));
}

/** "Sweep this" of the inspector: the option is in the sweep, and the dialog shows it. */
export function sweepThis(target: Target): void {
  const { design } = useDocument.getState();
  if (design === null) return;
  openDraft();
  const option = sweepOptions(design, useSession.getState().language, textNow()).find((one) => sameTarget(one.target, target));
  const { profile } = useDataset.getState();
  if (option !== undefined) addDimension(proposedDimension(option, design, profile === null ? null : factsOf(profile)));
  openDialog({ name: "sweep" });
}

export function planOf(draft: SweepDraft, firstSeed: number): SweepPlan {
  const { projectId: _project, seedCount, halvingOn, first, factor, ...rest } = draft;
  return {
    ...rest,
    kind: "sweep",
    dimensions: [...rest.dimensions],
    trials: rest.method === "grid" ? 2000 : rest.trials,
    seeds: Array.from({ length: seedCount }, (_, k) => firstSeed + k),
    halving: halvingOn ? { first, factor } : null,
  };
}
