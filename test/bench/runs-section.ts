/** A library of ten thousand runs: how long its list takes from the disk to the first rows of the table, step by step. */
import { runsMethods } from "../../core/protocol/contract/runs.ts";
import { newProject, newStore } from "../../main/store/testing/opened-store.ts";
import { sampleRun } from "../../main/store/testing/store-fixture.ts";
import { listRows } from "../../renderer/runs/group-rows.ts";
import { columnsFor, filterRuns, sortRuns } from "../../renderer/runs/run-columns.ts";
import { measured, type Section, timed } from "./measurement.ts";

const RUNS = 10_000;
const WORDS = { project: () => "project", status: () => "done" };
const NEWEST_FIRST = { column: { kind: "plain", name: "created" }, descending: true } as const;

export const runsSection: Section = {
  name: "runs",
  title: "Run table",
  about: `A library of ${RUNS.toLocaleString("en")} runs with twelve figures each: read from the store, carried to the window as the entries carry it (JSON, checked against the contract), and sorted, filtered and laid out for the table. The table itself draws the rows in view only, however many there are.`,
  measure: async ({ rounds, say }) => {
    using opened = await newStore();
    const { store } = opened;
    const project = newProject(store).id;
    const metrics = Object.fromEntries(
      ["loss", "accuracy", "f1", "auc", "precision", "recall"].flatMap((name) => [
        [name, 0.5],
        [`val_${name}`, 0.25],
      ]),
    );
    for (let number = 0; number < RUNS; number += 1)
      store.updateRun(store.createRun(sampleRun(project)).id, {
        status: "done",
        metrics: { ...metrics, val_loss: (number * 7919) % RUNS },
      });
    const figures: Record<"read" | "carried" | "laid", number[]> = { read: [], carried: [], laid: [] };
    const output = runsMethods["runs.list"].output;
    for (let round = 1; round <= rounds; round += 1) {
      say(`runs: round ${round} of ${rounds}`);
      let runs: ReturnType<typeof store.listRuns> = [];
      figures.read.push(
        await timed(() => {
          runs = store.listRuns(null);
        }),
      );
      figures.carried.push(
        await timed(() => {
          runs = output.parse(JSON.parse(JSON.stringify({ runs }))).runs;
        }),
      );
      figures.laid.push(
        await timed(() => {
          const rows = listRows(sortRuns(filterRuns(runs, "", WORDS), NEWEST_FIRST, WORDS), [], new Set());
          if (rows.length !== RUNS || columnsFor(runs, true).length < 12) throw new Error("rows are missing");
        }),
      );
    }
    const total = figures.read.map((read, round) => read + (figures.carried[round] ?? 0) + (figures.laid[round] ?? 0));
    const measurements = [
      measured("read from the store", "ms", figures.read),
      measured("carried to the window", "ms", figures.carried),
      measured("sorted and laid out", "ms", figures.laid),
      measured("the list in all", "ms", total, "asked: the table opens in under 300 ms"),
    ];
    return { measurements, missing: [] };
  },
};
