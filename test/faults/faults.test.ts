/** The list of planted faults stays fit for use; whether tests notice them is asked by `npm run faults`. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { REPOSITORY } from "../run/command.ts";
import { type Fault, planted } from "./fault.ts";
import { faults } from "./list.ts";

describe("planted faults", () => {
  it("are twenty at least, each with a name and a change of its own", () => {
    expect(faults.length).toBeGreaterThanOrEqual(20);
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
    expect(new Set(faults.map(({ file, replace, find }) => `${file} ${find} ${replace}`)).size).toBe(faults.length);
  });

  it.each(faults.map((fault) => [fault.name, fault] as const))("%s: its text is there once, and so are the tests", (_name, fault) => {
    const text = readFileSync(join(REPOSITORY, fault.file), "utf8");
    expect(planted(fault, text)).not.toBe(text);
    for (const file of fault.tests) expect(existsSync(join(REPOSITORY, file)), file).toBe(true);
    expect(fault.tests.length).toBeGreaterThan(0);
  });

  it("are told to have moved on when their text is gone or there twice", () => {
    const fault: Fault = { name: "n", file: "f.ts", find: "a + b", replace: "a - b", tests: ["t"] };
    expect(planted(fault, "x = a + b;")).toBe("x = a - b;");
    for (const text of ["x = a+b;", "a + b; a + b;"]) expect(() => planted(fault, text)).toThrow("'n'");
  });
});
