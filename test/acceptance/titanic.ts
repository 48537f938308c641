/** Issue 4: Titanic with its missing ages, filled in by a model of the other columns; the fifth that is held out, over three seeds. */
import type { AcceptanceRun, Figure } from "./acceptance.ts";
import { chainDesign } from "./chain-design.ts";
import { type CommandLine, figureOf } from "./command-line.ts";

const FILE = "titanic/train.csv";
const SEEDS = [1, 2, 3];
const feature = (name: string, type: string): object => ({ name, type, role: "feature" });

const design = (epochs: number): string =>
  chainDesign({
    name: "Titanic",
    layers: [
      { type: "dense", config: { units: 16, activation: "relu" } },
      { type: "dense", config: { units: 1, activation: "sigmoid" } },
    ],
    loss: "binary_crossentropy",
    train: { optimizer: { type: "adam", learning_rate: 0.005 }, batch_size: 32, epochs },
    data: {
      source: { kind: "file", name: "train.csv" },
      columns: [
        { name: "PassengerId", type: "numeric", role: "ignored" },
        { name: "Survived", type: "categorical", role: "target" },
        feature("Pclass", "numeric"),
        { name: "Name", type: "text", role: "ignored" },
        feature("Sex", "categorical"),
        feature("Age", "numeric"),
        feature("SibSp", "numeric"),
        feature("Parch", "numeric"),
        { name: "Ticket", type: "categorical", role: "ignored" },
        feature("Fare", "numeric"),
        { name: "Cabin", type: "categorical", role: "ignored" },
        feature("Embarked", "categorical"),
      ],
      steps: [
        { type: "impute_by_model", columns: ["Age", "Pclass", "SibSp", "Parch", "Fare"] },
        { type: "standardise", columns: ["Age", "Pclass", "SibSp", "Parch", "Fare"] },
        { type: "impute", columns: ["Embarked"], strategy: "most_frequent" },
        { type: "one_hot", columns: ["Sex", "Embarked"] },
      ],
      split: { method: "stratified", validation_fraction: 0.2, seed: null },
    },
  });

async function accuracy(neuroloom: CommandLine, epochs: number, seed: number): Promise<number> {
  const file = neuroloom.put(`titanic-${epochs}.json`, design(epochs));
  return figureOf(await neuroloom.call("train", file, "--data", neuroloom.data(FILE), "--seed", String(seed)), "val_accuracy");
}

export default {
  name: "titanic",
  about:
    "891 passengers, 177 of them without an age, which is foretold from the other columns; dense layers, accuracy on the fifth held out.",
  data: [FILE],
  measure: async (neuroloom) => {
    const figures: Figure[] = [];
    for (const seed of SEEDS) figures.push({ what: `accuracy, seed ${seed}`, reached: await accuracy(neuroloom, 30, seed), atLeast: 0.75 });
    return figures;
  },
  measureSmall: async (neuroloom) => [{ what: "accuracy after ten epochs", reached: await accuracy(neuroloom, 10, 1), atLeast: 0.72 }],
} satisfies AcceptanceRun;
