/** The thread that looks inside, without the thread: what takes long waits for nobody and nobody for it; weights are those of the moment. */
import { expect, it } from "vitest";
import { readModel } from "../../core/export/json/model-json.ts";
import { Predictor } from "../../core/train/model.ts";
import { takeSnapshot } from "../../core/train/snapshots.ts";
import { trainDesign } from "../../core/train/train-design.ts";
import { InsideDesk } from "../../main/engine/inside/desk.ts";
import type { FromInside, InsideQuestion, RunToLookInto } from "../../main/engine/inside/messages.ts";
import { oracle } from "./backends.ts";
import { recurrent, texts } from "./inside-networks.ts";

const design = recurrent("gru");
let time = 0;
const { model } = trainDesign({ design, table: texts, backend: oracle, clock: () => (time += 1) });
const run: RunToLookInto = { design, model: new TextEncoder().encode(model), table: null, name: "words" };

/** Every step of what takes long is a slice of its own: the clock stands for a machine so slow. */
function opened(): { readonly desk: InsideDesk; readonly told: FromInside[]; answered: (id: number) => Promise<FromInside> } {
  const told: FromInside[] = [];
  let [now, wake] = [0, (): void => undefined];
  const desk = new InsideDesk({
    nowMs: () => (now += 1000),
    post: (message) => {
      told.push(message);
      wake();
    },
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  });
  desk.receive({ kind: "run", run });
  const answered = async (id: number): Promise<FromInside> => {
    for (;;) {
      const found = told.find((message) => message.id === id && message.kind !== "progress");
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { desk, told, answered };
}

const umap: InsideQuestion = { kind: "umap", nodeId: "vectors" };
const filters: InsideQuestion = { kind: "look", nodeId: "vectors", view: "vectors", subject: { kind: "row", row: 0 } };

it("answers a look while a layout goes on, tells how far the layout is, and ends it when it is cancelled", async () => {
  const { desk, told, answered } = opened();
  desk.receive({ kind: "ask", id: 1, question: umap });
  desk.receive({ kind: "ask", id: 2, question: filters });
  expect((await answered(2)).kind).toBe("answer");
  expect(told.some((message) => message.id === 1 && message.kind !== "progress")).toBe(false);
  expect(await answered(1)).toMatchObject({ kind: "answer", answer: { neighbours: 15 } });
  expect(told.filter((message) => message.id === 1 && message.kind === "progress").length).toBeGreaterThan(10);
  desk.receive({ kind: "ask", id: 3, question: umap });
  desk.receive({ kind: "cancel", id: 3 });
  expect(await answered(3)).toMatchObject({ kind: "failed", error: { code: "inside.cancelled" } });
});

it("looks with the weights that were given last, and with the trained ones again", async () => {
  const { desk, answered } = opened();
  const pointsOf = async (id: number): Promise<unknown> => {
    desk.receive({ kind: "ask", id, question: filters });
    return (await answered(id)) as unknown;
  };
  const trained = await pointsOf(1);
  const { network } = new Predictor(readModel(model), oracle);
  const table = network.view("parameter", "vectors/embeddings");
  table.forEach((value, place) => (table[place] = value * (1 + (place % 3))));
  desk.receive({ kind: "weights", weights: takeSnapshot(network) });
  const moved = await pointsOf(2);
  expect(moved).not.toEqual({ ...(trained as object), id: 2 });
  expect(await pointsOf(3)).toEqual({ ...(moved as object), id: 3 });
  desk.receive({ kind: "weights", weights: null });
  expect(await pointsOf(4)).toEqual({ ...(trained as object), id: 4 });
});

it("says what is wrong and goes on: a layer without vectors, a row where there are no data", async () => {
  const { desk, answered } = opened();
  desk.receive({ kind: "ask", id: 1, question: { kind: "umap", nodeId: "p" } });
  desk.receive({ kind: "ask", id: 2, question: { ...filters, nodeId: "p", view: "activations" } });
  desk.receive({ kind: "ask", id: 3, question: { kind: "views" } });
  expect(await answered(1)).toMatchObject({ kind: "failed", error: { code: "inside.no_such_view" } });
  expect(await answered(2)).toMatchObject({ kind: "failed", error: { code: "run.no_dataset" } });
  expect(await answered(3)).toMatchObject({ kind: "answer" });
});
