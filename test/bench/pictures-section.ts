/** Import of pictures: MNIST from idx files, and a table of questions joined with 5,000 pictures of a zip; how long the thread is held up. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { importFile } from "../../main/host/datasets/import-file.ts";
import type { ImportRequest } from "../../main/host/datasets/import-request.ts";
import { longestTurn } from "../host/turns.ts";
import { REPOSITORY } from "../run/command.ts";
import { temporaryHome } from "./loopback-app.ts";
import { type Measurement, measured, type Section, timed } from "./measurement.ts";

const DATA = join(REPOSITORY, "../shared/data");
const MNIST = join(DATA, "mnist/train-images-idx3-ubyte.gz");
const [QUESTIONS, IMAGES] = [join(DATA, "easy_vqa/train.csv"), join(DATA, "easy_vqa/images.zip")];

type Files = Pick<ImportRequest, "path" | "name" | "partners">;

export const picturesSection: Section = {
  name: "pictures",
  title: "Import of pictures",
  about:
    "60,000 pictures of 28 × 28 from gzipped idx files, and 38,575 questions joined with the 4,000 of 5,000 pictures of 64 × 64 that they name, from a zip of PNGs. The longest turn is what the thread that serves the window computes itself between two turns of its event loop.",
  measure: async ({ rounds, say }) => {
    const measurements: Measurement[] = [];
    const missing: string[] = [];
    const cases: readonly (readonly [string, Files, number, string])[] = [
      ["MNIST from idx files", { path: MNIST, name: "mnist" }, 60_000, "under 3 s"],
      [
        "questions joined with pictures",
        { path: QUESTIONS, name: "train.csv", partners: [{ path: IMAGES, name: "images.zip", key: "image" }] },
        38_575,
        "",
      ],
    ];
    for (const [name, files, rows, goal] of cases) {
      if (!existsSync(files.path)) {
        missing.push(`${name}: shared/data is not beside the repository.`);
        continue;
      }
      const [seconds, turns]: [number[], number[]] = [[], []];
      for (let round = 1; round <= rounds; round++) {
        say(`pictures: ${name}, round ${round} of ${rounds}`);
        const found = await importOnce(files, rows);
        seconds.push(found.seconds);
        turns.push(found.longest);
      }
      measurements.push(measured(name, "s", seconds, goal), measured("longest turn of the thread meanwhile", "ms", turns, "under 50 ms"));
    }
    return { measurements, missing };
  },
};

async function importOnce(files: Files, rows: number): Promise<{ seconds: number; longest: number }> {
  using home = temporaryHome();
  let took = 0;
  const longest = await longestTurn(async () => {
    took = await timed(async () => {
      const { rowCount } = await importFile({ ...files, folder: join(home.path, "datasets") });
      if (rowCount !== rows) throw new Error(`${files.name}: ${rowCount} rows of ${rows} were imported`);
    });
  });
  return { seconds: took / 1000, longest };
}
