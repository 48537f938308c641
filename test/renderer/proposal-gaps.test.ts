/** A series whose gaps a proposal fills: another way is taken for all of them, and so is none. */
import { expect, test, vi } from "vitest";
import { proposeData } from "../../core/data/propose.ts";
import { seriesProposals } from "../../core/proposals/series.ts";
import { withFilledGaps } from "../../renderer/start/proposals.ts";

// What the modules of the page ask of the window when they are loaded.
vi.hoisted(() => {
  const media = { matches: false, addEventListener: () => undefined };
  const page = { matchMedia: () => media, addEventListener: () => undefined };
  Object.assign(globalThis, { window: page, document: { documentElement: { dataset: {} }, querySelector: () => null } });
});

const proposalsOf = (missing: { readonly heat: number; readonly note: number }) => {
  const column = (name: string, type: "numeric" | "text", empty = 0) => ({ name, type, remarks: [], missing: empty, distinct: 400 });
  const columns = [
    column("time", "numeric"),
    column("heat", "numeric", missing.heat),
    column("note", "text", missing.note),
    column("price", "numeric"),
  ];
  const data = proposeData({ kind: "file", name: "a.csv" }, columns, ["price"]);
  return seriesProposals({ data, features: [], classCount: null, trainingRows: 300, columns, rowCount: 400 }, "time");
};
const fills = (proposals: ReturnType<typeof withFilledGaps>) => proposals.map(({ design }) => design.data?.window?.fill?.method);

test("only empty cells of what comes in are filled, by what was known last unless something else is chosen", () => {
  expect(fills(proposalsOf({ heat: 0, note: 5 }))).toEqual([undefined, undefined, undefined]);
  const proposed = proposalsOf({ heat: 1, note: 0 });
  expect(fills(proposed)).toEqual(["previous", "previous", "previous"]);
  expect(fills(withFilledGaps(proposed, { method: "linear" }))).toEqual(["linear", "linear", "linear"]);
  expect(fills(withFilledGaps(proposed, null))).toEqual([undefined, undefined, undefined]);
});
