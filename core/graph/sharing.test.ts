import { describe, expect, it } from "vitest";
import { design } from "../../test/graph/designs.ts";
import type { Command } from "./command.ts";
import { applyCommand } from "./commands.ts";
import type { DesignDocument, NodeDocument } from "./document.ts";
import { isSharing, shareCommand, sharersOf, unshareCommand } from "./sharing.ts";

const base = design("in > a > b > c > d > n", {
  in: ["input", { shape: [4] }],
  a: ["dense", { units: 8 }],
  b: ["dense", { units: 5 }],
  c: ["dense", { units: 8 }],
  d: ["dropout"],
  n: ["batch_normalization"],
});
const id = (name: string, from: DesignDocument = base): string => of(name, from).id;
const of = (name: string, { graph }: DesignDocument): NodeDocument => {
  const node = graph.nodes.find((one) => one.name === name);
  if (node === undefined) throw new Error(name);
  return node;
};

describe("sharing weights", () => {
  it("gives the later the weights and options of the first, and one undo takes back the bytes", () => {
    const { design: after, inverse } = applyCommand(base, shareCommand(base, [id("b"), id("a")]));
    expect(of("b", after)).toMatchObject({ shared_with: id("a"), config: { units: 8 } });
    expect(sharersOf(after, id("b")).map(({ name }) => name)).toEqual(["a", "b"]);
    expect(isSharing(after, [id("a")])).toBe(true);
    expect(isSharing(after, [id("a"), id("c")])).toBe(false);
    expect(JSON.stringify(applyCommand(after, inverse).design)).toBe(JSON.stringify(base));
  });

  it("keeps the owner that is there, and whoever used the weights of one that joins follows", () => {
    const two = applyCommand(base, shareCommand(base, [id("b"), id("c")])).design;
    const all = applyCommand(two, shareCommand(two, [id("a"), id("c")])).design;
    expect([of("a", all).shared_with, of("b", all).shared_with, of("c", all).shared_with]).toEqual([id("b"), null, id("b")]);
    expect(of("a", all).config).toEqual({ units: 5 });
  });

  it("parts one that uses, and of an owner all that use its weights", () => {
    const all = applyCommand(base, shareCommand(base, [id("a"), id("b"), id("c")])).design;
    const one = applyCommand(all, unshareCommand(all, [id("b")])).design;
    expect([of("b", one).shared_with, of("c", one).shared_with]).toEqual([null, id("a")]);
    const none = applyCommand(all, unshareCommand(all, [id("a")])).design;
    expect(none.graph.nodes.every(({ shared_with }) => shared_with === null)).toBe(true);
  });

  it("an owner that goes hands its weights on to the first that is not skipped, to a skipped one where there is no other", () => {
    const all = applyCommand(base, shareCommand(base, [id("a"), id("b"), id("c")])).design;
    const gone: Command = { type: "remove", node_ids: [id("a")], edge_ids: [] };
    const skipped = applyCommand(all, { type: "set_bypassed", ids: [id("b")], bypassed: true }).design;
    const { design: without, inverse } = applyCommand(skipped, gone);
    expect([of("b", without).shared_with, of("c", without).shared_with]).toEqual([id("c"), null]);
    expect(JSON.stringify(applyCommand(without, inverse).design)).toBe(JSON.stringify(skipped));
    const none = applyCommand(applyCommand(skipped, { type: "set_bypassed", ids: [id("c")], bypassed: true }).design, gone).design;
    expect([of("b", none).shared_with, of("c", none).shared_with]).toEqual([null, id("b")]);
  });

  it("refuses what has no weights and what is of several types", () => {
    expect(() => shareCommand(base, [id("a"), id("d")])).toThrow(expect.objectContaining({ code: "design.share_needs_two" }));
    expect(() => shareCommand(base, [id("a"), id("n")])).toThrow(expect.objectContaining({ code: "design.share_one_type" }));
  });
});
