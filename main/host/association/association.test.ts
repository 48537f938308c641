/** The system opens project files with this app: on a Linux of a temporary folder for real, on Windows by the commands that would run. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { association } from "./association.ts";
import { withDefault } from "./linux.ts";

const root = join(import.meta.dirname, "../../..");
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "neuroloom-association-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(process.platform === "linux")("on Linux, by the command of the terminal", () => {
  const home = () => join(folder, 'a "home" at 100 %, with $dollars');
  const environment = () => ({
    ...process.env,
    HOME: folder,
    XDG_DATA_HOME: join(folder, "data"),
    XDG_CONFIG_HOME: join(folder, "config"),
    NEUROLOOM_HOME: home(),
    LC_ALL: "C.UTF-8",
  });
  const command = (program: string, ...args: string[]) => spawnSync(program, args, { encoding: "utf8", env: environment() });
  const neuroloom = (...args: string[]) => command(process.execPath, join(root, "main/cli/neuroloom.mjs"), ...args, "--json");
  const entry = () => join(folder, "data/applications/neuroloom.desktop");
  const leftovers = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && !one.parentPath.startsWith(home()))
      .map((one) => join(one.parentPath, one.name))
      .filter((path) => readFileSync(path).includes("neuroloom"));

  it("project files start this app with this library, and nothing is left when it is taken back", () => {
    const before = "[Added Associations]\ntext/plain=editor.desktop;\n\n[Default Applications]\ntext/plain=editor.desktop;\n";
    mkdirSync(join(folder, "config"));
    writeFileSync(join(folder, "config/mimeapps.list"), before);
    const done = neuroloom("associate");
    expect(done.stderr + done.stdout).toContain('"state":"on"');
    expect(neuroloom("associate").stdout).toContain('"before":"on"');

    const exec = /^Exec=(.*)$/m.exec(readFileSync(entry(), "utf8"))?.[1] ?? "";
    expect(argumentsOf(exec)).toEqual([process.execPath, join(root, "main/start.mjs"), "--home", home(), "%f"]);
    for (const program of argumentsOf(exec).slice(0, 2)) expect(existsSync(program)).toBe(true);
    const file = join(folder, "my project.neuroloom");
    writeFileSync(file, "SQLite format 3\0");
    if (hasProgram("update-mime-database"))
      expect(readFileSync(join(folder, "data/mime/globs2"), "utf8")).toContain("application/x-neuroloom:*.neuroloom");
    if (hasProgram("xdg-mime"))
      expect(command("xdg-mime", "query", "default", "application/x-neuroloom").stdout.trim()).toBe("neuroloom.desktop");
    if (hasProgram("desktop-file-validate")) expect(command("desktop-file-validate", entry())).toMatchObject({ status: 0, stdout: "" });

    expect(neuroloom("associate", "--remove").stdout).toContain('"state":"off"');
    expect(existsSync(entry())).toBe(false);
    expect(leftovers()).toEqual([]);
    expect(readFileSync(join(folder, "config/mimeapps.list"), "utf8")).toBe(before);
  });

  it("an entry of a copy in another folder is said to be that, and taken over when asked", () => {
    neuroloom("associate");
    writeFileSync(entry(), readFileSync(entry(), "utf8").replace("main/start.mjs", "elsewhere/start.ts"));
    const again = neuroloom("associate");
    expect(again.stdout).toContain('"before":"elsewhere"');
    expect(again.stdout).toContain('"state":"on"');
  });

  function hasProgram(name: string): boolean {
    return (process.env["PATH"] ?? "").split(":").some((one) => existsSync(join(one, name)));
  }
});

/** Reads a line of Exec as the desktop entry specification says: the string's escapes first, then the quotes, then the percent signs. */
function argumentsOf(exec: string): string[] {
  const line = exec.replaceAll("\\\\", "\\");
  return [...line.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(([, inQuotes, bare]) =>
    inQuotes === undefined ? (bare ?? "") : inQuotes.replaceAll(/\\(.)/g, "$1").replaceAll("%%", "%"),
  );
}

describe("the list of defaults", () => {
  it("keeps the lines of others, is made where there is none, and goes with our line", () => {
    const ours = "[Default Applications]\napplication/x-neuroloom=neuroloom.desktop\n";
    expect(withDefault("", true)).toBe(ours);
    expect(withDefault(ours, true)).toBe(ours);
    expect(withDefault(ours, false)).toBe("");
    const others = "[Added Associations]\na/b=c.desktop;\n";
    expect(withDefault(others, true)).toBe(`${others}\n${ours}`);
  });
});

describe("on Windows", () => {
  /** A registry of what was added, and the commands in their order. */
  function registry() {
    const keys = new Map<string, string>();
    const commands: string[] = [];
    const run = async (program: string, args: readonly string[]): Promise<string> => {
      commands.push([program, ...args].join(" "));
      const [verb = "", key = ""] = args;
      if (verb === "add") keys.set(key, args[args.indexOf("/d") + 1] ?? "");
      if (verb === "delete") for (const one of [...keys.keys()]) if (one === key || one.startsWith(`${key}\\`)) keys.delete(one);
      if (verb === "query" && !keys.has(key)) throw new Error("not found");
      return `${key}\r\n    (Default)    REG_SZ    ${keys.get(key)}\r\n`;
    };
    return { keys, commands, run };
  }

  it("keys of the person's own classes are written, found again, and taken away", async () => {
    const { keys, commands, run } = registry();
    const launcher = ["C:\\Program Files\\node.exe", "D:\\loom\\main\\start.ts", "--home", "D:\\my home"];
    const surroundings = { platform: "win32", environment: {}, userFolder: "C:\\Users\\ada", launcher, run } as const;
    const ours = association(surroundings);
    expect(await ours?.read()).toEqual({ state: "off", missing: [] });
    expect(await ours?.set(true)).toEqual({ state: "on", missing: [] });
    expect(commands.filter((one) => one.startsWith("reg.exe add"))).toEqual([
      "reg.exe add HKCU\\Software\\Classes\\Neuroloom.Project /ve /d Neuroloom project /f",
      'reg.exe add HKCU\\Software\\Classes\\Neuroloom.Project\\shell\\open\\command /ve /d "C:\\Program Files\\node.exe" "D:\\loom\\main\\start.ts" "--home" "D:\\my home" "%1" /f',
      "reg.exe add HKCU\\Software\\Classes\\.neuroloom /ve /d Neuroloom.Project /f",
    ]);
    expect(await association({ ...surroundings, launcher: ["C:\\other\\node.exe"] })?.read()).toMatchObject({ state: "elsewhere" });
    expect(await ours?.set(false)).toEqual({ state: "off", missing: [] });
    expect(keys.size).toBe(0);
  });

  it("an ending that another program has taken since is left to it", async () => {
    const { keys, run } = registry();
    const ours = association({ platform: "win32", environment: {}, userFolder: "", launcher: ["node"], run });
    await ours?.set(true);
    keys.set("HKCU\\Software\\Classes\\.neuroloom", "Other.Kind");
    expect(await ours?.set(false)).toMatchObject({ state: "off" });
    expect([...keys]).toEqual([["HKCU\\Software\\Classes\\.neuroloom", "Other.Kind"]]);
  });
});

describe("on macOS", () => {
  it("there is nothing that a script could register", () => {
    const surroundings = { platform: "darwin", environment: {}, userFolder: "", launcher: [], run: async () => null } as const;
    expect(association(surroundings)).toBeNull();
  });
});
