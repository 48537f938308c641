/** The command line with what is no plain table: `data` on files of every kind; pictures and texts trained, evaluated and predicted. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { idx, png, redAndBlue } from "../picture-files.ts";
import { zip } from "../zip-file.ts";
import { commandIn } from "./command.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "neuroloom-kinds-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const neuroloom = commandIn(folder);

const put = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
};

/** The softmax template with `layers` between its input and its output, and no data of its own. */
function design(name: string, epochs: number, layers: readonly { readonly type: string; readonly config: object }[], loss: string): string {
  const whole = JSON.parse(readFileSync(join(root, "resources/templates/softmax-regression.json"), "utf8")) as Record<string, unknown>;
  const nodes = [{ type: "input", config: {} }, ...layers, { type: "output", config: { loss } }].map((node, place) => ({
    ...node,
    id: `n${place}`,
    name: `${node.type}_${place}`,
    position: { x: 200 * place, y: 0 },
  }));
  const edges = nodes
    .slice(1)
    .map(({ id }, place) => ({ id: `e${place}`, source: `n${place}`, source_port: "output", target: id, target_port: "input" }));
  const train = { optimizer: { type: "adam", learning_rate: 0.02 }, batch_size: 8, epochs };
  return put(`${name}.json`, JSON.stringify({ ...whole, name, data: null, train, graph: { nodes, edges, groups: [] } }));
}

const flat = [
  { type: "flatten", config: {} },
  { type: "dense", config: { units: 2, activation: "softmax" } },
] as const;

