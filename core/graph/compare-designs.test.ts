import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { design } from "../../test/graph/designs.ts";
import { applyCommand } from "./commands.ts";
import { type ComparedNode, compareDesigns, type DesignComparison, shownNode } from "./compare-designs.ts";
import type { DesignDocument } from "./document.ts";

type Layers = Parameters<typeof design>[1];

const layers = {
  in: ["input", { shape: [4] }],
  fc: ["dense", { units: 3, activation: "relu" }],
  out: ["output"],
} as const satisfies Layers;
const start = (): DesignDocument => design("in > fc > out", layers);

/** The same design with other ids, and other names where asked. */
function withNewIds(of: DesignDocument, rename: (name: string) => string = (name) => name): DesignDocument {
  const id = (old: string): string => `new-${old}`;
  const nodes = of.graph.nodes.map((node) => ({
    ...node,
    id: id(node.id),
    name: rename(node.name),
    shared_with: node.shared_with === null ? null : id(node.shared_with),
  }));
  const edges = of.graph.edges.map((edge) => ({ ...edge, id: id(edge.id), source: id(edge.source), target: id(edge.target) }));
  return { ...of, graph: { ...of.graph, nodes, edges } };
}

/** `+` added, `-` removed, `~` changed, and the name: what a person sees. Same ones are left out. */
function seen({ nodes }: DesignComparison): string[] {
  const signs = { added: "+", removed: "-", changed: "~", same: "" };
  return nodes.filter(({ state }) => state !== "same").map((node) => `${signs[node.state]}${shownNode(node).name}`);
}
const edgesSeen = ({ nodes, edges }: DesignComparison): string[] => {
  const names = new Map(nodes.map((node) => [node.key, shownNode(node).name]));
  return edges
    .filter(({ state }) => state !== "same")
    .map((edge) => `${edge.state === "added" ? "+" : "-"}${names.get(edge.source)}>${names.get(edge.target)}`)
    .sort();
};
function nodeNamed({ nodes }: DesignComparison, name: string): ComparedNode {
  const found = nodes.find((node) => shownNode(node).name === name);
  if (found === undefined) throw new Error(`no node ${name}`);
  return found;
}

