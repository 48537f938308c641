/** Texts that are larger than what a training may hold: their words are counted in one pass, and bags of them come block by block. */
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { Random } from "../../core/data/random.ts";
import { graphOf, node } from "../engine/design.ts";
import { type DiskCase, diskSoak } from "./disk-soak.ts";

const TEXTS = 1_000_000;
const WORDS_A_TEXT = 150;
/** Different words, the frequent ones short: some seven letters in the mean. */
const VOCABULARY = 300_000;
const SEED = 9;
const DATA_MEGABYTES = 16;
const LENGTH = 64;
const BAG = 1000;

export const textsCase: DiskCase = {
  name: "texts-from-disk",
  title: "Training on texts from the disk",
  about: `${TEXTS.toLocaleString("en")} texts of ${WORDS_A_TEXT} words, ${VOCABULARY.toLocaleString("en")} different ones, come as sequences of ${LENGTH} tokens and as a bag (TF-IDF) of the ${BAG.toLocaleString("en")} most frequent words to one network, over 1 epoch, in a process that may hold ${DATA_MEGABYTES} MB of rows, twice. In memory the bags alone would take ${((TEXTS * BAG * 4) / 1e9).toFixed(1)} GB. Another process imports them. Peak memory is the resident set of the one that trains, engine and all.`,
  dataMegabytes: DATA_MEGABYTES,
  mostMegabytes: 1500,
  targets: ["kind"],
  write: (place, share) => writeTexts(place, Math.round(TEXTS * share)),
  design: (data) => ({
    train: { optimizer: { type: "adam", learning_rate: 0.001 }, batch_size: 512, epochs: 1, seed: 5 },
    graph: graphOf(
      [
        node("t", "input", { columns: ["text"] }),
        node("w", "input", { columns: ["summary"] }),
        node("words", "embedding", { input_dim: 10_000, output_dim: 2 }),
        node("flat", "flatten"),
        node("all", "concatenate"),
        node("classes", "dense", { units: 2, activation: "softmax" }),
        node("y", "output", { loss: "categorical_crossentropy" }),
      ],
      [
        ["t", "words"],
        ["words", "flat"],
        ["flat", "all"],
        ["w", "all"],
        ["all", "classes"],
        ["classes", "y"],
      ],
    ),
    data: {
      ...data,
      columns: data.columns.map((column) => (column.name === "kind" ? column : { ...column, type: "text", role: "feature" })),
      steps: [
        { type: "token_sequence", columns: ["text"], vocabulary: 10_000, length: LENGTH },
        { type: "bag_of_words", columns: ["summary"], max_words: BAG },
      ],
    },
  }),
};

export const textsFromDisk = diskSoak(textsCase);

/** Words by Zipf's law; those that are drawn where the label is `b` come from the second half of the list a little more often. */
async function writeTexts(place: string, count: number): Promise<[file: string]> {
  const path = join(place, "texts.tsv");
  const random = new Random(SEED);
  const file = createWriteStream(path);
  file.write("text\tsummary\tkind\n");
  for (let text = 0; text < count; text += 1) {
    const kind = random.below(2);
    const words = Array.from({ length: WORDS_A_TEXT }, () => wordOf(Math.floor(VOCABULARY ** random.float()) * 2 + kind * random.below(2)));
    const half = words.length / 2;
    if (!file.write(`${words.slice(0, half).join(" ")}\t${words.slice(half).join(" ")}\t${"ab"[kind]}\n`))
      await new Promise((resolve) => file.once("drain", resolve));
  }
  file.end();
  await finished(file);
  return [path];
}

const wordOf = (rank: number): string => `w${(rank * 7919).toString(36)}`;
