/** The command line with a target whose cells are lists: `--target` makes labels of it, and the model answers with them, from the disk too. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { Random } from "../../core/data/random.ts";
import { chain, node } from "../engine/design.ts";
import { commandIn } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "neuroloom-labels-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const neuroloom = commandIn(folder);
const [file, designFile, model] = [join(folder, "films.csv"), join(folder, "design.json"), join(folder, "out", "model.json")];

it("trains on the labels of lists, evaluates them and predicts lists", () => {
  const random = new Random(3);
  const rows = Array.from({ length: 400 }, () => {
    const [a, b, c] = [random.below(100), random.below(100), random.below(100)] as const;
    const labels = [a > 50 ? "action" : "", b > 60 ? "comedy" : "", a + c > 110 ? "drama" : ""].filter((label) => label !== "");
    return [a, b, c, (random.below(2) === 0 ? labels : labels.reverse()).join("|")].join(",");
  });
  writeFileSync(file, `pace,jokes,tears,genres\n${rows.join("\n")}\n`);
  const told = neuroloom("data", file, "--target", "genres", "--json");
  const proposed = told.events.at(-1)?.["proposed"] as { columns: { name: string }[] };
  expect(proposed.columns.at(-1)).toMatchObject({ name: "genres", role: "target", lists: "|" });
  expect(told.events.find(({ code }) => code === "data.column_lists")?.["hint"]).toMatch(/each part is a label of its own/);

  const design = {
    format: "neuroloom-design",
    format_version: 1,
    name: "labels",
    notes: "",
    train: { optimizer: { type: "adam", learning_rate: 0.02 }, batch_size: 32, epochs: 30, seed: 5 },
    graph: chain(
      node("x", "input"),
      node("hidden", "dense", { units: 16, activation: "relu" }),
      node("labels", "dense", { units: 3, activation: "sigmoid" }),
      node("y", "output", { loss: "binary_crossentropy" }),
    ),
    data: null,
  };
  writeFileSync(designFile, JSON.stringify(design));
  const trained = neuroloom("train", designFile, "--data", file, "--target", "genres", "--out", join(folder, "out"), "--json");
  expect(trained.events.at(-1)).toMatchObject({ event: "done", status: "done" });
  const stored = JSON.parse(readFileSync(model, "utf8")) as { preprocessing: { targets: Record<string, unknown> } };
  expect(Object.values(stored.preprocessing.targets)).toEqual([
    { columns: ["action", "comedy", "drama"], encoding: "multi_binary", classes: ["0", "1"], lists: { column: "genres", separator: "|" } },
  ]);

  const evaluate = (...more: string[]): unknown =>
    neuroloom("evaluate", model, "--data", file, ...more, "--json").events.find(({ event }) => event === "evaluation");
  const output = evaluate() as { task: string; labels: string[]; figures: Record<string, number> };
  expect([output.task, output.labels]).toEqual(["labels", ["action", "comedy", "drama"]]);
  expect(output.figures["accuracy"]).toBeGreaterThan(0.9);
  expect(evaluate("--data-memory", "0")).toEqual(output);

  const given = join(folder, "new.csv");
  writeFileSync(given, "pace,jokes,tears\n90,90,90\n5,95,5\n5,5,5\n");
  const predicted = (...more: string[]): string[] => {
    const out = join(folder, "out.csv");
    expect(neuroloom("predict", model, "--data", given, "--out", out, ...more).code).toBe(0);
    return readFileSync(out, "utf8").trimEnd().split(/\r?\n/);
  };
  const [head, ...answers] = predicted();
  expect(head).toBe("prediction,probability_action,probability_comedy,probability_drama");
  expect(answers.map((answer) => answer.split(",")[0])).toEqual(["action|comedy|drama", "comedy", ""]);
  expect(predicted("--as-target").slice(0, 3)).toEqual(["genres", "action|comedy|drama", "comedy"]);

  writeFileSync(given, 'pace,jokes,tears,genres\n90,90,90,action|western\n"5",95,5,comedy\n');
  const refused = neuroloom("evaluate", model, "--data", given, "--json");
  expect([refused.code, refused.events.at(-1)?.["code"]]).toEqual([1, "data.unknown_class"]);
});
