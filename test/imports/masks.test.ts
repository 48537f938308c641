/** Masks that Keras's layers make: where Keras and we would let other steps count, or have other numbers there, the layer is named. */
import { expect, it } from "vitest";
import { call, input, type Json, KERAS_3, type Layer, layer, numpy, read, rows, tensor, wires } from "./by-hand-models.ts";

const counts = (code: string, name: string, className: string) =>
  expect.objectContaining({ code: `import.${code}`, params: { name, layer: className } });
const embedding = (name: string, of: string, more: Json = { mask_zero: true }) =>
  layer("Embedding", name, { input_dim: 9, output_dim: 3, ...more }, [call([tensor(of)])]);
const inputs = [input("w", 4), input("v", 4)];
const masked = [...inputs, embedding("e", "w"), embedding("f", "v"), embedding("same", "w"), embedding("plain", "v", {})];
const join = (className: string, from: readonly string[], config: Json = {}, name = "join") =>
  layer(className, name, config, [call([from.map(tensor)])]);
const operation = (className: string, from: readonly string[]) => layer(className, "join", {}, [call(from.map(tensor))], numpy);
const walk = (kwargs: Json = {}) => layer("LSTM", "walk", { units: 3 }, [call([tensor("join")], kwargs)]);
const three = (...more: readonly Layer[]) => read([...masked, ...more], KERAS_3);

it("a layer that takes padding like any other step in Keras, and not here, is refused", () => {
  const unequal = layer("NotEqual", "mask", {}, [call([tensor("w"), 0])], numpy);
  const end = (last: Layer) => three(input("s", 3), unequal, last);
  const gru = (kwargs: Json) => end(layer("GRU", "walk", { units: 3 }, [call([tensor("e")], { initial_state: tensor("s"), ...kwargs })]));
  expect(() => gru({})).toThrow(counts("mask_lost", "walk", "GRU"));
  expect(wires(gru({ mask: tensor("mask") }))).toContain("s → walk.initial_state");
  expect(() => end(layer("GlobalMaxPooling1D", "top", {}, [call([tensor("e")])]))).toThrow(
    counts("mask_lost", "top", "GlobalMaxPooling1D"),
  );
  // Keras 2 hands it on.
  const before = layer("GRU", "walk", { units: 3 }, [rows(["e", "s"])]);
  const two = layer("Embedding", "e", { input_dim: 9, output_dim: 3, mask_zero: true }, [rows(["w"])]);
  expect(wires(read([input("w", 4), input("s", 3), two, before]))).toContain("s → walk.initial_state");
});

it.each(["Add", "Multiply", "Concatenate"])("the operation %s of Keras 3 drops masks: what would look at them is refused", (className) => {
  for (const from of [
    ["e", "f"],
    ["e", "same"],
  ])
    expect(() => three(operation(className, from), walk())).toThrow(counts("mask_lost", "walk", "LSTM"));
  // Nothing behind it looks at them, or there are none.
  expect(three(operation(className, ["e", "f"]), layer("Flatten", "flat", {}, [call([tensor("join")])])).leftOut).toEqual([]);
  expect(three(embedding("other", "w", {}), operation(className, ["plain", "other"]), walk()).leftOut).toEqual([]);
});

it("what a walk gives at its end has no mask that an operation could drop", () => {
  const ends = ["e", "f"].map((from) => layer("GRU", `${from}_end`, { units: 3 }, [call([tensor(from)])]));
  const again = layer("RepeatVector", "again", { n: 4 }, [call([tensor("join")])]);
  const last = layer("LSTM", "walk", { units: 3 }, [call([tensor("again")])]);
  expect(three(...ends, operation("Add", ["e_end", "f_end"]), again, last).leftOut).toEqual([]);
});

it("masks that Keras 2 puts together otherwise are refused where they are looked at, and one mask is not", () => {
  const older = (className: string, from: readonly string[], config: Json = {}) => {
    const all = masked.map((one) => ({
      ...one,
      inbound_nodes: one.inbound_nodes.map(() => rows([one.name === "e" || one.name === "same" ? "w" : "v"])),
    }));
    const joined = layer(className, "join", config, [rows(from)]);
    return read([...all, joined, layer("LSTM", "walk", { units: 3 }, [rows(["join"])])]);
  };
  for (const className of ["Add", "Average", "Multiply", "Maximum", "Concatenate"]) {
    expect(() => older(className, ["e", "f"])).toThrow(counts("masks_differ", "walk", "LSTM"));
    expect(() => older(className, ["e", "plain"])).toThrow(counts("masks_differ", "walk", "LSTM"));
    expect(older(className, ["e", "same"]).leftOut).toEqual([]);
  }
  expect(older("Concatenate", ["e", "f"], { axis: 1 }).leftOut).toEqual([]);
  // And Keras 3 as we do.
  for (const from of [
    ["e", "f"],
    ["e", "plain"],
  ])
    for (const className of ["Add", "Concatenate"]) expect(three(join(className, from), walk()).leftOut).toEqual([]);
});

it.each(["Multiply", "Maximum", "Minimum"])("%s of Keras 3 has other numbers in padded steps: refused where they are seen", (className) => {
  expect(() => three(join(className, ["e", "f"]), walk())).toThrow(counts("padding_fills", "join", className));
  expect(() => three(join(className, ["e", "plain"]), walk())).toThrow(counts("padding_fills", "join", className));
  expect(three(join(className, ["e", "same"]), walk()).leftOut).toEqual([]);
  expect(() => three(join(className, ["e", "same"]))).toThrow(counts("padding_fills", "join", className));
  const flat = layer("Flatten", "flat", {}, [call([tensor("wide")])]);
  const wide = layer("Dense", "wide", { units: 2 }, [call([tensor("join")])]);
  expect(() => three(join(className, ["e", "same"]), wide, flat)).toThrow(counts("padding_fills", "flat", "Flatten"));
  const groups = layer("GroupNormalization", "groups", { groups: 1 }, [call([tensor("join")])]);
  const behind = layer("GRU", "behind", { units: 3 }, [call([tensor("groups")])]);
  expect(() => three(join(className, ["e", "same"]), groups, behind)).toThrow(counts("padding_fills", "groups", "GroupNormalization"));
  expect(three(join(className, ["e", "same"]), wide, layer("LSTM", "walk", { units: 3 }, [call([tensor("wide")])])).leftOut).toEqual([]);
});

