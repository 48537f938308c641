/**
 * The host's own thread answers every window: how long it is taken in one turn by evaluations, slices, residuals, ensembles, looks inside and
 * single answers over the hotel table and MNIST.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DesignDocument } from "../../core/graph/document.ts";
import type { HostHandlers } from "../../core/protocol/host.ts";
import { openHost } from "../../main/host/host.ts";
import type { Host } from "../../main/host/host-interface.ts";
import { TRAINER } from "../built.ts";
import { ownMs } from "../host/turns.ts";
import { REPOSITORY } from "../run/command.ts";
import { temporaryHome } from "./loopback-app.ts";
import { measured, median, type Section, timed } from "./measurement.ts";

const DATA = join(REPOSITORY, "../shared/data");
const GOAL_MS = 50;
const ENDED = new Set(["done", "failed", "stopped"]);

type Act = readonly [name: string, act: (host: HostHandlers) => Promise<unknown>];

interface Case {
  readonly name: string;
  readonly template: string;
  readonly files: readonly { readonly path: string; readonly name: string }[];
  readonly acts: (runs: readonly string[], datasetId: string, host: HostHandlers) => Promise<readonly Act[]>;
}

export const turnSection: Section = {
  name: "turn",
  title: "The turn of the host's thread",
  about:
    "What the thread that answers every window computes itself between two turns of its event loop (processor time, which others on the machine do not lengthen), the longest while each question is answered: networks of one epoch over the 119,390 rows of the hotel file, and over the 60,000 pictures of MNIST. Beside it how long the answer took.",
  measure: async ({ rounds, say }) => {
    const longest = new Map<string, number[]>();
    const took = new Map<string, number[]>();
    const missing: string[] = [];
    for (const one of [hotel, mnist]) {
      if (one.files.some(({ path }) => !existsSync(path))) {
        missing.push(`${one.name}: shared/data is not beside the repository.`);
        continue;
      }
      using home = temporaryHome();
      const host = await openHost({ home: home.path, entry: "test", workerUrl: TRAINER });
      try {
        const { runs, datasetId } = await trainedTwice(host, one);
        for (let round = 1; round <= rounds; round++) {
          say(`turn: ${one.name}, round ${round} of ${rounds}`);
          for (const [name, act] of await one.acts(runs, datasetId, host.handlers)) {
            const found = await longestTurn(() => act(host.handlers));
            const key = `${one.name}: ${name}`;
            longest.set(key, [...(longest.get(key) ?? []), found.turn]);
            took.set(key, [...(took.get(key) ?? []), found.took]);
          }
        }
      } finally {
        await host.shutdown({ checkpoint: false });
      }
    }
    const measurements = [...longest].map(([name, turns]) => {
      const met = median(turns) < GOAL_MS ? "met" : "NOT met";
      return measured(name, "ms", turns, `under ${GOAL_MS} ms: ${met}; answered in ${Math.round(median(took.get(name) ?? []))} ms`);
    });
    return { measurements, missing };
  },
};

const hotel: Case = {
  name: "hotel",
  template: "hotel-cancellations",
  files: [{ path: join(DATA, "hotel/hotel.csv.gz"), name: "hotel.csv.gz" }],
  acts: async (runs, datasetId, host) => {
    const [id = ""] = runs;
    const ensemble = await host["ensembles.create"]({ ids: [...runs], rule: "average" });
    const stacked = await host["ensembles.create"]({ ids: [...runs], rule: "stacking" });
    const cut = (column: string, across?: string): Promise<unknown> =>
      host["runs.slices"]({ id, part: "training", node_id: null, column, bins: 10, ...(across === undefined ? {} : { across }) });
    return [
      ...commonActs(runs, datasetId, ensemble.run.id),
      ["slices by words", () => cut("market_segment")],
      ["slices by numbers", () => cut("lead_time")],
      ["slices by two columns", () => cut("lead_time", "market_segment")],
      ["evaluation of a stacking ensemble", () => host["runs.evaluation"]({ id: stacked.run.id, part: "training" })],
      ["how an ensemble's members differ", () => host["ensembles.describe"]({ id: ensemble.run.id, part: "training" })],
      ["a row tried", () => host["runs.try"]({ id, values: { lead_time: "30", hotel: "City Hotel" }, picture: null, effects: true })],
      ["a threshold that is kept", () => keptThreshold(id, host)],
      ["predictions as a file", () => host["exports.predictions"]({ run_id: id, dataset_id: datasetId, id_columns: [] })],
      [
        "an ensemble's predictions as a file",
        () => host["exports.predictions"]({ run_id: ensemble.run.id, dataset_id: datasetId, id_columns: [] }),
      ],
      ...(await tableActs(id, datasetId, host)),
      ...(await looks(id, host)),
    ];
  },
};

const mnist: Case = {
  name: "MNIST",
  template: "mnist-dense",
  files: [
    { path: join(DATA, "mnist/train-images-idx3-ubyte.gz"), name: "train-images-idx3-ubyte.gz" },
    { path: join(DATA, "mnist/train-labels-idx1-ubyte.gz"), name: "train-labels-idx1-ubyte.gz" },
  ],
  acts: async (runs, datasetId, host) => {
    const [id = ""] = runs;
    const ensemble = await host["ensembles.create"]({ ids: [...runs], rule: "vote" });
    return [
      ...commonActs(runs, datasetId, ensemble.run.id),
      ["slices by words", () => host["runs.slices"]({ id, part: "training", node_id: null, column: "label", bins: 10 })],
      ["how an ensemble's members differ", () => host["ensembles.describe"]({ id: ensemble.run.id, part: "training" })],
      await layoutAct(id, datasetId, host),
      ...(await looks(id, host)),
    ];
  },
};

/** Asked at every edit of the design that concerns the data. */
async function layoutAct(id: string, datasetId: string, host: HostHandlers): Promise<Act> {
  const { design } = await host["runs.get"]({ id });
  return ["what a preparation gives", () => host["datasets.layout"]({ id: datasetId, design })];
}

