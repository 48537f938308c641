import { expect, it } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { applyCommand } from "./commands.ts";
import type { DesignDocument } from "./document.ts";
import { bypassCommand } from "./fix-command.ts";
import { propagate } from "./propagate.ts";
import { shareCommand } from "./sharing.ts";

const base = design("in > a > b > c > out", {
  in: ["input", { shape: [4] }],
  a: ["dense", { units: 4 }],
  b: ["dense", { units: 4 }],
  c: ["dense", { units: 4 }],
  out: ["output"],
});
const idOf = (name: string): string => base.graph.nodes.find((node) => node.name === name)?.id ?? "";
const [a, b, c] = [idOf("a"), idOf("b"), idOf("c")];
const ownersIn = ({ graph }: DesignDocument) => [a, b, c].map((id) => graph.nodes.find((node) => node.id === id)?.shared_with);
const wrongIn = (one: DesignDocument) =>
  [...propagate(one).nodes.values()].flatMap(({ problems }) => problems.map(({ error }) => error.code));

it("layers go on with the weights of one that is skipped, which shares them when it is used again", () => {
  const shared = applyCommand(base, shareCommand(base, [a, b, c])).design;
  const { design: skipped, inverse } = applyCommand(shared, bypassCommand(shared, [a], true));
  expect(ownersIn(skipped)).toEqual([b, null, b]);
  expect(wrongIn(skipped)).not.toContain("design.shared_owner_missing");
  expect(JSON.stringify(applyCommand(skipped, inverse).design)).toBe(JSON.stringify(shared));
  const back = applyCommand(skipped, bypassCommand(skipped, [a], false)).design;
  expect(ownersIn(back)).toEqual([b, null, b]);
  expect(wrongIn(back)).not.toContain("design.shared_owner_missing");
});

it("of several that are skipped at once one that is not holds the weights; of all, they stay where they are", () => {
  const shared = applyCommand(base, shareCommand(base, [a, b, c])).design;
  const two = applyCommand(shared, bypassCommand(shared, [a, b], true)).design;
  expect(ownersIn(two)).toEqual([c, c, null]);
  const all = applyCommand(shared, bypassCommand(shared, [a, b, c], true)).design;
  expect(ownersIn(all)).toEqual([null, a, a]);
  const one = applyCommand(all, bypassCommand(all, [b], false)).design;
  expect(ownersIn(one)).toEqual([b, null, b]);
  expect(wrongIn(one)).not.toContain("design.shared_owner_missing");
});
