/** Issue 4: the three time series, each learnt by one linear layer from the 1, 7, 28 and 56 days (or months) before; the last fifth is held out. */
import { readFileSync } from "node:fs";
import type { AcceptanceRun, Figure } from "./acceptance.ts";
import { chainDesign } from "./chain-design.ts";
import { type CommandLine, figureOf } from "./command-line.ts";

interface Series {
  readonly file: string;
  readonly date: string;
  readonly value: string;
  readonly dateFormat?: string;
  /** What each window must reach; births vary nearly by chance, so that nothing is asked of them. */
  readonly asked: Readonly<Record<number, number>>;
}
const SERIES: readonly Series[] = [
  { file: "timeseries/wp_log_peyton_manning.csv", date: "ds", value: "y", asked: { 1: 0.5, 7: 0.65, 28: 0.7, 56: 0.7 } },
  { file: "timeseries/airline-passengers.csv", date: "Month", dateFormat: "%Y-%m", value: "Passengers", asked: { 28: 0.7 } },
  { file: "timeseries/daily-total-female-births.csv", date: "Date", value: "Births", asked: {} },
];
const WINDOWS = [1, 7, 28, 56];

const design = ({ file, date, dateFormat, value }: Series, length: number): string =>
  chainDesign({
    name: `${value} from ${length} before`,
    layers: [
      { type: "flatten", config: {} },
      { type: "dense", config: { units: 1 } },
    ],
    loss: "mse",
    train: { optimizer: { type: "adam", learning_rate: 0.01 }, batch_size: 32, epochs: 60 },
    data: {
      source: { kind: "file", name: file },
      columns: [
        { name: date, type: "date", role: "ignored", ...(dateFormat === undefined ? {} : { date_format: dateFormat }) },
        { name: value, type: "numeric", role: "target" },
      ],
      steps: [{ type: "standardise", columns: [value] }],
      split: { method: "time", validation_fraction: 0.2, seed: null },
      window: { columns: [value], length, horizon: 1, order_by: date },
    },
  });

async function learn(neuroloom: CommandLine, series: Series, length: number): Promise<Figure[]> {
  const file = neuroloom.put(`series-${series.value}-${length}.json`, design(series, length));
  const out = `${neuroloom.folder}/series-${series.value}-${length}`;
  const done = await neuroloom.call("train", file, "--data", neuroloom.data(series.file), "--seed", "1", "--out", out);
  const asked = series.asked[length];
  const weights = weightCount(`${out}/model.json`);
  return [
    {
      what: `${series.value}, ${length} before: R²`,
      reached: figureOf(done, "val_r2"),
      ...(asked === undefined ? {} : { atLeast: asked }),
    },
    { what: `${series.value}, ${length} before: weights of steps`, reached: weights, atLeast: length, atMost: length },
  ];
}

/** Of the kernel: a weight for each step of the window. */
function weightCount(model: string): number {
  const { weights } = JSON.parse(readFileSync(model, "utf8")) as { weights: { shape: number[] }[] };
  return weights.find(({ shape }) => shape.length === 2)?.shape[0] ?? Number.NaN;
}

export default {
  name: "time_series",
  about:
    "Page views, airline passengers and births, each step from the 1, 7, 28 and 56 before it by one linear layer; R² on the last fifth.",
  data: SERIES.map(({ file }) => file),
  measure: async (neuroloom) => {
    const figures: Figure[] = [];
    for (const series of SERIES) for (const length of WINDOWS) figures.push(...(await learn(neuroloom, series, length)));
    return figures;
  },
  measureSmall: async (neuroloom) => learn(neuroloom, SERIES[0] as Series, 7),
} satisfies AcceptanceRun;
