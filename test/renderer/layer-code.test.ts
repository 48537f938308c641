/** The same layer in PyTorch, as the help card shows it: with its activation, and also where it is no module. */
import { expect, test } from "vitest";
import { layerDefinition, layerTypes } from "../../core/layers/registry.ts";
import { defaultsOf } from "../../core/schema/validate.ts";
import { layerCode } from "../../renderer/inspector/layer-code.ts";

function pytorch(type: string, config: object, inputs: readonly (readonly number[])[], portNames?: readonly string[]): string | null {
  const definition = layerDefinition(type);
  if (definition === undefined) throw new Error(type);
  return (
    layerCode(definition, { ...defaultsOf(definition.schema), ...config }, { inputs, ...(portNames && { portNames }) }).pytorch?.text ??
    null
  );
}

test("an activation is part of it, none is left out", () => {
  expect(pytorch("dense", { units: 3, activation: "sigmoid" }, [[4]])).toBe(
    "layer = nn.Linear(4, 3, bias=True)\ny = torch.sigmoid(layer(x))",
  );
  expect(pytorch("dense", { units: 3 }, [[4]])).toBe("nn.Linear(4, 3, bias=True)");
  expect(pytorch("permute", {}, [[3, 4]])).toBe("y = x.permute(0, 2, 1)");
  expect(pytorch("add", {}, [[3], [3]])).toBe("y = (x1 + x2)");
});

test("what arrives is known by its port: a mask is none of the states, nor a key", () => {
  const masked = pytorch("lstm", { units: 5 }, [[5, 4], [5]], ["input", "mask"]);
  expect(masked).not.toBeNull();
  expect(masked).not.toBe(pytorch("lstm", { units: 5 }, [[5, 4], [5]], ["input", "initial_state"]));
  const attended = (...ports: string[]) =>
    pytorch(
      "attention",
      {},
      ports.map((port) => (port === "mask" ? [5] : [5, 4])),
      ports,
    );
  expect(attended("query", "value", "mask")).toContain("x3");
  expect(attended("query", "value", "mask")).not.toBe(attended("query", "value", "key"));
});

test("numbers are as a person writes them", () => {
  expect(pytorch("batch_normalization", {}, [[4]])).toContain("momentum=0.01,");
});

test("before anything is connected there is only code that is the same whatever arrives, and the input is called x", () => {
  expect(pytorch("dense", { units: 3 }, [])).toBeNull();
  expect(pytorch("batch_normalization", {}, [])).toBeNull();
  expect(pytorch("dropout", {}, [])).toBe("nn.Dropout(0.5)");
  expect(pytorch("global_max_pooling_2d", {}, [])).toMatch(/^y = x\.amax/);
  expect(pytorch("add", {}, [])).toBe("y = (x1 + x2)");
  const shown = layerTypes.map((type) => pytorch(type, {}, [])).join("\n");
  expect(shown).not.toMatch(/nn\.\w+\(0, /);
});

test("no example of any layer shows what only the exporter understands", () => {
  let shown = 0;
  for (const type of layerTypes)
    for (const { config, inputs } of layerDefinition(type)?.examples ?? []) {
      const code = pytorch(type, config, inputs);
      if (code === null) continue;
      shown += 1;
      expect(code, type).not.toContain("ACTIVATION:");
      expect(code, type).not.toContain("undefined");
    }
  expect(shown).toBeGreaterThan(100);
});

test("names of the exporter's own are told from those of the library", () => {
  const own = (type: string, config: object) => {
    const definition = layerDefinition(type);
    if (definition === undefined) throw new Error(type);
    const { keras, pytorch: torch } = layerCode(definition, { ...defaultsOf(definition.schema), ...config }, { inputs: [[5, 4]] });
    return [keras?.ownNames, torch?.ownNames];
  };
  expect(own("dense", { units: 3 })).toEqual([false, false]);
  expect(own("conv_1d", { filters: 3, kernel_size: 2 })).toEqual([false, false]);
  expect(pytorch("gru", { units: 3, reset_after: false }, [[5, 4]])).toContain("KerasRecurrent(");
  expect(own("gru", { units: 3, reset_after: false })).toEqual([false, true]);
  expect(own("lstm", { units: 3 })).toEqual([false, true]);
});
