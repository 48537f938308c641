import { describe, expect, test } from "vitest";
import { design, ids } from "../../test/graph/designs.ts";
import type { Command } from "./command.ts";
import { applyCommand } from "./commands.ts";
import type { DesignDocument } from "./document.ts";
import { rewireCommand } from "./rewire.ts";

const row = design("in > a > b > c > out", { in: ["input", { shape: [8] }], a: ["dense"], b: ["dropout"], c: ["dense"], out: ["output"] });
const edgeOf = ({ graph }: DesignDocument, wire: string): string =>
  graph.edges.find(({ source, target }) => `${source} > ${target}` === wire)?.id ?? "";
const wires = ({ graph }: DesignDocument): string[] => graph.edges.map(({ source, target }) => `${source} > ${target}`).sort();
const rewired = (of: DesignDocument, id: string, wire: string) => {
  const command = rewireCommand(of, edgeOf(of, wire), id, ids("new"));
  return applyCommand(of, command as Command);
};

describe("a connected layer led into another connection", () => {
  test("leaves its neighbours joined and stands in the new place, forwards and backwards", () => {
    expect(wires(rewired(row, "b", "c > out").design)).toEqual(["a > c", "b > out", "c > b", "in > a"]);
    expect(wires(rewired(row, "c", "in > a").design)).toEqual(["a > b", "b > out", "c > a", "in > c"]);
  });

  test("goes into all connections of one output that are drawn as one", () => {
    const fork = design("in > a > b > m, a > c > m > out", {
      in: ["input", { shape: [8] }],
      a: ["dense"],
      b: ["dense"],
      c: ["dense"],
      m: ["add"],
      out: ["dropout"],
    });
    const free = applyCommand(fork, { type: "remove", node_ids: [], edge_ids: [edgeOf(fork, "m > out")] }).design;
    const both = [edgeOf(free, "a > b"), edgeOf(free, "a > c")];
    const command = rewireCommand(free, both, "out", ids("new"));
    expect(wires(applyCommand(free, command as Command).design)).toEqual(["a > out", "b > m", "c > m", "in > a", "out > b", "out > c"]);
    expect(rewireCommand(free, both, "a", ids())).toBeNull();
  });

  test("comes back to the byte by one undo", () => {
    const { design: after, inverse } = rewired(row, "b", "c > out");
    expect(JSON.stringify(applyCommand(after, inverse).design)).toBe(JSON.stringify(row));
  });

  test("feeds all that it fed from what fed it, in their order at a layer that takes several", () => {
    const branch = design("in > a > b > m, in > c > m > out, b > second", {
      in: ["input", { shape: [8] }],
      a: ["dense"],
      b: ["dropout"],
      c: ["dense"],
      m: ["concatenate"],
      out: ["output"],
      second: ["output"],
    });
    const after = rewired(branch, "b", "m > out").design;
    expect(wires(after)).toEqual(["a > m", "a > second", "b > out", "c > m", "in > a", "in > c", "m > b"]);
    expect(after.graph.edges.filter(({ target }) => target === "m").map(({ source }) => source)).toEqual(["a", "c"]);
  });

  test("does not join what is joined already", () => {
    const residual = design("in > a > b > m, a > m > out", {
      in: ["input", { shape: [8] }],
      a: ["dense"],
      b: ["dropout"],
      m: ["add"],
      out: ["output"],
    });
    expect(wires(rewired(residual, "b", "in > a").design)).toEqual(["a > m", "b > a", "in > b", "m > out"]);
  });

  test("takes a layer at a loose end along, and one that is connected to nothing", () => {
    const loose = design("in > a > out, b > c", {
      in: ["input", { shape: [8] }],
      a: ["dense"],
      out: ["output"],
      b: ["dropout"],
      c: ["dense"],
    });
    expect(wires(rewired(loose, "c", "in > a").design)).toEqual(["a > out", "c > a", "in > c"]);
  });

  test("is refused where a connection would be lost: several that come in, none, or one that does not fit what it fed", () => {
    const around = design("in > a > out, b > c, in > m, a > m", {
      in: ["input", { shape: [8] }],
      a: ["dense"],
      out: ["output"],
      b: ["dropout"],
      c: ["dense"],
      m: ["add"],
    });
    expect(() => rewireCommand(around, edgeOf(around, "a > out"), "m", ids())).toThrow("design.cannot_take_out");
    expect(() => rewireCommand(around, edgeOf(around, "a > out"), "b", ids())).toThrow("design.cannot_leave");
  });

  test("stays on a connection of its own; a merge, an input and what is not there are refused", () => {
    expect(rewireCommand(row, edgeOf(row, "a > b"), "b", ids())).toBeNull();
    const merge = design("in > a > m, in > b > m > c > out", {
      in: ["input", { shape: [8] }],
      a: ["dense"],
      b: ["dense"],
      m: ["add"],
      c: ["dense"],
      out: ["output"],
    });
    expect(() => rewireCommand(merge, edgeOf(merge, "c > out"), "m", ids())).toThrow("design.cannot_take_out");
    expect(() => rewireCommand(row, edgeOf(row, "b > c"), "in", ids())).toThrow("design.cannot_insert");
    expect(() => rewireCommand(row, "e99", "b", ids())).toThrow("design.unknown_edge");
    expect(() => rewireCommand(row, edgeOf(row, "b > c"), "nobody", ids())).toThrow("design.unknown_node");
  });
});
