/**
 * What becomes of the members of a bagging group: their ensemble, made once they have ended, and its out-of-bag answers. The
 * ensemble is a run of its own beside the group, found again by its members.
 */
import { ensembleSchema } from "../../../core/ensembles/ensemble.ts";
import type { OutOfBag } from "../../../core/ensembles/out-of-bag.ts";
import { AppError } from "../../../core/errors.ts";
import type { HostHandlers } from "../../../core/protocol/host.ts";
import type { MethodOutput, Run, RunGroup } from "../../../core/protocol/methods.ts";
import type { BaggingPlan } from "../../../core/sweeps/plan.ts";
import type { PredictedRows } from "../../../core/train/predicted-rows.ts";
import { ensembleTexts } from "../../../resources/translations/app/ensembles.ts";
import { translate } from "../../../resources/translations/translate.ts";
import { answered, type StartTask } from "../../engine/task-handle.ts";
import type { Store } from "../../store/store.ts";
import { askParts } from "../evaluation/ask-parts.ts";
import { threadsOf } from "../evaluation/asked-design.ts";
import { CANCELLED, orCancelled, type RowsWatch, taskOptions } from "../evaluation/watched-questions.ts";
import type { TrainedModels } from "../exports/trained-model.ts";

type OutOfBagAnswer = MethodOutput<"groups.out_of_bag">;

/** What was asked of all members, told in figures, and each row of it. */
interface Asked {
  readonly answer: OutOfBagAnswer;
  readonly found: OutOfBag;
}

export interface BaggingSurroundings {
  readonly store: Store;
  readonly models: TrainedModels;
  readonly startTask: StartTask;
  readonly tablePath: (datasetId: string) => Promise<string>;
  readonly combine: HostHandlers["ensembles.create"];
}

export class Bagging {
  private readonly around: BaggingSurroundings;
  /** Ensembles that are being made, by group: who asks meanwhile gets the same. */
  private readonly making = new Map<string, Promise<Run>>();
  /** The last answer, with the members that it was of: asking every member again takes as long as it did. */
  private last: { readonly key: string; readonly asked: Promise<Asked> } | null = null;

  constructor(around: BaggingSurroundings) {
    this.around = around;
  }

  /** The ensemble of the members that have a model. @throws AppError run.no_bags, ensemble.* */
  async combine(group: RunGroup, taskId?: string): Promise<Run> {
    const { store } = this.around;
    const plan = planOf(group);
    const ids = trained(store, group).map(({ id }) => id);
    const known = store.projectEnsembles(group.project_id).find((run) => {
      const made = ensembleSchema.safeParse(run.group_options);
      return made.success && made.data.rule === plan.rule && made.data.members.join() === ids.join();
    });
    if (known !== undefined) return known;
    const under = this.making.get(group.id);
    if (under !== undefined) return under;
    // In the language of the window, as if somebody had clicked: the name stays with the run.
    const language = store.getSettings()["language"] === "zh" ? "zh" : "en";
    const rule = translate(ensembleTexts, language, `ensemble.short.${plan.rule}`);
    const name = translate(ensembleTexts, language, "ensemble.of_bags", { rule, count: ids.length });
    const making = this.around
      .combine({ ids, rule: plan.rule, name, ...(taskId === undefined ? {} : { task_id: taskId }) })
      .then(({ run }) => run)
      .finally(() => this.making.delete(group.id));
    this.making.set(group.id, making);
    return making;
  }

  /** Some member decides otherwise than when it was asked. */
  forget(): void {
    this.last = null;
  }

  /** @throws AppError run.no_bags, run.no_rows_out_of_bag, run.evaluation_cancelled, ensemble.*, data.* */
  async outOfBag(group: RunGroup, watch: RowsWatch): Promise<OutOfBagAnswer> {
    return (await this.asked(group, watch)).answer;
  }

