/** Where the home folder is, on every platform. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { homeFolder, makeHome } from "./home.ts";

describe("homeFolder", () => {
  it.each([
    ["linux", {}, "/home/ada", "/home/ada/.local/share/neuroloom"],
    ["linux", { XDG_DATA_HOME: "/data" }, "/home/ada", "/data/neuroloom"],
    ["linux", { XDG_DATA_HOME: "relative" }, "/home/ada", "/home/ada/.local/share/neuroloom"],
    ["darwin", { XDG_DATA_HOME: "/data" }, "/Users/ada", "/Users/ada/Library/Application Support/Neuroloom"],
    ["win32", { APPDATA: "D:\\Roaming" }, "C:\\Users\\ada", "D:\\Roaming\\Neuroloom"],
    ["win32", {}, "C:\\Users\\ada", "C:\\Users\\ada\\AppData\\Roaming\\Neuroloom"],
  ] as const)("on %s with %j is the platform's own", (platform, environment, userFolder, expected) => {
    expect(homeFolder(null, { platform, environment, userFolder })).toBe(expected);
  });

  it("is what NEUROLOOM_HOME names, and before that what an option names", () => {
    const surroundings = { platform: "linux", environment: { NEUROLOOM_HOME: "/else" }, userFolder: "/home/ada" } as const;
    expect(homeFolder(null, surroundings)).toBe("/else");
    expect(homeFolder("mine", surroundings)).toBe(resolve("mine"));
    expect(homeFolder(null, { ...surroundings, environment: { NEUROLOOM_HOME: "" } })).toBe("/home/ada/.local/share/neuroloom");
  });
});

describe("makeHome", () => {
  it.skipIf(process.platform === "win32")("makes a folder that only its owner can enter", () => {
    const folder = mkdtempSync(join(tmpdir(), "neuroloom-home-"));
    const home = makeHome(join(folder, "a", "b"));
    expect(statSync(home).mode & 0o777).toBe(0o700);
    rmSync(folder, { recursive: true });
  });

  it("says so when a file lies where the folder should be", () => {
    const folder = mkdtempSync(join(tmpdir(), "neuroloom-home-"));
    writeFileSync(join(folder, "home"), "");
    expect(() => makeHome(join(folder, "home"))).toThrowError(expect.objectContaining({ code: "protocol.home_unusable" }));
    rmSync(folder, { recursive: true });
  });
});
