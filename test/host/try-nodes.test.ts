/** "Try it" of nodes: those that a graph holds are answered as they stand in it, new rows by the links, values or words that they bring. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { decodeNumbers } from "../../core/export/json/numbers.ts";
import type { DataDocument, GraphDocument } from "../../core/graph/document.ts";
import type { MethodOutput } from "../../core/protocol/methods.ts";
import type { OpenedHost } from "../../main/host/host.ts";
import { emptyDesign } from "../../renderer/start/empty-design.ts";
import { graphOf, node } from "../engine/design.ts";
import { hasEnded, openTemplate, runUntil, startRun, testHome } from "./fixture.ts";

type Values = Record<string, string | null>;

async function rowOf(host: OpenedHost, datasetId: string, row: number): Promise<Values> {
  const { columns, rows } = await host.handlers["datasets.preview"]({ id: datasetId, offset: row, count: 1 });
  return Object.fromEntries(columns.map((name, place) => [name, rows[0]?.[place] ?? null]));
}

async function predictedLines(host: OpenedHost, runId: string, datasetId: string): Promise<string[][]> {
  const { download } = await host.handlers["exports.predictions"]({ run_id: runId, dataset_id: datasetId, id_columns: [] });
  const text = readFileSync(host.downloads.resolve(download)?.path ?? "", "utf8").trim();
  return text.split("\n").map((line) => line.split(","));
}

/** As the data screen makes of it when the links are taken for a graph. */
const asGraph = (data: DataDocument): DataDocument => ({
  ...data,
  columns: data.columns.map((column) => (["name", "links"].includes(column.name) ? { ...column, type: "text", role: "ignored" } : column)),
  steps: data.steps.filter(({ columns }) => !columns.includes("links") && !columns.includes("name")),
  graph: { kind: "links", id: "name", links: "links", directed: false },
});

function twoLayers(): GraphDocument {
  const plain = graphOf(
    [
      node("g", "input"),
      node("m", "input"),
      node("x", "input"),
      node("a", "graph_convolution", { units: 8, activation: "relu" }),
      node("b", "graph_convolution", { units: 2, activation: "softmax" }),
      node("y", "output", { loss: "categorical_crossentropy" }),
    ],
    [
      ["x", "a"],
      ["a", "b"],
      ["b", "y"],
    ],
  );
  const wire = (source: string, target: string, port: string) => ({
    id: `${source} ${target}`,
    source,
    source_port: "output",
    target,
    target_port: port,
  });
  return { ...plain, edges: [...plain.edges, wire("g", "a", "graph"), wire("g", "b", "graph"), wire("m", "y", "mask")] };
}

const probabilities = (answer: MethodOutput<"runs.try">): string[] => answer.outputs[0]?.shares.map(({ share }) => String(share)) ?? [];

