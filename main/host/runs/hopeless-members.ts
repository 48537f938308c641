/** Ends members of a sweep that fall behind at a rung of successive halving. What they had learnt is kept, as of any run that is stopped. */
import { AppError } from "../../../core/errors.ts";
import type { CurvePoint } from "../../../core/protocol/methods.ts";
import { type FellBehind, fellBehind, rungs } from "../../../core/sweeps/halving.ts";
import type { SweepPlan } from "../../../core/sweeps/plan.ts";
import type { Store } from "../../store/store.ts";

/** More than any curve has epochs: rungs are looked up by epoch, so none may be left out. */
const ALL_POINTS = 100_000;

interface Followed {
  readonly plan: SweepPlan;
  readonly rungs: readonly number[];
  /** Figures by epoch of the rung, then by run; smaller is better. */
  readonly figures: Map<number, Map<string, number | null>>;
}

export class HopelessMembers {
  private readonly store: Store;
  private readonly stop: (runId: string, why: AppError) => void;
  private readonly groups = new Map<string, Followed>();
  /** Group of each run; null for runs without one that is halved. */
  private readonly groupOf = new Map<string, string | null>();

  constructor(store: Store, stop: (runId: string, why: AppError) => void) {
    this.store = store;
    this.stop = stop;
  }

  look(runId: string, points: readonly CurvePoint[]): void {
    const followed = this.followed(runId);
    if (followed === null) return;
    const { plan, rungs: epochs, figures } = followed;
    for (const { name, epoch, value } of points) {
      if (name !== plan.monitor || !epochs.includes(epoch)) continue;
      const at = figures.get(epoch) ?? new Map<string, number | null>();
      figures.set(epoch, at);
      const others = [...at.entries()].filter(([id]) => id !== runId).map(([, figure]) => figure);
      const own = value === null ? null : plan.better === "low" ? value : -value;
      at.set(runId, own);
      const behind = fellBehind(own, others, plan.halving?.factor ?? 2);
      if (behind !== null) this.stop(runId, whyEnded(plan, epoch, behind));
    }
  }

  private followed(runId: string): Followed | null {
    let id = this.groupOf.get(runId);
    if (id === undefined) {
      id = this.halvedGroupOf(runId);
      this.groupOf.set(runId, id);
    }
    if (id === null) return null;
    const known = this.groups.get(id);
    if (known !== undefined) return known;
    const made = this.read(id, runId);
    this.groups.set(id, made);
    return made;
  }

  private halvedGroupOf(runId: string): string | null {
    const { group_id: id } = this.store.getRun(runId);
    if (id === null) return null;
    const { plan } = this.store.getGroup(id);
    return plan.kind === "sweep" && plan.halving !== null ? id : null;
  }

  /** What members of before a restart reached at the rungs stands in their curves. */
  private read(id: string, runId: string): Followed {
    const { plan } = this.store.getGroup(id);
    if (plan.kind !== "sweep" || plan.halving === null) throw new Error("the group is not halved");
    const members = this.store.groupRuns(id);
    const epochs = rungs(plan.halving, Math.max(...members.map((run) => run.epochs)));
    const figures = new Map(epochs.map((epoch) => [epoch, new Map<string, number | null>()]));
    for (const run of members) {
      if (run.id === runId || run.step === 0) continue;
      const curve = this.store.readCurves(run.id, ALL_POINTS).find(({ name }) => name === plan.monitor);
      curve?.epoch.forEach((epoch, place) => {
        const value = curve.y[place] ?? null;
        figures.get(epoch)?.set(run.id, value === null ? null : plan.better === "low" ? value : -value);
      });
    }
    return { plan, rungs: epochs, figures };
  }
}

const DIGITS = 4;

function whyEnded({ monitor, better }: SweepPlan, epoch: number, { own, last, kept, all }: FellBehind): AppError {
  const shown = (value: number): number => Number((better === "low" ? value : -value).toPrecision(DIGITS));
  if (own === null || last === null) return new AppError("run.ended_not_a_number", { epoch, monitor });
  return new AppError("run.fell_behind", { epoch, monitor, own: shown(own), last: shown(last), kept, all });
}
