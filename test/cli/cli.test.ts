/** The command line as a person or a script meets it: a process with arguments, streams and an exit code. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { layerTypes } from "../../core/layers/registry.ts";
import { realData, requireRealData } from "../real-data.ts";
import { commandIn } from "./command.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "neuroloom-cli-"));
const HOTEL = "hotel/hotel.csv.gz";
const template = (name: string): string => join(root, `resources/templates/${name}.json`);

const neuroloom = commandIn(folder);

/** A design with something changed, as a file. */
function changed(name: string, change: (design: Record<string, unknown>) => void): string {
  const design = JSON.parse(readFileSync(template(name), "utf8")) as Record<string, unknown>;
  change(design);
  const path = join(folder, `changed-${Math.abs(JSON.stringify(design).length)}-${name}.json`);
  writeFileSync(path, JSON.stringify(design));
  return path;
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("neuroloom layers", () => {
  it("prints every layer type with its schema and defaults", () => {
    const { code, events } = neuroloom("layers", "--json");
    expect(code).toBe(0);
    expect(events.map((event) => event["type"])).toEqual([...layerTypes]);
    for (const event of events) expect(Object.keys(event["defaults"] as object)).toEqual(Object.keys(event["schema"] as object));
  });
});

describe("neuroloom check", () => {
  it("prints shape, parameters and multiply-adds of every layer of the hotel network", () => {
    const { code, events } = neuroloom("check", template("hotel-cancellations"), "--json");
    expect(code).toBe(0);
    expect(events.find((event) => event["node_id"] === "dense_1")).toMatchObject({
      output_shape: [256],
      parameters: 63 * 256 + 256,
      multiply_adds: 63 * 256,
    });
    expect(events.at(-1)).toMatchObject({ event: "total", ok: true });
  });

  it("exits with 1 and names node and mistake when the class count does not fit", () => {
    const design = changed("softmax-regression", (d) => {
      const graph = d["graph"] as { nodes: { id: string; config: Record<string, unknown> }[] };
      for (const node of graph.nodes) if (node.id === "species") node.config["units"] = 5;
    });
    const { code, events } = neuroloom("check", design, "--json");
    expect(code).toBe(1);
    const error = events.find((event) => event["event"] === "error");
    expect(error).toMatchObject({ code: "design.class_count_mismatch" });
    expect(error?.["node_id"]).toBeTruthy();
    expect(String(error?.["message"])).toContain("3");
  });

  it.each([
    [
      "a cycle",
      (edges: unknown[]) => edges.push({ id: "back", source: "class", source_port: "output", target: "hidden", target_port: "input" }),
    ],
    ["no edges at all", (edges: unknown[]) => edges.splice(0)],
  ])("exits with 1 on %s", (_, change) => {
    const design = changed("xor", (d) => change((d["graph"] as { edges: unknown[] }).edges));
    const { code, events } = neuroloom("check", design, "--json");
    expect(code).toBe(1);
    expect(events.some((event) => event["event"] === "error")).toBe(true);
  });

  it("says what is wrong with a file that is missing, cut off or not a design", () => {
    const cut = join(folder, "cut.json");
    writeFileSync(cut, readFileSync(template("xor"), "utf8").slice(0, 500));
    expect(neuroloom("check", join(folder, "nowhere.json"), "--json")).toMatchObject({
      code: 1,
      events: [{ event: "error", code: "cli.file_unreadable" }],
    });
    expect(neuroloom("check", cut, "--json")).toMatchObject({ code: 1, events: [{ event: "error", code: "design.cut_off" }] });
    expect(neuroloom("check", join(root, "package.json"), "--json")).toMatchObject({
      code: 1,
      events: [{ event: "error", code: "design.wrong_format" }],
    });
  });
});

describe("neuroloom train", () => {
  it("says what the validation rows give in the middle of an epoch, apart from the epochs", () => {
    const design = changed("xor", (d) => Object.assign(d["train"] as object, { epochs: 2, batch_size: 16, validate_every: 2 }));
    const { code, events } = neuroloom("train", design, "--json", "--out", join(folder, "checked"));
    expect(code).toBe(0);
    const steps = events.filter(({ event, metrics }) => event === "step" && "batch_val_loss" in (metrics as object));
    expect(steps[0]).toMatchObject({ step: 2, epoch: 1, seconds: expect.any(Number), metrics: { batch_val_accuracy: expect.any(Number) } });
    expect(steps.map(({ step }) => step)).toEqual([...new Set(steps.map(({ step }) => step))]);
    expect(events.filter(({ event }) => event === "epoch").map(({ epoch }) => epoch)).toEqual([1, 2]);
  });

  it("streams ready, every epoch and done, and writes model and run", () => {
    const out = join(folder, "xor");
    const { code, events, stderr } = neuroloom(
      "train",
      template("xor"),
      "--epochs",
      "5",
      "--seed",
      "3",
      "--split",
      "0.5",
      "--out",
      out,
      "--json",
    );
    expect(code).toBe(0);
    expect(events[0]).toMatchObject({ event: "ready", parameters: 33, threads: availableParallelism() });
    expect(events.filter((event) => event["event"] === "epoch").map((event) => event["epoch"])).toEqual([1, 2, 3, 4, 5]);
    expect(events.at(-1)).toMatchObject({ event: "done", status: "done", epochs: 5, model: join(out, "model.json") });
    for (const { metrics } of events.filter(({ event }) => event === "epoch")) {
      expect(Object.keys(metrics as object)).toContain("val_accuracy");
      expect(Object.keys(metrics as object).filter((name) => name.startsWith("batch_") || name === "clock")).toEqual([]);
    }
    // Five epochs are few: something is said of them, in words on stderr and in the event.
    const verdicts = events.at(-1)?.["verdicts"] as { code: string; text: string }[];
    expect(verdicts[0]?.code).toMatch(/^verdict\./);
    for (const { text } of verdicts) expect(stderr).toContain(text);
    const run = JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as {
      run: { seed: number };
      design: { data: { split: { validation_fraction: number } } };
    };
    expect(run.run.seed).toBe(3);
    expect(run.design.data.split.validation_fraction).toBe(0.5);
  });

  it("trains a bagged ensemble, and says what it gains and how it does out of the bag", () => {
    const out = join(folder, "bagged");
    const { code, events, stderr } = neuroloom(
      "train",
      template("digits"),
      "--bag",
      "3",
      "--rule",
      "vote",
      "--epochs",
      "1",
      "--seed",
      "7",
      "--out",
      out,
      "--json",
    );
    expect(code, stderr).toBe(0);
    const members = events.filter(({ event }) => event === "member");
    expect(members.map(({ bag, seed }) => [bag, seed])).toEqual([0, 1, 2].map((bag) => [bag, 7 + bag]));
    const done = events.at(-1) as {
      ensemble: { rule: string; gain: number; error: number };
      out_of_bag: Record<string, number>;
      files: string[];
    };
    expect(done).toMatchObject({ event: "done", status: "done", ensemble: { rule: "vote" } });
    expect(done.files).toContain(join(out, "bag-3", "model.json"));
    const { rows = 0, training_rows: all = 0, judges = 0, error = 1 } = done.out_of_bag;
    expect(rows).toBeGreaterThan(all * 0.5);
    expect(rows).toBeLessThan(all);
    expect(judges).toBeGreaterThan(1);
    expect(error).toBeLessThan(0.9);
    expect(neuroloom("train", template("digits"), "--bag", "3", "--folds", "3").code).toBe(2);
    expect(neuroloom("train", template("digits"), "--rule", "vote").code).toBe(2);
  });

  it("takes a column of weights out of what the network sees, and evaluates by it", () => {
    const csv = join(folder, "weighted.csv");
    // Rows of weight 0 contradict the others: they must not be heard.
    const rows = Array.from({ length: 80 }, (_, i) => `${i % 8},${i % 2 === 0 ? 1 : 0},${i % 2 === 0 ? 3 * (i % 8) : -99}`);
    writeFileSync(csv, `x,counts,y\n${rows.join("\n")}\n`);
    const design = changed("linear-regression", (one) => (one["data"] = null));
    const out = join(folder, "weighted");
    const args = ["--data", csv, "--target", "y", "--weight", "counts", "--epochs", "1", "--out", out, "--json"];
    expect(neuroloom("train", design, ...args).events.at(-1)).toMatchObject({ event: "done", status: "done" });
    const model = JSON.parse(readFileSync(join(out, "model.json"), "utf8")) as {
      preprocessing: { columns: { name: string; role: string }[]; features: { column: string }[] };
    };
    expect(model.preprocessing.columns.find(({ name }) => name === "counts")?.role).toBe("weight");
    expect(model.preprocessing.features.map(({ column }) => column)).toEqual(["x"]);
    const only = join(folder, "weighted-only.csv");
    writeFileSync(only, `x,counts,y\n${rows.filter((_, i) => i % 2 === 0).join("\n")}\n`);
    const evaluated = (file: string) => neuroloom("evaluate", join(out, "model.json"), "--data", file, "--json").events;
    const [all, kept] = [evaluated(csv), evaluated(only)];
    expect(all[0]).toMatchObject({ event: "evaluation", task: "numbers", rows: 80, weight: 40 });
    const figures = (events: typeof all) => events[0]?.["figures"] as Record<string, number>;
    for (const name of ["mae", "rmse", "r2"]) expect(figures(all)[name]).toBeCloseTo(figures(kept)[name] ?? Number.NaN, 9);
    expect(all.at(-1)?.["loss"]).toBeCloseTo(kept.at(-1)?.["loss"] as number, 5);
    expect(neuroloom("train", design, ...args, "--weight", "nothing").events.at(-1)).toMatchObject({ code: "data.column_missing" });
  });

  it("holds out the last rows of a column of dates, though the file begins with them", () => {
    const csv = join(folder, "newest-first.csv");
    const rows = Array.from({ length: 20 }, (_, i) => `2024-01-${String(20 - i).padStart(2, "0")},${i},${3 * i}`);
    writeFileSync(csv, `day,x,y\n${rows.join("\n")}\n`);
    const design = changed("linear-regression", (one) => (one["data"] = null));
    const out = join(folder, "newest-first");
    const args = ["--data", csv, "--target", "y", "--epochs", "1", "--out", out, "--json"];
    const { events } = neuroloom("train", design, ...args, "--by-time", "day", "--folds", "4");
    expect(events.at(-1)).toMatchObject({ event: "done" });
    const [, ...held] = readFileSync(join(out, "out-of-fold.csv"), "utf8").trim().split("\n");
    // The first fifth in time, which stands last, is in no fold; the first fold is the fifth before it.
    const foldOf = new Map(held.map((line) => line.split(",").map(Number)).map(([row, fold]) => [row, fold]));
    expect([1, 4, 5, 8, 9, 12, 13, 16, 17, 20].map((row) => foldOf.get(row))).toEqual([4, 4, 3, 3, 2, 2, 1, 1, undefined, undefined]);
    expect(neuroloom("train", design, ...args, "--by-time", "nothing").events.at(-1)).toMatchObject({ code: "data.column_missing" });
  });

  it("proposes a preparation for a table of one's own when the target is named", () => {
    const csv = join(folder, "own.csv");
    writeFileSync(
      csv,
      `id,size,colour,price\n${Array.from({ length: 60 }, (_, i) => `${i},${i % 7},${["red", "green"][i % 2]},${(i % 7) * 3 + (i % 2)}`).join("\n")}\n`,
    );
    const { code, events } = neuroloom(
      "train",
      template("linear-regression"),
      "--data",
      csv,
      "--target",
      "price",
      "--epochs",
      "2",
      "--json",
    );
    expect(events.find((event) => event["event"] === "error")).toBeUndefined();
    expect(code).toBe(0);
  });

  it("answers bad data with code, message and hint, and exit code 1", () => {
    const empty = join(folder, "empty.csv");
    writeFileSync(empty, "");
    const { code, events, stderr } = neuroloom("train", template("hotel-cancellations"), "--data", empty, "--json");
    expect(code).toBe(1);
    expect(events.at(-1)).toMatchObject({ event: "error", code: "data.file_empty" });
    expect(stderr).toContain("error:");
    const wrong = join(folder, "wrong.csv");
    writeFileSync(wrong, "a,b\n1,2\n3,4\n");
    expect(neuroloom("train", template("hotel-cancellations"), "--data", wrong, "--json").events.at(-1)).toMatchObject({
      event: "error",
      code: "data.column_missing",
    });
  });

  it("trains the hotel network on the real file", (context) => {
    requireRealData(context, HOTEL);
    const { code, events } = neuroloom("train", template("hotel-cancellations"), "--data", realData(HOTEL), "--epochs", "1", "--json");
    expect(code).toBe(0);
    expect(events[0]).toMatchObject({ event: "ready", parameters: 83_583 });
    expect(Number(events.at(-1)?.["val_loss"])).toBeLessThan(0.5);
  });
});

describe("a file in another encoding with decimal commas", () => {
  /** Windows-1251: its letters А to я. */
  const bytes = (text: string): Buffer =>
    Buffer.from(
      Array.from(text, (letter) => ((letter.codePointAt(0) as number) < 0x80 ? letter.charCodeAt(0) : letter.charCodeAt(0) - 0x350)),
    );
  const rows = (count: number): string =>
    Array.from({ length: count }, (_, row) => `${row % 7},${25 * (row % 4)};${(row * 3) % 11},5;${row % 7 > 3 ? "Москва" : "Казань"}`).join(
      "\n",
    );

  it("is refused without --encoding; with it training, evaluating and predicting read the same numbers and words", () => {
    const data = join(folder, "города.csv");
    const out = join(folder, "encoded");
    writeFileSync(data, bytes(`weight;price;город\n${rows(120)}\n`));
    const design = changed("logistic-regression", (design) => Object.assign(design, { data: null }));
    const given = ["--data", data, "--json"];
    const refused = neuroloom("train", design, ...given, "--target", "город", "--epochs", "1");
    expect([refused.code, refused.events.at(-1)?.["code"]]).toEqual([1, "data.encoding_unknown"]);
    const encoding = ["--encoding", "windows-1251"];
    const trained = neuroloom("train", design, ...given, ...encoding, "--target", "город", "--epochs", "40", "--out", out);
    expect(trained.code, trained.stdout).toBe(0);
    const model = join(out, "model.json");
    const evaluated = neuroloom("evaluate", model, ...given, ...encoding);
    expect(evaluated.events.at(-1)).toMatchObject({ event: "done", rows: 120 });
    const predictions = join(folder, "encoded.csv");
    expect(neuroloom("predict", model, ...given, ...encoding, "--out", predictions).code).toBe(0);
    expect(readFileSync(predictions, "utf8")).toMatch(/Москва|Казань/);
    // The same rows as UTF-8 give the same bits.
    const plain = join(folder, "plain.csv");
    writeFileSync(plain, `weight;price;город\n${rows(120)}\n`);
    const again = join(folder, "again.csv");
    expect(neuroloom("predict", model, "--data", plain, "--out", again).code).toBe(0);
    expect(readFileSync(again, "utf8")).toBe(readFileSync(predictions, "utf8"));
    expect(neuroloom("evaluate", model, "--data", data, "--encoding", "klingon", "--json").events.at(-1)?.["code"]).toBe(
      "data.encoding_not_supported",
    );
  });
});

describe("neuroloom range-test", () => {
  it("prints the loss of every rate, and the rate it proposes", () => {
    const { code, events } = neuroloom("range-test", template("xor"), "--from", "1e-4", "--to", "2", "--steps", "40", "--json");
    expect(code).toBe(0);
    const rates = events.filter((event) => event["event"] === "rate");
    expect(rates[0]).toMatchObject({ rate: 1e-4 });
    const done = events.at(-1);
    expect(done).toMatchObject({ event: "done", steps: rates.length });
    expect(done?.["proposed"]).toBeGreaterThan(1e-4);
    expect(done?.["proposed"]).toBeLessThan(2);
  });

  it("refuses rates that go backwards", () => {
    const { code, events } = neuroloom("range-test", template("xor"), "--from", "1", "--to", "0.1", "--json");
    expect(code).toBe(1);
    expect(events.at(-1)).toMatchObject({ event: "error", code: "train.range_test_backwards" });
  });
});

describe("usage", () => {
  it.each([
    [["fly"]],
    [[]],
    [["train"]],
    [["train", template("xor"), "--epochs", "many"]],
    [["predict", "model.json"]],
    [["range-test", template("xor"), "--from", "0"]],
    [["check", "a", "b"]],
    [["layers", "--wings"]],
    [["export", folder, "--format", "onnx", "--out", "x"]],
  ])("answers %j with the usage and exit code 2", (args) => {
    const { code, stdout, stderr } = neuroloom(...args);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain("neuroloom");
  });
});

describe("neuroloom bench", () => {
  it("says which arithmetic runs, and why", () => {
    const { code, events } = neuroloom("bench", "--json");
    expect(code).toBe(0);
    const [machine] = events;
    expect(machine).toMatchObject({ event: "machine", node: process.versions.node, cores: availableParallelism() });
    expect(machine?.["vector_bits"]).toBe(machine?.["revectorizer"] === "used" ? 256 : 128);
    const { fast, reproducible } = (machine?.["gflops_1t"] ?? {}) as Record<string, number>;
    expect(fast).toBeGreaterThan(0);
    expect(reproducible).toBeGreaterThan(0);
  });

  it("times a design on its data and leaves the library as it was", () => {
    const before = neuroloom("project", "export", "Exclusive or, timed", "--out", join(folder, "none.neuroloom"), "--json");
    const timed = changed("xor", (design) => {
      design["name"] = "Exclusive or, timed";
    });
    const { code, events } = neuroloom("bench", timed, "--rounds", "2", "--seconds", "0.2", "--threads", "1", "--json");
    expect(code).toBe(0);
    expect(events.map(({ event }) => event)).toEqual(["machine", "ready", "done"]);
    expect(events[1]).toMatchObject({ parameters: 33, threads: 1 });
    const done = events[2] as { ms_per_step: number; rounds_ms: number[] };
    expect(done.rounds_ms).toHaveLength(2);
    expect(done.ms_per_step).toBeGreaterThan(0);
    expect(neuroloom("project", "export", "Exclusive or, timed", "--out", join(folder, "none.neuroloom"), "--json")).toEqual(before);
    expect(before.code).toBe(1);
  });

  it("names what is missing", () => {
    expect(neuroloom("bench", template("hotel-cancellations"), "--json")).toMatchObject({ code: 1 });
    expect(neuroloom("bench", "--rounds", "0").code).toBe(2);
    expect(neuroloom("bench", "a.json", "b.json").code).toBe(2);
  });
});
