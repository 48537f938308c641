/**
 * Issue 5: what a person may expect of each template, in time and in result: every one is trained once by the command line with its own
 * options and seed. With --write the start screen's figures are kept in resources/template-results.json; docs/acceptance.md lists them too.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../run/command.ts";
import type { AcceptanceRun, Figure } from "./acceptance.ts";
import { type CommandLine, figureOf, missingData } from "./command-line.ts";

const FOLDER = join(REPOSITORY, "resources/templates");
const KEPT = join(REPOSITORY, "resources/template-results.json");

/** The files behind the templates that ship without data, the first being `--data`, and how they are given. */
const FILES: Readonly<Record<string, { readonly files: readonly string[]; readonly options?: (neuroloom: CommandLine) => string[] }>> = {
  "hotel-cancellations": { files: ["hotel/hotel.csv.gz"] },
  "house-prices": { files: ["house_prices/train.csv"] },
  "mnist-convolution": { files: ["mnist/train-images-idx3-ubyte.gz", "mnist/train-labels-idx1-ubyte.gz"] },
  "mnist-dense": { files: ["mnist/train-images-idx3-ubyte.gz", "mnist/train-labels-idx1-ubyte.gz"] },
  "picture-questions": {
    files: ["easy_vqa/train.csv", "easy_vqa/test.csv", "easy_vqa/images.zip"],
    options: ({ data }) => [
      ...["--validation", data("easy_vqa/test.csv"), "--with", data("easy_vqa/images.zip")],
      ...["--key", "image", "--size", "32"],
    ],
  },
};

/** What tells best how well a template of this task does, on the rows kept for validation. */
const metricOf = (task: string): string => (task === "classification" ? "val_accuracy" : "val_r2");

/** The task of every template, by its name. */
export function templateTasks(): ReadonlyMap<string, string> {
  const taskOf = (file: string): string =>
    (JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as { template: { task: string } }).template.task;
  return new Map(readdirSync(FOLDER).map((file) => [file.replace(/\.json$/, ""), taskOf(file)]));
}

async function trainOnce(neuroloom: CommandLine, name: string, task: string): Promise<readonly Figure[]> {
  const own = FILES[name];
  const [data] = own?.files ?? [];
  const given = data === undefined ? [] : ["--data", neuroloom.data(data), ...(own?.options?.(neuroloom) ?? [])];
  const events = await neuroloom.call("train", join(FOLDER, `${name}.json`), ...given);
  const metric = metricOf(task);
  return [
    { what: `${name}: seconds`, reached: figureOf(events, "seconds") },
    { what: `${name}: ${metric}`, reached: figureOf(events, metric) },
  ];
}

interface Kept {
  readonly seconds: number;
  readonly metric: string;
  readonly value: number;
  readonly measured: string;
}

/** Those that were not trained this time keep what they had. */
function keep(figures: readonly Figure[], measured: string): void {
  const kept = new Map(Object.entries(JSON.parse(readFileSync(KEPT, "utf8")) as Record<string, Kept>));
  for (let at = 0; at + 1 < figures.length; at += 2) {
    const [seconds, figure] = [figures[at], figures[at + 1]];
    const [name = "", metric = ""] = figure?.what.split(": ") ?? [];
    if (seconds === undefined || figure === undefined) continue;
    const rounded = (value: number): number => Number(value.toPrecision(4));
    kept.set(name, { seconds: rounded(seconds.reached), metric, value: rounded(figure.reached), measured });
  }
  const sorted = [...kept].filter(([name]) => templateTasks().has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(KEPT, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}

export default {
  name: "templates",
  about: "Every template of the start screen, trained once with its own options; seconds, and the figure on the rows kept for validation.",
  data: [],
  measure: async (neuroloom) => {
    const figures: Figure[] = [];
    for (const [name, task] of templateTasks()) {
      const missing = missingData(FILES[name]?.files ?? []);
      if (missing.length > 0) process.stdout.write(`templates: ${name} SKIPPED, ../shared/data lacks ${missing.join(", ")}\n`);
      else figures.push(...(await trainOnce(neuroloom, name, task)));
    }
    return figures;
  },
  keep,
} satisfies AcceptanceRun;
