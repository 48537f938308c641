/** A library of ten thousand runs: how long its list takes from the disk to the first rows of the table, step by step. */
import { readFileSync } from "node:fs";
import type { DesignDocument } from "../../core/graph/document.ts";
import { readDesign } from "../../core/graph/migrate.ts";
import { type ListedRun, runsMethods } from "../../core/protocol/contract/runs.ts";
import { optionsOfRuns } from "../../main/host/runs/run-options.ts";
import type { Store } from "../../main/store/store.ts";
import { newProject, newStore } from "../../main/store/testing/opened-store.ts";
import { sampleDesign, sampleRun } from "../../main/store/testing/store-fixture.ts";
import { listRows } from "../../renderer/runs/group-rows.ts";
import { FIRST_PAGE, NEXT_PAGES, OPTIONS_PAGE } from "../../renderer/runs/list-pages.ts";
import { KnownOptions } from "../../renderer/runs/options/known-options.ts";
import { differingOptions, filteredOptions, optionValue } from "../../renderer/runs/options/option-columns.ts";
import { columnsFor, filterRuns, sortRuns } from "../../renderer/runs/run-columns.ts";
import { translators } from "../../renderer/ui/translators.ts";
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

/** Each its own, as the seeds of a group make them; one of three networks. */
function designOf(number: number): DesignDocument {
  const design = NETWORKS[number % NETWORKS.length] ?? sampleDesign("trained");
  return { ...design, train: { ...design.train, seed: number, optimizer: { type: "adam", learning_rate: 0.1 / ((number % 7) + 1) } } };
}
const NETWORKS = ["digits", "mnist-convolution", "house-prices"].map((name) =>
  readDesign(readFileSync(new URL(`../../resources/templates/${name}.json`, import.meta.url), "utf8")),
);

export const runsSection: Section = {
  name: "runs",
  title: "Run table",
  about: `A library of ${RUNS.toLocaleString("en")} runs with twelve figures and a design of their own each: read from the store page by page, carried to the window as the entries carry it (JSON, checked against the contract on both sides), and sorted, filtered and laid out for the table. The table opens with the first page; the rest follows while it is already shown. The table itself draws the rows in view only, however many there are.`,
  measure: async ({ rounds, say }) => {
    using opened = await newStore();
    const { store } = opened;
    const project = newProject(store).id;
    for (let number = 0; number < RUNS; number += 1)
      store.updateRun(store.createRun(sampleRun(project, { design: designOf(number) })).id, {
        status: "done",
        metrics: { ...METRICS, val_loss: valLoss(number) },
      });
    const figures: Record<"opened" | "read" | "carried" | "laid", number[]> = { opened: [], read: [], carried: [], laid: [] };
    const ofOptions: OptionFigures = { read: [], longest: [], listed: [], sorted: [] };
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
      await measureOptions(store, runs, ofOptions);
    }
    const total = figures.read.map((read, round) => read + (figures.carried[round] ?? 0) + (figures.laid[round] ?? 0));
    const measurements = [
      measured("the first page, laid out", "ms", figures.opened, "asked: the table opens in under 300 ms"),
      measured("read from the store", "ms", figures.read),
      measured("carried to the window", "ms", figures.carried),
      measured("sorted and laid out", "ms", figures.laid),
      measured("the list in all", "ms", total, `${Math.round(bytes)} bytes a row carried`),
      measured(
        "options: of all runs read and carried",
        "ms",
        ofOptions.read,
        "once, behind the table, when one is a column or filtered by",
      ),
      measured("options: the longest turn of the host", "ms", ofOptions.longest, `a page of ${OPTIONS_PAGE} runs`),
      measured("options: those in which the runs differ", "ms", ofOptions.listed),
      measured("options: filtered by one, sorted by another", "ms", ofOptions.sorted),
    ];
    return { measurements, missing: [] };
  },
};

type OptionFigures = Record<"read" | "longest" | "listed" | "sorted", number[]>;

/** Options as columns: all designs of the library written out, carried, compared, filtered and sorted by. */
async function measureOptions(store: Store, runs: readonly ListedRun[], figures: OptionFigures): Promise<void> {
  const { output } = runsMethods["runs.options"];
  const known = new KnownOptions();
  let [read, longest] = [0, 0];
  for (let from = 0; from < runs.length; from += OPTIONS_PAGE) {
    const page = runs.slice(from, from + OPTIONS_PAGE);
    let text = "";
    const turn = await timed(() => {
      text = JSON.stringify(output.parse(optionsOfRuns(store.runDesigns(page.map(({ id }) => id)))));
    });
    longest = Math.max(longest, turn);
    read += turn + (await timed(() => known.put(page, output.parse(JSON.parse(text)))));
  }
  figures.read.push(read);
  figures.longest.push(longest);
  let listed: ReturnType<typeof differingOptions> = [];
  figures.listed.push(
    await timed(() => {
      listed = differingOptions(runs, known.options);
    }),
  );
  const words = { t: translators.en, language: "en" } as const;
  const rate = listed.find(({ column }) => column.option.field === "learning_rate")?.column;
  if (rate === undefined) throw new Error("the learning rate is missing");
  figures.sorted.push(
    await timed(() => {
      const option = (run: ListedRun): number | string | null => optionValue(known.options.get(run.id)?.get(rate.name), words);
      const filtered = filterRuns(runs, "seed>=5000", WORDS, undefined, filteredOptions(known.names.values(), known.options, words));
      const sorted = sortRuns(filtered, { column: rate, descending: false }, { ...WORDS, option });
      if (sorted.length !== RUNS / 2) throw new Error("runs are missing");
    }),
  );
}
