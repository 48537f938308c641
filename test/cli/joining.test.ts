/** A picture and words in one sample by command: joined by key, rows held out in a file of their own, then evaluated and predicted the same way. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { questions, redAndBlue } from "../picture-files.ts";
import { number, text, workbook } from "../workbook-file.ts";
import { zip } from "../zip-file.ts";
import { commandIn } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "neuroloom-joining-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const neuroloom = (...args: readonly string[]) => commandIn(folder)(...args, "--json");

const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const layer = (id: string, type: string, config: object) => ({ id, type, name: id, config, position: { x: 0, y: 0 } });
const edge = (source: string, target: string, target_port = "input") => ({
  id: `${source}-${target}`,
  source,
  source_port: "output",
  target,
  target_port,
});
const design = JSON.stringify({
  format: "neuroloom-design",
  format_version: 1,
  name: "shades",
  notes: "",
  graph: {
    nodes: [
      layer("picture", "input", { columns: ["picture"] }),
      layer("flat", "flatten", {}),
      layer("words", "input", { columns: ["asked"] }),
      layer("both", "concatenate", {}),
      layer("answer", "dense", { units: 1, activation: "sigmoid" }),
      layer("output", "output", { loss: "binary_crossentropy" }),
    ],
    edges: [
      edge("picture", "flat"),
      edge("flat", "both", "inputs"),
      edge("words", "both", "inputs"),
      edge("both", "answer"),
      edge("answer", "output"),
    ],
    groups: [],
  },
  train: { optimizer: { type: "adam", learning_rate: 0.05 }, batch_size: 4, epochs: 20 },
  data: null,
});

/** Starting a process takes seconds on a busy machine, and each test starts several. */
describe("a table joined with pictures", () => {
  let files: Readonly<Record<"train" | "test" | "zip" | "design" | "model", string>>;
  beforeAll(async () => {
    files = {
      train: put("train.csv", questions["train.csv"]),
      test: put("test.csv", questions["test.csv"]),
      zip: put("shades.zip", await redAndBlue(6)),
      design: put("design.json", design),
      model: join(folder, "out", "model.json"),
    };
  });
  const joined = (): string[] => ["--with", files.zip, "--key", "image"];

  it("is described: a picture column, the rows of both files, and the row whose picture is not there", () => {
    const { code, events } = neuroloom(
      "data",
      files.train,
      "--validation",
      files.test,
      ...joined(),
      "--size",
      "4",
      "--colour",
      "grey",
      "--target",
      "answer",
    );
    expect(code).toBe(0);
    expect(events.find(({ event }) => event === "data")).toMatchObject({ rows: 20, columns: 5 });
    expect(events.find(({ name }) => name === "picture")).toMatchObject({ type: "picture", distinct: 6, remarks: ["shape=4x4x1"] });
    expect(events.filter(({ event }) => event === "warning").map(({ code: warned }) => warned)).toEqual(
      expect.arrayContaining(["data.join_unmatched", "data.join_unused"]),
    );
    expect(events.at(-1)?.["proposed"]).toMatchObject({ split: { method: "column", column: "part" } });
  });

  it("takes a table too, each with its key, and wants one for each", async () => {
    const asks = put("asks.csv", "word,kind\nshade 0,first\nshade 2,last\n");
    const { code, events } = neuroloom("data", files.train, ...joined(), "--with", asks, "--key", "asked=word");
    expect(code).toBe(0);
    expect(events.flatMap(({ event, name }) => (event === "column" ? [name] : []))).toEqual([
      "picture",
      "image",
      "asked",
      "answer",
      "kind",
    ]);
    expect(events.filter(({ event }) => event === "warning").map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringContaining("shades.zip"), expect.stringContaining("asks.csv")]),
    );
    const without = commandIn(folder)("data", files.train, ...joined(), "--with", asks);
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining("asks.csv needs a --key COL of its own")]);
  });

  it("trains on the rows of one file, is validated on those of the other, and answers about both inputs", () => {
    const out = join(folder, "out");
    const trained = neuroloom(
      "train",
      files.design,
      "--data",
      files.train,
      "--validation",
      files.test,
      ...joined(),
      "--target",
      "answer",
      "--out",
      out,
    );
    expect(trained.stderr).not.toContain("Error");
    expect(trained.events.at(-1)).toMatchObject({ event: "done", status: "done" });
    const evaluated = neuroloom("evaluate", files.model, "--data", files.test, ...joined());
    expect(evaluated.events.at(-1)).toMatchObject({ event: "done", rows: 4, metrics: { accuracy: 1 } });
    const predictions = join(folder, "predictions.csv");
    expect(neuroloom("predict", files.model, "--data", files.test, ...joined(), "--id", "image", "--out", predictions).code).toBe(0);
    const [, first = ""] = readFileSync(predictions, "utf8").split("\n");
    expect(first).toMatch(/^red\/0\.png,/);
  });

  it("takes the sheet or table that stands after the file's name, and says which of a workbook was taken", () => {
    const named = (kind: string): string[] => [text("A1", "image") + text("B1", kind), text("A2", "red/0.png") + number("B2", 1)];
    const book = put("about#1.xlsx", workbook({ first: named("size"), second: named("age") }));
    const joinedTo = (file: string) => neuroloom("data", files.train, "--with", file, "--key", "image");
    const columns = ({ events }: ReturnType<typeof neuroloom>) => events.filter(({ event }) => event === "column").map(({ name }) => name);
    const said = joinedTo(book);
    expect([columns(said).at(-1), said.events.find(({ code }) => code === "data.sheet_taken")?.["hint"]]).toEqual([
      "size",
      expect.stringContaining("about#1.xlsx#NAME"),
    ]);
    expect(columns(joinedTo(`${book}#second`)).at(-1)).toBe("age");
    const tables = zip(["size", "age"].map((kind) => ({ name: `${kind}.csv`, content: `image,${kind}\nred/0.png,1\n` })));
    const archive = put("about.zip", tables);
    expect(joinedTo(archive).events.at(-1)).toMatchObject({ code: "data.archive_of_tables" });
    expect(columns(joinedTo(`${archive}#age.csv`)).at(-1)).toBe("age");
  });

  it("wants a picture for every row it predicts, and a key for what is joined", () => {
    const lost = neuroloom("predict", files.model, "--data", files.train, ...joined(), "--out", join(folder, "none.csv"));
    expect(lost.code).toBe(1);
    expect(lost.events.at(-1)).toMatchObject({ event: "error", code: "data.join_partner_missing" });
    expect(neuroloom("evaluate", files.model, "--data", files.test, "--with", files.zip).code).toBe(2);
    expect(neuroloom("data", files.train, "--size", "0").code).toBe(2);
  });
});
