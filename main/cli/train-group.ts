/** neuroloom train --folds, --seeds, --bag: the same design trained several times as one group, with the mean and how far it varies, and of bags what they say together. */
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "../../core/protocol/methods.ts";
import type { GroupPlan } from "../../core/sweeps/plan.ts";
import { type Summary, summaryOf } from "../../core/sweeps/statistics.ts";
import type { OpenedHost } from "../host/host.ts";
import { EXIT, type Output, ProgressBar } from "./output.ts";
import { completeDesign, figures, loadData, projectFor, type TrainOptions, withHost, writeRun } from "./train.ts";
import { withVectors } from "./vectors.ts";
import { noteGroupVerdicts, verdictsOfMembers } from "./verdicts.ts";

const ENDED: ReadonlySet<Run["status"]> = new Set<Run["status"]>(["done", "stopped", "failed", "interrupted"]);

/** @returns the exit code: a member that failed makes the whole fail, after the others have ended */
export async function trainGroup(options: TrainOptions, plan: GroupPlan, output: Output): Promise<number> {
  return withHost(async (host) => {
    const profile = await loadData(host, options, output);
    const design = await withVectors(host, profile, await completeDesign(host, profile, options), options, output);
    const { group, runs } = await host.handlers["groups.start"]({
      project_id: await projectFor(host, design, profile.dataset.id),
      design,
      dataset_id: profile.dataset.id,
      plan,
      ...(options.threads === null ? {} : { threads: options.threads }),
    });
    const ended = await followAll(host, group.id, runs, output);
    const failed = ended.find((run) => run.status === "failed");
    if (failed?.error != null) {
      output.error(failed.error);
      return EXIT.inputAtFault;
    }
    const files = options.out === null ? [] : await writeGroup(host, group.id, plan, ended, options.out);
    const metrics = summaries(ended);
    const verdicts = await verdictsOfMembers(host, group.id, ended, nameOf);
    noteGroupVerdicts(verdicts, ended.length, output);
    const bagged = plan.kind === "ensemble" ? await combinedBags(host, group.id) : null;
    const lines = Object.entries(metrics).map(([name, found]) => `${name} ${spread(found)}`);
    output.result(
      {
        event: "done",
        group_id: group.id,
        status: ended.every((run) => run.status === "done") ? "done" : "stopped",
        metrics,
        verdicts,
        ...bagged?.data,
        files,
      },
      `${ended.length} runs: mean ± deviation (95 % of the mean)\n${[...lines, ...(bagged?.lines ?? []), `group ${group.id}`, ...files].join("\n")}`,
    );
    return EXIT.ok;
  });
}

/** The ensemble of the bags, what it gains, and the answers of each row's members that did not draw it. */
async function combinedBags(host: OpenedHost, id: string): Promise<{ readonly data: Record<string, unknown>; readonly lines: string[] }> {
  const { run } = await host.handlers["groups.combine"]({ id });
  const described = await host.handlers["ensembles.describe"]({ id: run.id, part: "validation" });
  const outside = await host.handlers["groups.out_of_bag"]({ id });
  const share = (value: number): string =>
    outside.measure === "wrong" ? `${(value * 100).toFixed(2)} % wrong` : `mean error ${value.toPrecision(5)}`;
  const { rows, training_rows, judges, error, figures: found } = outside;
  return {
    data: {
      ensemble: {
        run_id: run.id,
        rule: described.rule,
        metrics: run.metrics,
        error: described.error,
        gain: described.gain,
        p: described.p,
      },
      out_of_bag: { rows, training_rows, judges, error, figures: found },
    },
    lines: [
      `ensemble (${described.rule}), run ${run.id}: ${figures(run.metrics)}`,
      `held-out rows: ${share(described.error)}; the best member: ${share(described.error + described.gain)}`,
      `out of bag: ${share(error)}; ${rows} of ${training_rows} training rows, each answered by ${judges.toFixed(1)} members`,
    ],
  };
}