it("answers a node of a table with links as it stands in the graph, and once more as a new one by what is typed", async () => {
  await using home = testHome();
  const host = await home.open();
  // Two circles of ten, each linked within; the number tells them apart too.
  const nodes = Array.from({ length: 20 }, (_, i) => `n${i},${i < 10 ? 1 + i / 20 : -1 - i / 20},${i < 10 ? "left" : "right"}`);
  const edges = Array.from({ length: 20 }, (_, i) => [1, 2, 3].map((step) => `n${i},n${(i < 10 ? 0 : 10) + ((i + step) % 10)}`)).flat();
  const token = (name: string, lines: readonly string[]): string => {
    const path = join(home.path, name);
    writeFileSync(path, `${lines.join("\n")}\n`);
    return host.uploads.register(path, name);
  };
  const file = token("n.csv", ["name,x,side", ...nodes]);
  const { dataset } = await host.handlers["datasets.import"]({
    file,
    name: "n.csv",
    edges: { file: token("e.csv", ["source,target", ...edges]), name: "e.csv", id: "name", source: "source", target: "target" },
    import_id: "i",
  });
  const proposed = await host.handlers["datasets.propose"]({ id: dataset.id, targets: ["side"] });
  const data = asGraph(proposed.data);
  const design = {
    ...emptyDesign("asked"),
    graph: twoLayers(),
    data,
    train: { epochs: 30, optimizer: { type: "adam", learning_rate: 0.05 } },
  };
  const { project } = await host.handlers["projects.create"]({ design, dataset_id: dataset.id });
  const run = await runUntil(host, (await startRun(host, { projectId: project.id, datasetId: dataset.id, design })).id, hasEnded);
  expect(run.error).toBeNull();

  const form = await host.handlers["runs.form"]({ id: run.id });
  expect(form.graph).toEqual(["name", "links"]);
  expect(form.columns.map(({ name }) => name)).toEqual(["name", "x", "links"]);
  const ask = (values: Values, as_new: boolean) => host.handlers["runs.try"]({ id: run.id, values, picture: null, effects: true, as_new });
  const [, ...lines] = await predictedLines(host, run.id, dataset.id);
  const values = await rowOf(host, dataset.id, 4);
  const known = await ask(values, false);
  expect([known.node, probabilities(known)]).toEqual([{ known: true, links: 0 }, lines[4]?.slice(1)]);
  // What the table says of a node that is known changes nothing; of a new one it is all there is.
  expect(probabilities(await ask({ ...values, x: "-9", links: null }, false))).toEqual(probabilities(known));
  const alone = await ask({ ...values, links: null }, true);
  expect(alone.node).toEqual({ known: false, links: 0 });
  const moved = await ask({ ...values, x: "-2", links: "n11 n12:2 nobody" }, true);
  expect([moved.node, moved.outputs[0]?.predicted]).toEqual([{ known: false, links: 2 }, ["right"]]);
  expect(known.outputs[0]?.predicted).toEqual(["left"]);
  // The same as a file with a node that the graph does not have.
  const unnamed = await ask({ ...values, name: "somebody", x: "-2", links: "n11 n12:2 nobody" }, false);
  expect(probabilities(unnamed)).toEqual(probabilities(moved));
  expect(known.effects.map(({ column }) => column)).toEqual(["x", "links"]);
  expect(known.effects.every(({ effect }) => effect > 0)).toBe(true);
  expect(known.words).toEqual([]);
  const again = { ...design, train: { ...design.train, epochs: 12 } };
  const other = await runUntil(host, (await startRun(host, { projectId: project.id, datasetId: dataset.id, design: again })).id, hasEnded);
  const { run: both } = await host.handlers["ensembles.create"]({ ids: [run.id, other.id], rule: "average" });
  for (const as_new of [false, true]) {
    const [one, two, mean] = await Promise.all(
      [run, other, both].map(({ id }) => host.handlers["runs.try"]({ id, values, picture: null, effects: false, as_new })),
    );
    expect(mean?.node).toEqual(one?.node);
    mean?.outputs[0]?.shares.forEach(({ share }, k) => {
      const members = [one, two].map((answer) => answer?.outputs[0]?.shares[k]?.share ?? Number.NaN);
      expect(share).toBeCloseTo(((members[0] ?? 0) + (members[1] ?? 0)) / 2, 7);
    });
  }
  await looksInside(host, run.id, probabilities(known).map(Number));
});