describe("neuroloom data", () => {
  it.skipIf(process.platform === "win32")("is ended by Ctrl+C, and leaves nothing", async () => {
    const temporary = join(folder, "temporary");
    mkdirSync(temporary);
    const file = put("long.csv", `a,b\n${Array.from({ length: 600_000 }, (_, row) => `${row},word ${(row * 7919) % 600_011}\n`).join("")}`);
    const child = spawn(process.execPath, [join(root, "main/cli/neuroloom.mjs"), "data", file], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: "ignore",
    });
    const ended = once(child, "exit");
    await vi.waitFor(() => expect(readdirSync(temporary).length).toBeGreaterThan(0), { timeout: 20_000, interval: 5 });
    child.kill("SIGINT");
    expect(await ended).toEqual([130, null]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("prints columns, types, missing values and warnings of a table, with the roles for a target", () => {
    const rows = Array.from({ length: 60 }, (_, row) => [row, row % 9 === 0 ? "" : row / 4, row % 2 === 0 ? "kept" : "gone", row % 2]);
    const file = put("table.csv", `id,size,status,left\n${rows.map((row) => row.join(",")).join("\n")}\n`);
    const { code, events } = neuroloom("data", file, "--target", "left", "--json");
    expect(code).toBe(0);
    expect(events[0]).toMatchObject({ event: "data", file: "table.csv", rows: 60, columns: 4 });
    expect(events.filter(({ event }) => event === "column").map(({ name, type, missing, role }) => [name, type, missing, role])).toEqual([
      ["id", "numeric", 0, "ignored"],
      ["size", "numeric", 7, "feature"],
      ["status", "categorical", 0, "feature"],
      ["left", "numeric", 0, "target"],
    ]);
    expect(events.filter(({ event }) => event === "warning").map(({ code: warned }) => warned)).toEqual(["data.leak_suspected"]);
    expect(events.at(-1)).toMatchObject({ event: "done", rows: 60, warnings: 1 });
    const words = neuroloom("data", file).stdout;
    expect(words).toContain("60 rows, 4 columns");
    expect(words).toMatch(/size +numeric +7 \(11\.7 %\)/);
    const answers = put("answers.csv", "told,month\nyes,Jan-15\nno,Feb-16\nyes,Mar-17\n");
    const shown = neuroloom("data", answers).stdout;
    expect(shown).toMatch(/told +boolean .*boolean=no,yes/);
    const clock = put("clock.csv", "at,x\n13:45,1\n08:30,2\n23:10,3\n");
    expect(neuroloom("data", clock).stdout).toMatch(/at +time of day +3 +08:30 to 23:10 +date_format=%H:%M/);
    expect(shown).toContain("names a month and a number that may be a year or a day (such as 'Jan-15' in row 1)");
  });

  it("describes pictures, keeps nothing, and answers a missing file or column with exit code 1", async () => {
    const file = put("shades.zip", await redAndBlue(3));
    const { code, events } = neuroloom("data", file, "--json");
    expect(code).toBe(0);
    expect(events.find(({ name }) => name === "picture")).toMatchObject({ type: "picture", remarks: ["shape=6x8x3"], role: null });
    expect(neuroloom("data", join(folder, "nowhere.csv"), "--json")).toMatchObject({ code: 1, events: [{ code: "data.file_not_found" }] });
    expect(neuroloom("data", file, "--target", "colour", "--json")).toMatchObject({ code: 1, events: [{ code: "data.column_missing" }] });
  });
});

describe("pictures", () => {
  it("of an archive are trained on; pictures of another size are predicted, and a folder is evaluated", async () => {
    const data = put("train.zip", await redAndBlue(12));
    const out = join(folder, "shades");
    const trained = neuroloom(
      "train",
      design("shades", 15, flat, "categorical_crossentropy"),
      "--data",
      data,
      "--target",
      "label",
      "--out",
      out,
      "--json",
    );
    expect(trained.code).toBe(0);
    const model = join(out, "model.json");
    const fresh = zip([
      { name: "a.png", content: await png(10, 20, 200, 31, 17) },
      { name: "b.png", content: await png(210, 20, 10, 20, 40) },
    ]);
    const predictions = join(folder, "predictions.csv");
    const predicted = neuroloom("predict", model, "--data", put("fresh.zip", fresh), "--out", predictions, "--id", "file", "--json");
    expect(predicted.events.at(-1)).toMatchObject({ event: "done", rows: 2 });
    const lines = readFileSync(predictions, "utf8").trim().split("\n");
    expect(lines[1]).toMatch(/^a\.png,.*blue/);
    expect(lines[2]).toMatch(/^b\.png,.*red/);
    put("set/red/1.png", await png(200, 10, 10));
    put("set/blue/1.png", await png(10, 10, 200));
    const evaluated = neuroloom("evaluate", model, "--data", join(folder, "set"), "--json");
    expect(evaluated.events.at(-1)).toMatchObject({ event: "done", rows: 2, metrics: { accuracy: 1 } });
    const broken = put(
      "broken.zip",
      zip([
        { name: "a.png", content: await png(1, 2, 3) },
        { name: "b.png", content: Buffer.from("no picture") },
      ]),
    );
    expect(neuroloom("predict", model, "--data", broken, "--out", predictions, "--json").events[0]).toMatchObject({
      code: "data.picture_broken",
    });
    expect(neuroloom("predict", model, "--data", put("t.csv", "picture\n0\n"), "--out", predictions, "--json").events[0]).toMatchObject({
      code: "data.no_pictures",
    });
  });

  it("of columns that are pixels are described and trained on, found by name or by a shape", () => {
    const head = Array.from({ length: 16 }, (_, place) => `pixel_${Math.floor(place / 4)}_${place % 4}`);
    const row = (place: number): string => [place % 2, ...head.map((_, pixel) => ((pixel + place) % 2) * 200 + place)].join(",");
    const lines = Array.from({ length: 40 }, (_, place) => row(place));
    const file = put("squares.csv", `odd,${head.join(",")}\n${lines.join("\n")}\n`);
    const columns = neuroloom("data", file, "--pixels", "found", "--target", "odd", "--json").events.filter(
      ({ event }) => event === "column",
    );
    expect(columns.map(({ name, type, remarks }) => [name, type, remarks])).toEqual([
      ["picture", "picture", ["shape=4x4x1"]],
      ["odd", expect.any(String), expect.anything()],
    ]);
    const plain = put("plain.csv", `odd,${head.map((_, place) => String.fromCharCode(97 + place)).join(",")}\n${lines.join("\n")}\n`);
    expect(neuroloom("data", plain, "--pixels", "found", "--json").events.at(-1)).toMatchObject({ code: "data.no_pixel_columns" });
    expect(neuroloom("data", plain, "--pixels", "5x5", "--target", "odd", "--json").events.at(-1)).toMatchObject({
      code: "data.pixels_do_not_fit",
    });
    expect(neuroloom("data", plain, "--pixels", "many").code).toBe(2);
    const dense = design("of-pixels", 2, flat, "categorical_crossentropy");
    const trained = neuroloom(
      "train",
      dense,
      "--data",
      plain,
      "--pixels",
      "4x4",
      "--target",
      "odd",
      "--out",
      join(folder, "of-pixels"),
      "--json",
    );
    expect([trained.code, trained.events.at(-1)?.["event"]]).toEqual([0, "done"]);
    // The model takes new rows of columns as they are.
    const evaluated = neuroloom("evaluate", join(folder, "of-pixels", "model.json"), "--data", plain, "--json");
    expect(evaluated.events.at(-1)).toMatchObject({ event: "done", rows: 40 });
  });

  it("of idx files are trained on with the labels beside them, and refused in another size", () => {
    const pixels = Array.from({ length: 40 }, (_, place) => Array.from({ length: 9 }, () => (place % 2 === 0 ? 250 : 5))).flat();
    const data = put("train-images-idx3-ubyte", idx([40, 3, 3], pixels));
    put(
      "train-labels-idx1-ubyte",
      idx(
        [40],
        Array.from({ length: 40 }, (_, place) => place % 2),
      ),
    );
    const out = join(folder, "light");
    const trained = neuroloom(
      "train",
      design("light", 12, flat, "categorical_crossentropy"),
      "--data",
      data,
      "--target",
      "label",
      "--out",
      out,
      "--json",
    );
    expect(trained.code).toBe(0);
    const model = join(out, "model.json");
    expect(neuroloom("evaluate", model, "--data", data, "--json").events.at(-1)).toMatchObject({ rows: 40, metrics: { accuracy: 1 } });
    const other = put("other-images", idx([1, 2, 2], [1, 2, 3, 4]));
    const refused = neuroloom("predict", model, "--data", other, "--out", join(folder, "p.csv"), "--json");
    expect([refused.code, refused.events[0]?.["code"]]).toEqual([1, "data.picture_size_differs"]);
  });
});

describe("texts", () => {
  it("are trained on as a bag of words, evaluated and predicted", () => {
    const rows = Array.from({ length: 60 }, (_, row) =>
      row % 2 === 0
        ? `spam\twin a cheap prize number ${row} today and call now`
        : `ham\tsee you at lunch tomorrow, I bring the ${row} books with me`,
    );
    const data = put("messages.tsv", `kind\ttext\n${rows.join("\n")}\n`);
    const out = join(folder, "spam");
    const layers = [{ type: "dense", config: { units: 2, activation: "softmax" } }];
    const trained = neuroloom(
      "train",
      design("spam", 20, layers, "categorical_crossentropy"),
      "--data",
      data,
      "--target",
      "kind",
      "--out",
      out,
      "--json",
    );
    expect(trained.code).toBe(0);
    const model = join(out, "model.json");
    expect(neuroloom("evaluate", model, "--data", data, "--json").events.at(-1)).toMatchObject({ rows: 60, metrics: { accuracy: 1 } });
    const predictions = join(folder, "kinds.csv");
    const fresh = put("fresh.tsv", "text\tplace\ncall now to win a prize today\tA\nlunch tomorrow with the books\tB\n");
    expect(neuroloom("predict", model, "--data", fresh, "--out", predictions, "--id", "place", "--json").code).toBe(0);
    const lines = readFileSync(predictions, "utf8").trim().split("\n");
    expect([lines[1], lines[2]]).toEqual([expect.stringMatching(/^A,.*spam/), expect.stringMatching(/^B,.*ham/)]);
  });
});

describe("JSON lines", () => {
  it("are trained on and predicted as the table that they are", () => {
    const rows = Array.from({ length: 40 }, (_, row) => JSON.stringify({ size: row * 1.5, kind: row < 20 ? "small" : "large" }));
    const data = put("sizes.jsonl", `${rows.join("\n")}\n`);
    const out = join(folder, "sizes");
    const layers = [{ type: "dense", config: { units: 2, activation: "softmax" } }];
    expect(
      neuroloom(
        "train",
        design("sizes", 40, layers, "categorical_crossentropy"),
        "--data",
        data,
        "--target",
        "kind",
        "--out",
        out,
        "--json",
      ).code,
    ).toBe(0);
    const fresh = put("fresh.jsonl", '{"size":1}\n{"size":57.5}\n');
    const predictions = join(folder, "sizes.csv");
    expect(neuroloom("predict", join(out, "model.json"), "--data", fresh, "--out", predictions, "--json").code).toBe(0);
    const lines = readFileSync(predictions, "utf8").trim().split("\n");
    expect([lines[1], lines[2]]).toEqual([expect.stringMatching(/small/), expect.stringMatching(/large/)]);
  });
});

describe("an array of records", () => {
  it("is the table that it is, and other JSON is told what is expected", () => {
    const records = put("records.json", JSON.stringify([1, 2, 3].map((size) => ({ size, kind: size < 3 ? "small" : "large" }))));
    const read = neuroloom("data", records, "--json");
    expect(read.code).toBe(0);
    expect(JSON.parse(read.stdout.split("\n", 1)[0] ?? "")).toMatchObject({ event: "data", rows: 3, columns: 2 });
    const columns = put("columns.json", '{"size":[1,2,3],"kind":["a","b","c"]}');
    const refused = neuroloom("data", columns);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("a list of objects, one for each row");
  });
});

describe("a time series", () => {
  it("is told with seasonal naive and linear beside it, after training and when other rows are evaluated", () => {
    const lines = Array.from({ length: 90 }, (_, day) => {
      const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
      return `${date},${(10 + 3 * Math.sin((2 * Math.PI * day) / 7)).toFixed(3)}`;
    });
    const data = put("weeks.csv", `day,sold\n${lines.join("\n")}\n`);
    const file = design(
      "weeks",
      2,
      [
        { type: "flatten", config: {} },
        { type: "dense", config: { units: 1 } },
      ],
      "mse",
    );
    const whole = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    const columns = [
      { name: "day", type: "date", role: "ignored" },
      { name: "sold", type: "numeric", role: "target" },
    ];
    const window = { columns: ["sold"], length: 8, horizon: 1, order_by: "day" };
    const split = { method: "time", validation_fraction: 0.2, seed: null };
    const series = {
      source: { kind: "file", name: "weeks.csv" },
      columns,
      steps: [],
      split,
      window,
      feature_count: null,
      class_count: null,
    };
    writeFileSync(file, JSON.stringify({ ...whole, data: series }));
    const out = join(folder, "weeks-run");
    const trained = neuroloom("train", file, "--data", data, "--out", out, "--json");
    expect(trained.code, trained.stderr).toBe(0);
    const beside = [
      { output: "output_3", name: "seasonal_naive", said: { params: { back: 7 } }, figures: { mae: expect.closeTo(0, 3) } },
      { name: "linear_regression", figures: { r2: expect.closeTo(1, 3) } },
    ];
    expect(trained.events.at(-1)).toMatchObject({ event: "done", baselines: beside });
    const evaluated = neuroloom("evaluate", join(out, "model.json"), "--data", data, "--json");
    expect(evaluated.events.at(-1)).toMatchObject({ event: "done", rows: 82, baselines: beside });
    const gone = lines.map((line, day) => (day === 20 || day === 50 ? `,${day}` : line));
    const undated = put("undated.csv", `day,sold\n${gone.join("\n")}\n`);
    const predictions = join(folder, "undated-predictions.csv");
    const asked = ["--data", undated, "--out", predictions, "--id", "day"] as const;
    const predicted = neuroloom("predict", join(out, "model.json"), ...asked, "--json");
    expect(predicted.events.at(-1), predicted.stderr).toMatchObject({ event: "done", rows: 80, undated_rows: 2 });
    expect(neuroloom("evaluate", join(out, "model.json"), "--data", undated).stdout).toContain("80 rows; 2 without a time left out");
    const few = put("few.csv", `day,sold\n${lines.slice(0, 12).join("\n")}\n`);
    const told = neuroloom("evaluate", join(out, "model.json"), "--data", few);
    expect(told.code).toBe(0);
    expect(told.stderr).toContain("4 rows are too few for baselines");
  });
});

describe("a graph of nodes", () => {
  it("counts the links of new nodes to those that it does not have", () => {
    const out = join(folder, "communities-run");
    const trained = neuroloom("train", join(root, "resources/templates/communities.json"), "--out", out, "--json");
    expect(trained.code, trained.stderr).toBe(0);
    const rows = put("newcomers.csv", "person,x1,x2,links\nnew,1,0,p1 p2 nobody\np3,0,1,p4 nobody\nnewer,0,1,new nobody\n");
    const asked = ["--data", rows, "--out", join(folder, "newcomers-predicted.csv"), "--id", "person"] as const;
    const predicted = neuroloom("predict", join(out, "model.json"), ...asked, "--json");
    expect(predicted.events.at(-1), predicted.stderr).toMatchObject({ event: "done", rows: 3, unknown_links: 3 });
    expect(neuroloom("predict", join(out, "model.json"), ...asked).stdout).toContain(
      "links to nodes that the graph does not have, left out: 3",
    );
  });
});
