import { expect, test } from "vitest";
import { codeOf } from "../testing/store-fixture.ts";
import { requireNodeForDriver } from "./node-version.ts";

test("Node older than the driver's binary is refused before the driver is loaded", async () => {
  expect(await codeOf(() => requireNodeForDriver("20.20.2"))).toBe("store.node_too_old");
  expect(await codeOf(() => requireNodeForDriver(""))).toBe("store.node_too_old");
  for (const version of ["22.14.0", "24.21.0", "100.0.0"]) expect(() => requireNodeForDriver(version)).not.toThrow();
});