const spread = ({ mean, deviation, margin }: Summary): string =>
  `${mean.toPrecision(5)}${deviation === null ? "" : ` ± ${deviation.toPrecision(2)}`}${margin === null ? "" : ` (± ${margin.toPrecision(2)})`}`;

/** Figures that every member has. */
function summaries(runs: readonly Run[]): Record<string, Summary> {
  const names = Object.keys(runs[0]?.metrics ?? {});
  return Object.fromEntries(
    names.flatMap((name) => {
      const values = runs.map((run) => run.metrics[name]).filter((value) => typeof value === "number");
      const found = values.length === runs.length ? summaryOf(values) : null;
      return found === null ? [] : [[name, found]];
    }),
  );
}

/** Prints each member as it ends. Ctrl+C stops the group and keeps what was trained; a second one leaves at once. */
function followAll(host: OpenedHost, groupId: string, runs: readonly Run[], output: Output): Promise<readonly Run[]> {
  return new Promise((resolve, reject) => {
    const bar = new ProgressBar();
    const ended = new Map<string, Run>();
    const interrupt = (): void => {
      process.once("SIGINT", () => process.exit(EXIT.interrupted));
      void host.handlers["groups.stop"]({ id: groupId }).catch(reject);
    };
    process.once("SIGINT", interrupt);
    const seen = (run: Run): void => {
      if (run.status === "running") bar.show((ended.size + run.epoch / run.epochs) / runs.length, `${nameOf(run)}, epoch ${run.epoch}`);
      if (!ENDED.has(run.status) || ended.has(run.id)) return;
      ended.set(run.id, run);
      bar.clear();
      output.result(
        {
          event: "member",
          ...run.group_options,
          run_id: run.id,
          status: run.status,
          epochs: run.epoch,
          metrics: run.metrics,
          seconds: run.seconds,
        },
        `${nameOf(run)}: ${run.status} after ${run.epoch} epochs, ${run.seconds.toFixed(1)} s: ${figures(run.metrics)}`,
      );
      if (ended.size < runs.length) return;
      stopListening();
      process.removeListener("SIGINT", interrupt);
      resolve(runs.map(({ id }) => ended.get(id) as Run));
    };
    const stopListening = host.onEvent((event, payload) => {
      if (event === "run.changed" && "run" in payload && payload.run.group_id === groupId) seen(payload.run);
    });
    // What ended before anybody listened.
    host.handlers["groups.get"]({ id: groupId }).then(({ runs: now }) => now.forEach(seen), reject);
  });
}

function nameOf(run: Run): string {
  const { fold, bag, seed } = run.group_options ?? {};
  if (typeof bag === "number") return `bag ${bag + 1}`;
  return typeof fold === "number" ? `fold ${fold + 1}` : `seed ${String(seed)}`;
}

/** What the members say of rows that they did not train on. */
const TABLES: {
  readonly [K in GroupPlan["kind"]]?: { readonly method: "groups.out_of_fold" | "groups.out_of_bag_table"; readonly file: string };
} = {
  folds: { method: "groups.out_of_fold", file: "out-of-fold.csv" },
  ensemble: { method: "groups.out_of_bag_table", file: "out-of-bag.csv" },
};

/** DIR/fold-1/model.json … and, of folds and bags, DIR/out-of-fold.csv or DIR/out-of-bag.csv. */
async function writeGroup(host: OpenedHost, groupId: string, plan: GroupPlan, runs: readonly Run[], folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  for (const run of runs) files.push(await writeRun(host, run, join(folder, nameOf(run).replace(" ", "-"))));
  const table = TABLES[plan.kind];
  if (table === undefined) return files;
  const { download } = await host.handlers[table.method]({ id: groupId });
  const path = join(folder, table.file);
  copyFileSync(host.downloads.resolve(download)?.path ?? "", path);
  return [...files, path];
}
