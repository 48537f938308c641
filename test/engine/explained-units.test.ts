/** A number is explained in its own units: what a standardised target moves by is told as the column has it, not as the network sees it. */
import { expect, it } from "vitest";
import type { Table } from "../../core/data/table.ts";
import { oracle } from "./backends.ts";
import { chain, node } from "./design.ts";
import { close, designOf, look, numbers, oneRow, trained } from "./inside-networks.ts";

const ROWS = 16;
const number = (name: string, made: (row: number) => number): Table["columns"][number] => ({
  kind: "number",
  name,
  values: Float64Array.from({ length: ROWS }, (_, row) => made(row)),
});
const prices: Table = {
  rowCount: ROWS,
  rowIds: Uint32Array.from({ length: ROWS }, (_, row) => row),
  columns: [
    number("rooms", (row) => 1 + (row % 5)),
    number("age", (row) => (row * 7) % 11),
    number("price", (row) => 2000 + 300 * (row % 5)),
  ],
};
const graph = chain(node("in", "input"), node("price", "dense", { units: 1 }), node("out", "output", { loss: "mse" }));

function learnt(steps: { type: string; columns: string[] }[]) {
  const columns = [
    { name: "rooms", type: "numeric" as const, role: "feature" as const },
    { name: "age", type: "numeric" as const, role: "feature" as const },
    { name: "price", type: "numeric" as const, role: "target" as const },
  ];
  const design = designOf(graph, { columns, steps });
  if (design.data !== null) design.data = { ...design.data, split: { method: "random", validation_fraction: 0.25, seed: 3 } };
  return trained(design, prices, oracle);
}

const weightsOf = (predictor: ReturnType<typeof learnt>): number[] => [...predictor.network.view("parameter", "price/kernel")];
const given = (predictor: ReturnType<typeof learnt>): number =>
  predictor.predict(predictor.prepare(oneRow(prices, 0), false))["out"]?.[0] ?? 0;

it("tells a standardised number, its gradient and what it falls by in the units of its column", () => {
  const predictor = learnt([{ type: "standardise", columns: ["rooms", "age", "price"] }]);
  const [mean, deviation] = momentsOf(predictor.prepare(prices, true).targets["out"]?.values ?? [], prices);
  const saliency = look(predictor, "in", "saliency", prices);
  expect(saliency.figures["explained"]).toBeCloseTo(mean + deviation * given(predictor), 2);
  expect(saliency.labels["prepared"]).toBeUndefined();
  const kernel = weightsOf(predictor);
  close(
    numbers(saliency, "saliency"),
    kernel.map((weight) => weight * deviation),
    2,
  );
  const occlusion = look(predictor, "in", "occlusion", prices);
  const input = numbers(occlusion, "input");
  // A linear network: without a feature the prediction loses what that feature's weight made of it.
  close(
    numbers(occlusion, "occlusion"),
    kernel.map((weight, place) => weight * deviation * (input[place] ?? 0)),
    2,
  );
  expect(deviation).toBeGreaterThan(100);
});

it("leaves a number that is not prepared as the network gives it", () => {
  const predictor = learnt([]);
  const saliency = look(predictor, "in", "saliency", prices);
  expect(saliency.figures["explained"]).toBeCloseTo(given(predictor), 6);
  close(numbers(saliency, "saliency"), weightsOf(predictor), 4);
});

/** Mean and deviation that the step took: a line through what each price became. */
function momentsOf(prepared: ArrayLike<number>, { columns }: Table): [mean: number, deviation: number] {
  const [, , price] = columns;
  const values = price?.kind === "number" ? price.values : new Float64Array(0);
  const [low, high] = [values[0] ?? 0, values[4] ?? 0];
  const deviation = (high - low) / ((prepared[4] ?? 0) - (prepared[0] ?? 0));
  return [low - deviation * (prepared[0] ?? 0), deviation];
}
