/** The hotel job of the notes in full by the command line, for several seeds: what it reaches, and how long an epoch takes. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../run/command.ts";
import { temporaryHome } from "./loopback-app.ts";
import { measured, type Section } from "./measurement.ts";

const HOTEL = join(REPOSITORY, "../shared/data/hotel/hotel.csv.gz");

interface Done {
  readonly event: string;
  readonly epochs: number;
  readonly seconds: number;
  readonly metrics: Readonly<Record<string, number>>;
}

export const hotelSection: Section = {
  name: "hotel",
  title: "The hotel job, in full",
  about:
    "`neuroloom train resources/templates/hotel-cancellations.json --data hotel.csv.gz --seed S` until early stopping, a round a seed from 0: validation figures of the weights that are kept, and seconds an epoch of 89,542 rows with its evaluation.",
  measure: async ({ rounds, say }) => {
    if (!existsSync(HOTEL)) return { measurements: [], missing: ["hotel: shared/data/hotel/hotel.csv.gz is not beside the repository."] };
    const found = Array.from({ length: rounds }, (_, seed) => {
      say(`hotel: seed ${seed}`);
      return trainOnce(seed);
    });
    const figure = (name: string): number[] => found.map(({ metrics }) => metrics[name] ?? Number.NaN);
    const measurements = [
      measured("validation loss", "", figure("val_loss"), "0.355 or less"),
      measured("validation accuracy", "", figure("val_accuracy"), "0.836 or more"),
      measured("area under the ROC curve", "", figure("val_auc")),
      measured(
        "epochs until early stopping",
        "",
        found.map(({ epochs }) => epochs),
      ),
      measured(
        "an epoch",
        "s",
        found.map(({ epochs, seconds }) => seconds / epochs),
        "3 s or less",
      ),
    ];
    return { measurements, missing: [] };
  },
};

function trainOnce(seed: number): Done {
  using home = temporaryHome();
  const args = [
    join(REPOSITORY, "main/cli/neuroloom.mjs"),
    "train",
    "resources/templates/hotel-cancellations.json",
    "--data",
    HOTEL,
    "--seed",
    String(seed),
    "--json",
  ];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, {
    cwd: REPOSITORY,
    encoding: "utf8",
    env: { ...process.env, NEUROLOOM_HOME: home.path },
  });
  const last = stdout.trimEnd().split("\n").at(-1);
  if (status !== 0 || last === undefined) throw new Error(`hotel: the training ended with ${status}: ${stderr}`);
  const done = JSON.parse(last) as Done;
  if (done.event !== "done") throw new Error(`hotel: the training ended with ${last}`);
  return done;
}