/** The same network by hand: two graph convolutions over the circles, of which links can be cut. */
async function looksInside(host: OpenedHost, runId: string, predicted: readonly number[]): Promise<void> {
  const row = 4;
  const { layers } = await host.handlers["inside.views"]({ run_id: runId });
  const offered = Object.fromEntries(layers.map(({ node_id, views }) => [node_id, views.map(({ view }) => view)]));
  expect(offered).toEqual({
    g: ["neighbours"],
    x: ["saliency", "occlusion", "activations"],
    a: ["activations", "weights"],
    b: ["activations", "weights"],
    y: ["activations"],
  });
  type Look = Parameters<OpenedHost["handlers"]["inside.look"]>[0];
  const look = (node_id: string, view: Look["view"], of: number) =>
    host.handlers["inside.look"]({ run_id: runId, node_id, view, row: of, explained: { node_id: "y", place: 0 } });
  const numbers = (found: MethodOutput<"inside.look">, name: string): number[] => [
    ...decodeNumbers(found.arrays.find((one) => one.name === name)?.values ?? "", name),
  ];
  const x: number[] = [];
  for (let node = 0; node < 20; node += 1) x.push(...numbers(await look("x", "activations", node), "activations"));
  const weights = async (node_id: string) => {
    const { parameters } = await host.handlers["runs.weights"]({ id: runId, node_id });
    const of = (name: string): readonly number[] =>
      (parameters.find((one) => one.name === name)?.values ?? []).map((value) => value ?? Number.NaN);
    return { kernel: of("kernel"), bias: of("bias") };
  };
  const [first, second] = [await weights("a"), await weights("b")];
  const neighbour = (a: number, b: number): boolean =>
    Math.floor(a / 10) === Math.floor(b / 10) && [1, 2, 3, 7, 8, 9].includes(Math.abs(a - b));
  const byHand = (features: readonly number[], cut: readonly [number, number] | null = null) => {
    const linked = (a: number, b: number): boolean => a === b || (neighbour(a, b) && !(cut?.includes(a) === true && cut.includes(b)));
    const degree = x.map((_, a) => x.filter((__, b) => linked(a, b)).length);
    const convolved = (rows: readonly (readonly number[])[], { kernel, bias }: typeof first): number[][] =>
      rows.map((_, a) =>
        bias.map((own, unit) =>
          rows.reduce((sum, channels, b) => {
            if (!linked(a, b)) return sum;
            const mixed = channels.reduce((all, value, channel) => all + value * (kernel[channel * bias.length + unit] ?? 0), 0);
            return sum + mixed / Math.sqrt((degree[a] ?? 1) * (degree[b] ?? 1));
          }, own),
        ),
      );
    const hidden = convolved(
      features.map((value) => [value]),
      first,
    ).map((units) => units.map((unit) => Math.max(0, unit)));
    const scores = (convolved(hidden, second)[row] ?? []).map(Math.exp);
    return { hidden: hidden[row] ?? [], shares: scores.map((score) => score / scores.reduce((a, b) => a + b, 0)) };
  };
  const close = (found: readonly number[], expected: readonly number[]): void => {
    expect(found).toHaveLength(expected.length);
    for (const [place, value] of found.entries()) expect(value).toBeCloseTo(expected[place] ?? Number.NaN, 5);
  };
  const { hidden, shares } = byHand(x);
  close(predicted, shares);
  close(numbers(await look("a", "activations", row), "activations"), hidden);
  close(numbers(await look("y", "activations", row), "activations"), shares);
  const links = await look("g", "neighbours", row);
  expect(links.labels["neighbours"]?.toSorted()).toEqual(["n1", "n2", "n3", "n5", "n6", "n7"]);
  const falls =
    links.labels["neighbours"]?.map((name) => (shares[0] ?? 0) - (byHand(x, [row, Number(name.slice(1))]).shares[0] ?? 0)) ?? [];
  close(numbers(links, "neighbours"), falls);
  expect(falls.some((fall) => Math.abs(fall) > 1e-4)).toBe(true);
  const moved = (by: number): number => byHand(x.map((value, node) => (node === row ? value + by : value))).shares[0] ?? 0;
  const [slope = 0] = numbers(await look("x", "saliency", row), "saliency");
  expect(slope).toBeCloseTo((moved(1e-3) - moved(-1e-3)) / 2e-3, 4);
  close(numbers(await look("x", "occlusion", row), "occlusion"), [moved(0) - moved(-(x[row] ?? 0))]);
  expect(numbers(await look("b", "weights", row), "∇ kernel").length).toBeGreaterThan(0);
}

it("answers a text of the graph from its node, another by its words, and says what each word speaks for", async () => {
  await using home = testHome();
  const host = await home.open();
  const opened = await openTemplate(host, "text-graph", { epochs: 20 });
  const run = await runUntil(host, (await startRun(host, opened)).id, hasEnded);
  const { graph, columns } = await host.handlers["runs.form"]({ id: run.id });
  const text = graph?.[0] ?? "";
  expect(columns.map(({ name }) => name)).toEqual([text]);
  const [, ...lines] = await predictedLines(host, run.id, opened.datasetId);
  const values = await rowOf(host, opened.datasetId, 3);
  const ask = (value: string) => host.handlers["runs.try"]({ id: run.id, values: { [text]: value }, picture: null, effects: true });
  const known = await ask(values[text] ?? "");
  expect([known.node?.known, probabilities(known)]).toEqual([true, lines[3]?.slice(1)]);
  const words = new Set<string>((values[text] ?? "").toLowerCase().match(/\p{L}+/gu) ?? []);
  expect(known.words.length).toBeGreaterThan(1);
  expect(known.words.every(({ column, word }) => column === text && words.has(word.toLowerCase()))).toBe(true);
  // A word that the graph has never seen brings no link: the rest is answered as without it.
  const fresh = await ask(`${values[text]} qqqq xxxxyy`);
  const [first] = fresh.words;
  const without = await ask((values[text] ?? "").replace(new RegExp(`\\b${first?.word}\\b`, "giu"), ""));
  expect(without.node?.known).toBe(false);
  expect(known.words.some(({ effect }) => effect !== 0)).toBe(true);
  const label = known.outputs[0]?.predicted[0];
  const shareOf = (answer: MethodOutput<"runs.try">): number =>
    answer.outputs[0]?.shares.find((one) => one.label === label)?.share ?? Number.NaN;
  // Left out, a word takes from the answer what it spoke for: told of the text as a new one.
  const asNew = await host.handlers["runs.try"]({ id: run.id, values, picture: null, effects: true, as_new: true });
  expect(asNew.node?.known).toBe(false);
  expect(known.words[0]?.effect).toBeCloseTo(shareOf(asNew) - shareOf(without), 6);
});