/** What the data screen asks of a table. */
async function tableActs(id: string, datasetId: string, host: HostHandlers): Promise<Act[]> {
  const { design } = await host["runs.get"]({ id });
  const { data } = design;
  if (data === null) throw new Error("a template of a table has data");
  const table = { id: datasetId, columns: data.columns };
  const page = { ...table, filter: null, search: null, sort: null, offset: 0, count: 100 };
  const sort = { column: "adr", descending: true };
  const names = ["lead_time", "adr", "adults"];
  const drawn = { ...table, names, colour: "is_canceled", filter: null, most: 2000 };
  return [
    await layoutAct(id, datasetId, host),
    [
      "effects of all steps",
      async () => Promise.all(data.steps.map((_, place) => host["tables.step_effect"]({ id: datasetId, data, place }))),
    ],
    ["rows in the order of a column", () => host["tables.view"]({ ...page, sort })],
    ["rows that a filter keeps", () => host["tables.view"]({ ...page, filter: "lead_time > 100" })],
    ["pairs of columns as points", () => host["tables.points"](drawn)],
    ["principal components", () => host["tables.principal"](drawn)],
    ["what goes with the target", () => host["tables.correlations"]({ ...table, target: "is_canceled" })],
  ];
}

/** What is asked of any run, and of an ensemble. */
function commonActs(runs: readonly string[], datasetId: string, ensembleId: string): Act[] {
  const [first = "", second = ""] = runs;
  const rows = { part: "training", node_id: null, actual: null, predicted: null, count: 100 } as const;
  return [
    ["evaluation of all rows", (host) => host["runs.evaluation"]({ id: first, dataset_id: datasetId })],
    ["worst rows", (host) => host["runs.examples"]({ id: first, ...rows })],
    ["evaluation of an ensemble", (host) => host["runs.evaluation"]({ id: ensembleId, dataset_id: datasetId })],
    ["worst rows of an ensemble", (host) => host["runs.examples"]({ id: ensembleId, ...rows })],
    ["a model file", (host) => host["exports.model"]({ run_id: first, format: "json", plain_arrays: false })],
    ["where two runs disagree", (host) => host["runs.disagreements"]({ ids: [first, second], part: "training", only: null, count: 100 })],
  ];
}

/** Chosen, with the evaluations made again, and taken back. */
async function keptThreshold(id: string, host: HostHandlers): Promise<void> {
  const { evaluation } = await host["runs.evaluation"]({ id, part: "validation" });
  const node_id = evaluation.outputs[0]?.node_id ?? "";
  for (const threshold of [0.3, null]) await host["runs.keep_threshold"]({ id, node_id, threshold });
}

/** Every view of every layer, at one row, as one act. */
async function looks(id: string, host: HostHandlers): Promise<Act[]> {
  const { layers } = await host["inside.views"]({ run_id: id });
  return [
    ["which views there are", () => host["inside.views"]({ run_id: id })],
    [
      "every view of every layer",
      async () => {
        for (const { node_id, views } of layers)
          for (const { view } of views) await host["inside.look"]({ run_id: id, node_id, view, row: 5 });
      },
    ],
    [
      "weights over time",
      async () => {
        for (const { node_id, views } of layers)
          if (views.some(({ view }) => view === "weights")) await host["inside.weight_history"]({ run_id: id, node_id });
      },
    ],
  ];
}

async function trainedTwice(host: Host, { template, files }: Case): Promise<{ runs: readonly string[]; datasetId: string }> {
  const { handlers } = host;
  // By path, as a person's own files: an upload that is registered is removed once it is read.
  const [file = "", ...further] = files.map(({ path }) => path);
  const { dataset } = await handlers["datasets.import"]({ file, name: files[0]?.name ?? "", import_id: "turn", further });
  const { design } = await handlers["templates.open"]({ name: template });
  const changed = { ...design, train: { ...design.train, epochs: 1 } } as DesignDocument;
  const { project } = await handlers["projects.create"]({ design: changed, dataset_id: dataset.id });
  const runs: string[] = [];
  for (const seed of [1, 2]) {
    const own = { ...changed, train: { ...changed.train, seed } } as DesignDocument;
    const { run } = await handlers["runs.start"]({ project_id: project.id, design: own, dataset_id: dataset.id });
    await new Promise<void>((resolve, reject) => {
      host.onEvent((event, parameters) => {
        if (event !== "run.changed") return;
        const { run: now } = parameters as { run: { id: string; status: string; error: unknown } };
        if (now.id !== run.id || !ENDED.has(now.status)) return;
        if (now.status === "done") resolve();
        else reject(new Error(`turn: the training ended with ${JSON.stringify(now.error)}`));
      });
    });
    runs.push(run.id);
  }
  return { runs, datasetId: dataset.id };
}

/** @returns milliseconds: of processor time in the longest turn, by the clock in the longest that nothing else was heard, and of all of it */
export async function longestTurn(act: () => Promise<unknown>): Promise<{ turn: number; still: number; took: number }> {
  let [turn, still] = [0, 0];
  let last = ownMs();
  let heard = performance.now();
  const beat = (): void => {
    const [now, clock] = [ownMs(), performance.now()];
    turn = Math.max(turn, now - last);
    still = Math.max(still, clock - heard);
    last = now;
    heard = clock;
  };
  const timer = setInterval(beat, 1);
  try {
    const took = await timed(act);
    beat();
    return { turn, still, took };
  } finally {
    clearInterval(timer);
  }
}
