/** When `npm start` opens a window and when the browser, with a package folder made for each case. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chooseEntry, DOWNLOAD_LIMIT_MS, downloadElectron, findElectron, type Situation } from "./electron-binary.ts";

let folder: string;
let situation: Situation;
let downloads: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "neuroloom-electron-binary-"));
  const packageFolder = join(folder, "electron");
  mkdirSync(packageFolder);
  writeFileSync(join(packageFolder, "install.js"), "");
  writeFileSync(join(packageFolder, "package.json"), '{"version":"45.4.1"}');
  situation = { platform: "linux", environment: { DISPLAY: ":0" }, isRoot: false, packageFolder, home: folder };
  downloads = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

function putBinary(base = join(situation.packageFolder, "dist")): void {
  mkdirSync(base, { recursive: true });
  writeFileSync(join(base, "electron"), "");
  writeFileSync(join(situation.packageFolder, "path.txt"), "electron");
}
function choose(changes: Partial<Situation> = {}, download: () => Promise<string | null> = () => Promise.resolve("no network")) {
  const counted = (): Promise<string | null> => {
    downloads += 1;
    return download();
  };
  return chooseEntry({ ...situation, ...changes }, counted, () => 0);
}

describe("chooseEntry", () => {
  it("takes the binary that is there, without a download", async () => {
    putBinary();
    expect(await choose()).toEqual({ entry: "electron", binary: join(situation.packageFolder, "dist", "electron") });
    expect(downloads).toBe(0);
  });

  it("takes the binary that a download brings", async () => {
    const brought = () => {
      putBinary();
      return Promise.resolve(null);
    };
    expect(await choose({}, brought)).toMatchObject({ entry: "electron" });
  });

  it("tries a download once, remembers its failure with date and version, and is immediate after", async () => {
    expect(await choose()).toMatchObject({ entry: "browser", reason: expect.stringContaining("could not be downloaded") });
    const note: unknown = JSON.parse(readFileSync(join(folder, "electron-download.json"), "utf8"));
    expect(note).toEqual({ version: "45.4.1", date: "1970-01-01T00:00:00.000Z", problem: "no network" });
    expect(await choose()).toEqual({ entry: "browser", reason: "Electron's binary is not here" });
    expect(downloads).toBe(1);
    putBinary();
    expect(await choose()).toMatchObject({ entry: "electron" });
  });

  it("tries anew with another version, and when the note is broken", async () => {
    await choose();
    writeFileSync(join(situation.packageFolder, "package.json"), '{"version":"46.0.0"}');
    await choose();
    writeFileSync(join(folder, "electron-download.json"), '{"ver');
    await choose();
    expect(downloads).toBe(3);
  });

  it("prefers the browser to a window without a sandbox, or without a display", async () => {
    putBinary();
    expect(await choose({ isRoot: true })).toMatchObject({ entry: "browser", reason: expect.stringContaining("root") });
    expect(await choose({ environment: {} })).toMatchObject({ entry: "browser", reason: expect.stringContaining("display") });
    expect(await choose({ environment: { WAYLAND_DISPLAY: "wayland-0" } })).toMatchObject({ entry: "electron" });
    expect(await choose({ environment: {}, platform: "darwin" })).toMatchObject({ entry: "electron" });
  });

  it("does not try a download where the package itself is missing", async () => {
    expect(await choose({ packageFolder: join(folder, "nowhere") })).toEqual({ entry: "browser", reason: "Electron is not installed" });
    expect(downloads).toBe(0);
  });
});

describe("findElectron", () => {
  it("looks where ELECTRON_OVERRIDE_DIST_PATH says, and finds nothing where path.txt names what is not there", () => {
    const elsewhere = join(folder, "elsewhere");
    putBinary(elsewhere);
    expect(findElectron(situation)).toBeNull();
    expect(findElectron({ ...situation, environment: { ELECTRON_OVERRIDE_DIST_PATH: elsewhere } })).toBe(join(elsewhere, "electron"));
  });
});

describe("downloadElectron", () => {
  const install = (script: string): void => writeFileSync(join(situation.packageFolder, "install.js"), script);

  it("tries for 20 s and no longer", async () => {
    expect(DOWNLOAD_LIMIT_MS).toBe(20_000);
    const done = join(folder, "done");
    install(`require("node:fs").writeFileSync(${JSON.stringify(done)}, String(process.pid)); setInterval(() => {}, 1000);`);
    expect(await downloadElectron(situation.packageFolder, 4_000)).toBe("not done in 4 s");
    const started = Number(readFileSync(done, "utf8"));
    expect(() => process.kill(started, 0), "the installer is ended, not left behind").toThrow("ESRCH");
  });

  it("says why the installer failed, and nothing when it did not", async () => {
    install('console.error("getaddrinfo ENOTFOUND"); process.exit(1);');
    expect(await downloadElectron(situation.packageFolder)).toBe("getaddrinfo ENOTFOUND");
    install("");
    expect(await downloadElectron(situation.packageFolder)).toBeNull();
  });
});