  /**
   * As CSV: the row of the data (from 1), what is so, what the members say that did not draw it, and how many they are.
   * @returns rows written; of a sequence one a step @throws as outOfBag
   */
  async writeOutOfBag(group: RunGroup, path: string): Promise<number> {
    const { rows, judges } = (await this.asked(group, {})).found;
    const [first] = trained(this.around.store, group);
    const model = first === undefined ? null : await this.around.models.file(first.id);
    return answered(await this.around.startTask({ kind: "write_out_of_bag", rows, judges, model, out: path }), "written").rows;
  }

  /** Who asks while others wait for the same waits with them; what one of them cancels is asked again for the others. */
  private async asked(group: RunGroup, watch: RowsWatch): Promise<Asked> {
    const runs = trained(this.around.store, group);
    const key = JSON.stringify([group.id, runs.map(({ id, step, ended_at }) => [id, step, ended_at])]);
    for (;;) {
      const known = this.last?.key === key ? this.last : null;
      const last = known ?? { key, asked: this.ask(group, runs, watch) };
      this.last = last;
      try {
        return await orCancelled(last.asked, watch.signal);
      } catch (thrown) {
        const cancelled = thrown instanceof AppError && thrown.code === CANCELLED;
        const byOther = known !== null && cancelled && watch.signal?.aborted !== true;
        // Where it is only this question that ended, those who wait for the same still get it.
        if ((known === null || !cancelled || byOther) && this.last === last) this.last = null;
        if (!byOther) throw thrown;
      }
    }
  }

  private async ask(group: RunGroup, runs: readonly Run[], watch: RowsWatch): Promise<Asked> {
    const { rule } = planOf(group);
    const asked = await this.askMembers(runs, watch);
    const task = { kind: "out_of_bag", asked: asked.map(({ rows }) => rows), rule, names: runs.map(({ name }) => name) } as const;
    const answer = await this.around.startTask(task, taskOptions(watch));
    const { found } = answered(answer, "out_of_bag");
    if (found === null) throw new AppError("run.no_rows_out_of_bag", { name: group.name });
    const { rows, judges, measure, error, figures, memberErrors } = found;
    return {
      found,
      answer: {
        rule,
        measure,
        training_rows: (asked[0]?.drawn ?? 0) + (asked[0]?.left ?? 0),
        rows: new Set(rows.rowIds).size,
        judges: judges.reduce((sum, count) => sum + count, 0) / Math.max(1, judges.length),
        error,
        figures,
        members: runs.map(({ id, name }, k) => {
          const { drawn, left } = asked[k] as (typeof asked)[number];
          return { id, name, drawn, left, error: memberErrors[k] as number };
        }),
      },
    };
  }

  /** Members learn from one data set. @throws AppError run.no_dataset, run.no_rows_out_of_bag */
  private async askMembers(runs: readonly Run[], watch: RowsWatch): Promise<{ rows: PredictedRows; drawn: number; left: number }[]> {
    const { store, models, startTask, tablePath } = this.around;
    const datasetId = runs[0]?.dataset_id ?? null;
    if (datasetId === null) throw new AppError("run.no_dataset", { name: runs[0]?.name ?? "" });
    const questions = runs.map(({ id }) => ({
      model: () => models.file(id),
      design: store.runDesign(id),
      part: "out_of_bag" as const,
      nodeId: null,
    }));
    const parts = await askParts({ startTask, path: await tablePath(datasetId), threads: threadsOf(store) }, questions, watch);
    return parts.map(({ rows, bag }, k) => {
      if (rows === null || bag === null) throw new AppError("run.no_rows_out_of_bag", { name: runs[k]?.name ?? "" });
      return { rows, ...bag };
    });
  }
}

function planOf({ plan, name }: RunGroup): BaggingPlan {
  if (plan.kind !== "ensemble") throw new AppError("run.no_bags", { name });
  return plan;
}

/** Members in their order. @throws AppError run.no_bags */
function trained(store: Store, group: RunGroup): readonly Run[] {
  const runs = store.groupRuns(group.id).filter((run) => run.has_model && (run.status === "done" || run.status === "stopped"));
  if (runs.length < 2) throw new AppError("run.no_bags", { name: group.name });
  return runs;
}
