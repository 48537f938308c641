/** The picture over two columns after a choice that the host refused: another one can be made. */
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { AppError } from "../../../core/errors.ts";
import { methods, type Run } from "../../../core/protocol/methods.ts";
import { emptyDesign } from "../../start/empty-design.ts";
import { RunSurface } from "./RunSurface.tsx";

// What the modules of the page ask of the window when they are loaded, and the picture for its colours; the host's answers, in turn.
const { answers } = vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  const document = { documentElement: { dataset: {} }, querySelector: () => null };
  class Canvas {
    readonly getContext = () => null;
  }
  Object.assign(globalThis, { window: page, document, getComputedStyle: () => ({}), OffscreenCanvas: Canvas });
  const given: unknown[] = [];
  return { answers: given };
});
vi.mock("../../state/use-long-answer.ts", () => ({ useLongAnswer: () => (answers.length > 1 ? answers.shift() : answers[0]) }));

const column = (name: string) => ({ name, kind: "number" });
const surface = methods["runs.surface"].output.parse({
  node_id: "out",
  outputs: [{ node_id: "out", name: "out" }],
  choice: "none",
  labels: ["price"],
  target: null,
  kind: "number",
  threshold: null,
  columns: [column("area"), column("rooms"), column("all missing")],
  x_axis: { ...column("area"), words: null },
  y_axis: { ...column("rooms"), words: null },
  x: [0, 1],
  y: [0, 1],
  values: [1, 2, 3, 4],
  shares: null,
  points: [],
  held: { row: null, rows: 10, values: [] },
});
const state = { progress: 0, pending: false, cancelled: false, cancel: () => undefined, restart: () => undefined };
const refused = { ...state, value: null, error: new AppError("run.importance_not_varied", { column: "all missing" }) };

const drawn = (compact: boolean): string => {
  answers.splice(0, answers.length, { ...state, value: surface, error: null }, refused);
  const run = { id: "run", dataset_id: null } as Run;
  return renderToStaticMarkup(<RunSurface run={run} design={emptyDesign("")} compact={compact} />);
};

test.each([false, true])("columns can be chosen where one was refused, in a low pane: %s", (compact) => {
  const html = drawn(compact);
  expect(html).toContain('role="alert"');
  expect(html).toContain('<option value="area"');
  expect(html).toContain('<option value="all missing"');
  expect(html).not.toContain("<canvas");
});
