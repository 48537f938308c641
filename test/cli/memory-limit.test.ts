/**
 * `evaluate` and `predict` beside the memory given to them: pictures and files that belong together are read from the disk with what
 * memory says of them; a graph is refused with the sizes, the limit and what to do, and nothing is written.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { errorData } from "../../core/errors.ts";
import { type GivenRows, withModelRows } from "../../main/cli/model-rows.ts";
import { readModelFile } from "../../main/cli/read-files.ts";
import { allErrors } from "../../resources/translations/all-errors.ts";
import { translate } from "../../resources/translations/translate.ts";
import { chain, graphOf, node } from "../engine/design.ts";
import { idx, questions, redAndBlue } from "../picture-files.ts";
import { commandIn } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "neuroloom-memory-limit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const neuroloom = commandIn(folder);
const put = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

type Kind = "pictures" | "joined" | "graph" | "idx";
const FIXTURES = { pictures: "shades.zip", joined: "answers.csv", graph: "people.csv", idx: "marks-images-idx3-ubyte" } as const;
const file = (kind: Kind): string => join(folder, FIXTURES[kind]);
const model = (kind: Kind): string => join(folder, kind, "model.json");
const joins = (kind: Kind) => ({
  ...(kind === "joined" ? { partners: [{ path: file("pictures"), name: "shades.zip", key: "image" }] } : {}),
  ...(kind === "graph" ? { edges: { path: join(folder, "friends.csv"), name: "friends.csv" } } : {}),
});
const flags = (kind: Kind): string[] => {
  if (kind === "joined") return ["--with", file("pictures"), "--key", "image"];
  return kind === "graph" ? ["--edges", join(folder, "friends.csv")] : [];
};

const softmax = (units: number) => node("classes", "dense", { units, activation: "softmax" });
const loss = node("y", "output", { loss: "categorical_crossentropy" });
const ofPictures = chain(node("x", "input"), node("flat", "flatten"), softmax(2), loss);
const graphs = {
  pictures: ofPictures,
  idx: ofPictures,
  joined: graphOf(
    [
      node("picture", "input", { columns: ["picture"] }),
      node("flat", "flatten"),
      node("words", "input", { columns: ["asked"] }),
      node("both", "concatenate"),
      softmax(2),
      loss,
    ],
    [
      ["picture", "flat"],
      ["flat", "both"],
      ["words", "both"],
      ["both", "classes"],
      ["classes", "y"],
    ],
  ),
};

const ofPeople = {
  source: { kind: "file", name: "people.csv" },
  columns: [
    { name: "name", type: "text", role: "ignored" },
    { name: "size", type: "numeric", role: "feature" },
    { name: "links", type: "text", role: "ignored" },
    { name: "side", type: "categorical", role: "target" },
  ],
  steps: [],
  split: { method: "random", validation_fraction: 0.3, seed: 1 },
  graph: { kind: "links", id: "name", links: "links", directed: false },
  feature_count: null,
  class_count: null,
};

function design(kind: Kind): string {
  const common = { format: "neuroloom-design", format_version: 1, name: kind, notes: "" };
  const train = { optimizer: { type: "adam", learning_rate: 0.05 }, batch_size: kind === "graph" ? 1 : 8, epochs: 3, seed: 1 };
  if (kind !== "graph") return put(`${kind}.json`, JSON.stringify({ ...common, train, graph: graphs[kind], data: null }));
  const people = JSON.parse(readFileSync("resources/templates/communities.json", "utf8")) as { graph: { nodes: { id: string }[] } };
  const text = JSON.stringify(people.graph).replaceAll('"units":3', '"units":2');
  return put("graph.json", JSON.stringify({ ...common, train, graph: JSON.parse(text), data: ofPeople }));
}

beforeAll(async () => {
  put("shades.zip", await redAndBlue(6));
  put("answers.csv", questions["test.csv"]);
  put(
    "people.csv",
    `name,size,side\n${Array.from({ length: 40 }, (_, place) => `n${place},${place % 7},${place % 2 ? "left" : "right"}\n`).join("")}`,
  );
  put("friends.csv", `source,target\n${Array.from({ length: 80 }, (_, place) => `n${place % 40},n${(place * 3 + 2) % 40}\n`).join("")}`);
  put(
    FIXTURES.idx,
    idx(
      [40, 3, 3],
      Array.from({ length: 360 }, (_, place) => (Math.floor(place / 9) % 2) * 200 + (place % 9)),
    ),
  );
  put(
    "marks-labels-idx1-ubyte",
    idx(
      [40],
      Array.from({ length: 40 }, (_, place) => place % 2),
    ),
  );
  for (const [kind, target] of [
    ["pictures", "label"],
    ["joined", "answer"],
    ["idx", "label"],
    ["graph", null],
  ] as const) {
    const more = target === null ? [] : ["--target", target];
    const trained = neuroloom("train", design(kind), "--data", file(kind), ...flags(kind), ...more, "--out", join(folder, kind), "--json");
    expect([kind, trained.events.at(-1)?.["status"]]).toEqual([kind, "done"]);
  }
});

const read = <T>(kind: Kind, dataMemoryBytes: number, withTargets: boolean, act: Parameters<typeof withModelRows<T>>[3]): Promise<T> => {
  const given: GivenRows = { data: file(kind), encoding: null, joins: joins(kind), dataMemoryBytes };
  return withModelRows(readModelFile(model(kind)), given, { ids: [], withTargets }, act);
};

const told = (kind: Kind, dataMemoryBytes: number, withTargets: boolean) =>
  read(kind, dataMemoryBytes, withTargets, async ({ predictor, part }) => ({
    inTurn: part.inTurn !== undefined,
    said: withTargets ? predictor.evaluate(part) : predictor.predict(part),
    rowIds: [...part.rowIds],
  }));

it.each([
  ["pictures", 0],
  ["pictures", 12 * 6 * 8 * 3 + 1],
  ["idx", 0],
  ["idx", 40 * 9 + 1],
] as const)("reads %s from the disk that have %i bytes of memory, and says of them what memory says", async (kind, limit) => {
  for (const withTargets of [true, false]) {
    const [memory, disk] = [await told(kind, 2 ** 40, withTargets), await told(kind, limit, withTargets)];
    expect([memory.inTurn, disk.inTurn]).toEqual([false, true]);
    expect(disk).toEqual({ ...memory, inTurn: true });
  }
});

it("reads a table from the disk with the pictures that belong to it", async () => {
  const [memory, disk] = [await told("joined", 2 ** 40, true), await told("joined", 0, true)];
  expect([memory.inTurn, disk.inTurn]).toEqual([false, true]);
  expect(disk).toEqual({ ...memory, inTurn: true });
});

const MB = 2 ** 20;
const asked = (command: string, kind: Kind, ...more: string[]) =>
  neuroloom(command, model(kind), "--data", file(kind), ...flags(kind), ...more, "--json");

it.each(["pictures", "joined", "idx"] as const)("takes %s by command with no memory of their own, and says what memory says", (kind) => {
  const figures = (...more: string[]) => {
    const { code, events } = asked("evaluate", kind, ...more);
    return [code, events.at(-1)?.["metrics"]];
  };
  expect(figures("--data-memory", "0")).toEqual(figures());
  const rows = (name: string, ...more: string[]): string => {
    const out = join(folder, name);
    expect(asked("predict", kind, "--out", out, ...more).code).toBe(0);
    return readFileSync(out, "utf8");
  };
  expect(rows(`${kind}-disk.csv`, "--data-memory", "0")).toBe(rows(`${kind}-memory.csv`));
});

it("refuses a graph that does not fit at all: the sizes, the limit, and nothing is written", () => {
  const out = join(folder, "none.csv");
  const [code, params] = ["data.graph_needs_memory", { megabytes: 1, limit: 0 }];
  for (const [command, ...more] of [["evaluate"], ["predict", "--out", out]]) {
    const refused = asked(command as string, "graph", ...more, "--data-memory", "0");
    expect(refused.code).toBe(1);
    const { message, hint, ...event } = refused.events.at(-1) ?? {};
    expect(event).toMatchObject({ event: "error", code });
    expect(`${message} ${hint}`).toBe(translate(allErrors, "en", code, params));
  }
  expect(existsSync(out)).toBe(false);
  const said = neuroloom("predict", model("graph"), "--data", file("graph"), ...flags("graph"), "--out", out, "--data-memory", "0");
  expect(said.stderr).toContain("--data-memory");
});

it("refuses a graph that does not fit before its rows are prepared, takes one that does, and leaves nothing behind", async () => {
  const refused = await read("graph", 100, true, async () => "read").catch((thrown: unknown) => errorData(thrown));
  expect(refused).toMatchObject({ code: "data.graph_needs_memory", params: { megabytes: 1, limit: 0 } });
  expect((await told("graph", MB, true)).inTurn).toBe(false);
  const ours = new RegExp(`^neuroloom-(read|rows|spill)-${process.pid}-`);
  expect(readdirSync(tmpdir()).filter((name) => ours.test(name))).toEqual([]);
});
