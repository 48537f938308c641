/** A library of ten thousand runs: how long its list takes from the disk to the first rows of the table, step by step. */
import { type ListedRun, runsMethods } from "../../core/protocol/contract/runs.ts";
import { newProject, newStore } from "../../main/store/testing/opened-store.ts";
import { sampleRun } from "../../main/store/testing/store-fixture.ts";
import { listRows } from "../../renderer/runs/group-rows.ts";
import { FIRST_PAGE, NEXT_PAGES } from "../../renderer/runs/list-pages.ts";
import { columnsFor, filterRuns, sortRuns } from "../../renderer/runs/run-columns.ts";
import { measured, type Section, timed } from "./measurement.ts";

export const RUNS = 10_000;
export const METRICS = Object.fromEntries(
  ["loss", "accuracy", "f1", "auc", "precision", "recall"].flatMap((name) => [
    [name, 0.5],
    [`val_${name}`, 0.25],
  ]),
);
/** In no order. */
export const valLoss = (number: number): number => (number * 7919) % RUNS;
const WORDS = { project: () => "project", status: () => "done" };
const NEWEST_FIRST = { column: { kind: "plain", name: "created" }, descending: true } as const;

export const runsSection: Section = {
  name: "runs",
  title: "Run table",
  about: `A library of ${RUNS.toLocaleString("en")} runs with twelve figures each: read from the store page by page, carried to the window as the entries carry it (JSON, checked against the contract on both sides), and sorted, filtered and laid out for the table. The table opens with the first page; the rest follows while it is already shown. The table itself draws the rows in view only, however many there are.`,
  measure: async ({ rounds, say }) => {
    using opened = await newStore();
    const { store } = opened;
    const project = newProject(store).id;
    for (let number = 0; number < RUNS; number += 1)
      store.updateRun(store.createRun(sampleRun(project)).id, {
        status: "done",
        metrics: { ...METRICS, val_loss: valLoss(number) },
      });
    const figures: Record<"opened" | "read" | "carried" | "laid", number[]> = { opened: [], read: [], carried: [], laid: [] };
    const output = runsMethods["runs.page"].output;
    let bytes = 0;
    for (let round = 1; round <= rounds; round += 1) {
      say(`runs: round ${round} of ${rounds}`);
      const runs: ListedRun[] = [];
      let [read, carried] = [0, 0];
      for (let limit = FIRST_PAGE; ; limit = NEXT_PAGES) {
        let page: ReturnType<typeof store.listPage> = { runs: [], total: 0 };
        read += await timed(() => {
          page = store.listPage(null, { after: runs.at(-1) ?? null, limit });
        });
        carried += await timed(() => {
          const text = JSON.stringify(output.parse(page));
          bytes = text.length / page.runs.length;
          page = output.parse(JSON.parse(text));
        });
        runs.push(...page.runs);
        if (limit === FIRST_PAGE)
          figures.opened.push(read + carried + (await timed(() => void listRows(sortRuns(runs, NEWEST_FIRST, WORDS), [], new Set()))));
        if (page.runs.length < limit) break;
      }
      figures.read.push(read);
      figures.carried.push(carried);
      figures.laid.push(
        await timed(() => {
          const rows = listRows(sortRuns(filterRuns(runs, "", WORDS), NEWEST_FIRST, WORDS), [], new Set());
          if (rows.length !== RUNS || columnsFor(runs, true).length < 12) throw new Error("rows are missing");
        }),
      );
    }
    const total = figures.read.map((read, round) => read + (figures.carried[round] ?? 0) + (figures.laid[round] ?? 0));
    const measurements = [
      measured("the first page, laid out", "ms", figures.opened, "asked: the table opens in under 300 ms"),
      measured("read from the store", "ms", figures.read),
      measured("carried to the window", "ms", figures.carried),
      measured("sorted and laid out", "ms", figures.laid),
      measured("the list in all", "ms", total, `${Math.round(bytes)} bytes a row carried`),
    ];
    return { measurements, missing: [] };
  },
};