it("masks of a long chain of sums are read as fast as those of a short one", () => {
  const blocks = Array.from({ length: 60 }, (_, i): readonly Layer[] => {
    const [from, mask] = i === 0 ? ["e", "unequal"] : [`sum ${i - 1}`, `or ${i - 1}`];
    return [
      layer("Dense", `dense ${i}`, { units: 3 }, [call([tensor(from)])]),
      join("Add", [from, `dense ${i}`], {}, `sum ${i}`),
      layer("LogicalOr", `or ${i}`, {}, [call([tensor(mask), tensor(mask)])], numpy),
    ];
  });
  const unequal = layer("NotEqual", "unequal", {}, [call([tensor("w"), 0])], numpy);
  const end = layer("LSTM", "walk", { units: 3 }, [call([tensor("sum 59")], { mask: tensor("or 59") })]);
  expect(three(unequal, ...blocks.flat(), end).leftOut).toEqual([]);
}, 5000);

it("a mask that is made of itself is named", () => {
  const itself = layer("LogicalOr", "itself", {}, [call([tensor("itself"), tensor("itself")])], numpy);
  const end = layer("LSTM", "walk", { units: 3 }, [call([tensor("e")], { mask: tensor("itself") })]);
  expect(() => three(itself, end)).toThrow(expect.objectContaining({ code: "import.malformed", params: { path: "itself.inbound_nodes" } }));
});

const attention = (name: string, from: readonly string[], kwargs: Json = {}) =>
  layer("MultiHeadAttention", name, { num_heads: 1, key_dim: 2 }, [call(from.map(tensor), kwargs)]);
const mean = (from: string, kwargs: Json = {}) => layer("GlobalAveragePooling1D", "mean", {}, [call([tensor(from)], kwargs)]);
const unequal = (name: string, of: string) => layer("NotEqual", name, {}, [call([tensor(of), 0])], numpy);

it("Keras's attention takes the masks off its inputs: others that share them are refused unless their mask is written down", () => {
  const block = [attention("look", ["e", "e"]), join("Add", ["e", "look"])];
  expect(() => three(...block, attention("again", ["join", "join"]), mean("again"))).toThrow(
    counts("mask_taken", "mean", "GlobalAveragePooling1D"),
  );
  expect(() => three(...block, mean("join"))).toThrow(counts("mask_taken", "mean", "GlobalAveragePooling1D"));
  const both = layer("LogicalOr", "both", {}, [call([tensor("mask"), tensor("mask")])], numpy);
  expect(three(...block, unequal("mask", "w"), both, mean("join", { mask: tensor("both") })).leftOut).toEqual([]);
  // One that takes them off is not bereft by itself, nor by one on another tensor.
  expect(three(attention("look", ["e", "e"]), mean("look")).leftOut).toEqual([]);
  expect(
    three(attention("look", ["e", "e"]), attention("again", ["same", "same"]), join("Add", ["look", "again"]), mean("join")).leftOut,
  ).toEqual([]);
});

it.each(["MultiHeadAttention", "Attention"])("%s has other numbers where its query is padded: refused where they are seen", (className) => {
  const look = className === "Attention" ? layer(className, "look", {}, [call([["e", "e"].map(tensor)])]) : attention("look", ["e", "e"]);
  const flat = layer("Flatten", "flat", {}, [call([tensor("look")])]);
  expect(() => three(look, flat)).toThrow(counts("padding_fills", "flat", "Flatten"));
  expect(() => three(look)).toThrow(counts("padding_fills", "look", className));
  expect(three(look, mean("look")).leftOut).toEqual([]);
  const unpadded =
    className === "Attention" ? layer(className, "look", {}, [call([["plain", "e"].map(tensor)])]) : attention("look", ["plain", "e"]);
  expect(three(unpadded, flat).leftOut).toEqual([]);
});

it("a mask that is handed to an attention stands for the input's own in Keras, and beside it here: refused", () => {
  const outside = [{ ...input("m", 4), config: { ...input("m", 4).config, dtype: "bool" } }];
  const given = (from: readonly string[], kwargs: Json) => three(...outside, attention("look", from, kwargs), mean("look"));
  expect(() => given(["plain", "e"], { value_mask: tensor("m") })).toThrow(counts("masks_differ", "look", "MultiHeadAttention"));
  expect(given(["e", "plain"], { value_mask: tensor("m") }).leftOut).toEqual([]);
  // The key's own goes on counting beside one for the value.
  expect(given(["e", "plain", "same"], { value_mask: tensor("m") }).leftOut).toEqual([]);
});

it("Keras's Attention does not look at the mask of its keys: refused where it leaves out other steps than that of the values", () => {
  const look = (from: readonly string[]) => three(layer("Attention", "look", {}, [call([from.map(tensor)])]), mean("look"));
  expect(() => look(["e", "plain", "f"])).toThrow(counts("masks_differ", "look", "Attention"));
  expect(look(["e", "f", "f"]).leftOut).toEqual([]);
  expect(look(["e", "f", "plain"]).leftOut).toEqual([]);
});
