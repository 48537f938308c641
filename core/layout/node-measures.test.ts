import { expect, test } from "vitest";
import { layerDefinition, layerTypes } from "../layers/registry.ts";
import { heightForPorts, NODE_HEIGHT, portPlace } from "./node-measures.ts";

test("the card of every layer reaches below its last port", () => {
  for (const type of layerTypes) {
    const { inputs = [], outputs = [] } = layerDefinition(type)?.ports ?? {};
    const count = Math.max(inputs.length, outputs.length, 1);
    expect(heightForPorts(count), type).toBeGreaterThan(portPlace("outputs", count - 1, count, false).y);
  }
  expect(heightForPorts(2)).toBe(NODE_HEIGHT);
  expect(heightForPorts(5)).toBeGreaterThan(NODE_HEIGHT);
});