describe("two designs laid over each other", () => {
  test("a design beside itself has no difference, wherever its layers stand", () => {
    const moved = applyCommand(start(), { type: "move", positions: { fc: { x: 900, y: -5 } } }).design;
    const comparison = compareDesigns(start(), moved);
    expect([seen(comparison), edgesSeen(comparison)]).toEqual([[], []]);
    expect(comparison.nodes.map(({ by }) => by)).toEqual(["id", "id", "id"]);
  });

  test("an option left at its default equals the same value written out", () => {
    const written = design("in > fc > out", { ...layers, fc: ["dense", { units: 3, activation: "relu", use_bias: true }] });
    expect(seen(compareDesigns(start(), written))).toEqual([]);
  });

  test("the options that differ are given with both values, in the order of the schema", () => {
    const other = design("in > fc > out", {
      ...layers,
      fc: ["dense", { units: 8, use_bias: false, activation: "relu" }, { frozen: true }],
    });
    const comparison = compareDesigns(start(), other);
    expect(nodeNamed(comparison, "fc").options).toEqual([
      { kind: "option", field: "units", left: 3, right: 8 },
      { kind: "option", field: "use_bias", left: true, right: false },
      { kind: "frozen", field: "frozen", left: false, right: true },
    ]);
    expect(seen(comparison)).toEqual(["~fc"]);
  });

  test("other word vectors are a difference, also of a file of the same name", () => {
    const vectors = (hash: string) => ({ hash: hash.repeat(64), name: "glove.txt", width: 50, words: 7 });
    const of = (hash: string) =>
      design("in > fc > out", { ...layers, fc: ["dense", { units: 3, activation: "relu" }, { vectors: vectors(hash) }] });
    expect(nodeNamed(compareDesigns(of("a"), of("b")), "fc").options).toEqual([
      { kind: "vectors", field: "vectors", left: "glove.txt (aaaaaaaa)", right: "glove.txt (bbbbbbbb)" },
    ]);
    expect(nodeNamed(compareDesigns(start(), of("b")), "fc").options).toMatchObject([{ kind: "vectors", left: null }]);
    expect(seen(compareDesigns(of("a"), of("a")))).toEqual([]);
  });

  test("a layer put between two is added with its connections, and the one it cut is removed", () => {
    const other = design("in > drop > fc > out", { in: layers.in, drop: ["dropout", { rate: 0.3 }], fc: layers.fc, out: layers.out });
    const comparison = compareDesigns(start(), other);
    expect(seen(comparison)).toEqual(["+drop"]);
    expect(edgesSeen(comparison)).toEqual(["+drop>fc", "+in>drop", "-in>fc"]);
    expect(comparison.nodes.map((node) => shownNode(node).name)).toEqual(["in", "drop", "fc", "out"]);
    expect(seen(compareDesigns(other, start()))).toEqual(["-drop"]);
  });

  test("a renamed layer is the same one, and its name is what differs", () => {
    const other = applyCommand(start(), { type: "rename", id: "fc", name: "hidden" }).design;
    expect(nodeNamed(compareDesigns(start(), other), "hidden").options).toEqual([
      { kind: "name", field: "name", left: "fc", right: "hidden" },
    ]);
  });

  test("designs of other ids meet by name", () => {
    const comparison = compareDesigns(start(), withNewIds(start()));
    expect(seen(comparison)).toEqual([]);
    expect(comparison.nodes.map(({ by }) => by)).toEqual(["name", "name", "name"]);
  });

  test("designs of other ids and names meet by type and place, branches and a layer between included", () => {
    const branched: Layers = { in: ["input"], a: ["dense"], b: ["dropout"], c: ["flatten"], sum: ["add"], out: ["output"] };
    const left = design("in > a > sum > out, in > b > sum, in > c > sum", branched);
    const right = withNewIds(
      design("in > a > act > sum > out, in > b > sum, in > c > sum", { ...branched, act: ["activation"] }),
      (name) => `their ${name}`,
    );
    const comparison = compareDesigns(left, right);
    expect(comparison.nodes.map((node) => [node.left?.name, node.right?.name, node.by])).toEqual([
      ["in", "their in", "place"],
      ["a", "their a", "place"],
      ["b", "their b", "place"],
      ["c", "their c", "place"],
      ["sum", "their sum", "place"],
      ["out", "their out", "place"],
      [undefined, "their act", null],
    ]);
  });

  test("in a chain with changes at two places the rest still meets", () => {
    const left = design("i > a > n > b > c > o", {
      i: ["input"],
      a: ["dense"],
      n: ["batch_normalization"],
      b: ["dense"],
      c: ["dense"],
      o: ["output"],
    });
    const right = withNewIds(
      design("i > a > b > d > c > o", { i: ["input"], a: ["dense"], b: ["dense"], d: ["dropout"], c: ["dense"], o: ["output"] }),
      (name) => `x${name}`,
    );
    const { nodes } = compareDesigns(left, right);
    expect(nodes.filter(({ state }) => state === "removed").map(({ left: node }) => node?.type)).toEqual(["batch_normalization"]);
    expect(nodes.filter(({ state }) => state === "added").map(({ right: node }) => node?.type)).toEqual(["dropout"]);
  });

  test("a layer of another type at the same place has taken it: its type differs, and the options that both have", () => {
    const left = design("in > cell > out", { in: ["input"], cell: ["lstm", { units: 8 }], out: ["output"] });
    const right = design("in > other > out", { in: ["input"], other: ["gru", { units: 16 }], out: ["output"] });
    const comparison = compareDesigns(left, right);
    expect(seen(comparison)).toEqual(["~other"]);
    const { by, options } = nodeNamed(comparison, "other");
    expect(by).toBe("replaced");
    expect(options.filter(({ field }) => ["type", "name", "units"].includes(field))).toEqual([
      { kind: "type", field: "type", left: "lstm", right: "gru" },
      { kind: "name", field: "name", left: "cell", right: "other" },
      { kind: "option", field: "units", left: 8, right: 16 },
    ]);
    expect(options.every(({ left: before, right: after }) => before !== undefined && after !== undefined)).toBe(true);
  });

  test("the order in which a merging layer takes its inputs is a difference of that layer", () => {
    const merged: Layers = { in: ["input"], a: ["dense"], b: ["dense"], cat: ["concatenate"], out: ["output"] };
    const left = design("in > a > cat > out, in > b > cat", merged);
    const right = design("in > b > cat > out, in > a > cat", merged);
    const comparison = compareDesigns(left, right);
    expect([seen(comparison), edgesSeen(comparison)]).toEqual([["~cat"], []]);
    expect(nodeNamed(comparison, "cat").options).toEqual([{ kind: "order", field: "order", left: ["a", "b"], right: ["b", "a"] }]);
  });

  test("whose weights a layer shares is told by name, and is the same where the owner is", () => {
    const shared: Layers = { a: ["dense"], b: ["dense", {}, { shared_with: "a" }] };
    const alone: Layers = { a: ["dense"], b: ["dense"] };
    expect(seen(compareDesigns(design("", shared), withNewIds(design("", shared))))).toEqual([]);
    expect(nodeNamed(compareDesigns(design("", alone), design("", shared)), "b").options).toEqual([
      { kind: "shared_with", field: "shared_with", left: null, right: "a" },
    ]);
  });

  test("layers that this version does not know are compared by what the document says", () => {
    const later = (speed: unknown): DesignDocument => design("", { odd: ["from_a_later_version", { speed }] });
    expect(seen(compareDesigns(later({ a: 1, b: [2] }), later({ b: [2], a: 1 })))).toEqual([]);
    expect(nodeNamed(compareDesigns(later(1), later(2)), "odd").options).toEqual([{ kind: "option", field: "speed", left: 1, right: 2 }]);
  });

  test("nothing is lost, doubled or invented, whatever the two designs are", () => {
    const types = ["dense", "dropout", "add", "output", "unheard_of"];
    const anyDesign = fc
      .record({
        types: fc.array(fc.constantFrom(...types), { maxLength: 14 }),
        edges: fc.array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 20 }),
        prefix: fc.constantFrom("p", "q"),
      })
      .map(({ types: chosen, edges, prefix }) => {
        const ids = chosen.map((_, index) => `${prefix}${index}`);
        const wires = edges
          .filter(([from, to]) => from < chosen.length && to < chosen.length)
          .map(([from, to]) => `${ids[from]} > ${ids[to]}`);
        return design(wires.join(","), Object.fromEntries(chosen.map((type, index) => [ids[index] ?? "", [type] as const])));
      });
    fc.assert(
      fc.property(anyDesign, anyDesign, (left, right) => {
        const { nodes, edges } = compareDesigns(left, right);
        const idsOf = (side: "left" | "right"): string[] => nodes.flatMap((node) => node[side]?.id ?? []);
        expect(idsOf("left")).toEqual(left.graph.nodes.map(({ id }) => id));
        expect(idsOf("right").sort()).toEqual(right.graph.nodes.map(({ id }) => id).sort());
        const keys = new Set(nodes.map(({ key }) => key));
        expect(keys.size).toBe(nodes.length);
        expect(edges.every(({ source, target }) => keys.has(source) && keys.has(target))).toBe(true);
        const distinct = (of: DesignDocument): number =>
          new Set(of.graph.edges.map((edge) => JSON.stringify([edge.source, edge.source_port, edge.target, edge.target_port]))).size;
        expect(edges.filter(({ state }) => state !== "added")).toHaveLength(distinct(left));
        expect(edges.filter(({ state }) => state !== "removed")).toHaveLength(distinct(right));
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
