/**
 * The freedesktop way: a file kind and a desktop entry in the person's own data folder, and a line that makes the entry the kind's
 * default. The system's own programs then build their indexes of it; which of them are not installed is said.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import type { Association, AssociationState, AssociationSurroundings } from "./association-types.ts";

const KIND = "application/x-neuroloom";
const ENTRY = "neuroloom.desktop";
const DEFAULTS = "[Default Applications]";

export function linuxAssociation({ environment, userFolder, launcher, run }: AssociationSurroundings): Association {
  const data = folderOf(environment["XDG_DATA_HOME"], join(userFolder, ".local/share"));
  const entry = join(data, "applications", ENTRY);
  const kind = join(data, "mime/packages/neuroloom.xml");
  const defaults = join(folderOf(environment["XDG_CONFIG_HOME"], join(userFolder, ".config")), "mimeapps.list");
  const state = (): AssociationState["state"] => {
    const found = textOf(entry);
    if (found === "" || textOf(kind) === "") return "off";
    return found === desktopEntry(launcher) ? "on" : "elsewhere";
  };
  const index = async (): Promise<string[]> => {
    // The line of defaults names the entry by itself: without this index it is only missing among "other applications".
    await run("update-desktop-database", [dirname(entry)]);
    const ofKinds = "update-mime-database";
    return (await run(ofKinds, [join(data, "mime")])) === null ? [ofKinds] : [];
  };
  return {
    read: async () => ({ state: state(), missing: [] }),
    async set(on) {
      if (on) {
        write(entry, desktopEntry(launcher));
        write(kind, KIND_FILE);
      } else for (const path of [entry, kind]) rmSync(path, { force: true });
      const before = textOf(defaults);
      const after = withDefault(before, on);
      if (after === "") rmSync(defaults, { force: true });
      else if (after !== before) write(defaults, after);
      return { state: state(), missing: await index() };
    },
  };
}

/** @param launcher program and arguments, made one line that says what is to be run */
export function desktopEntry(launcher: readonly string[]): string {
  return `[Desktop Entry]
Type=Application
Name=Neuroloom
Comment=Design, train and compare neural networks
Comment[zh_CN]=设计、训练和比较神经网络
Exec=${launcher.map(quoted).join(" ")} %f
Terminal=false
Categories=Education;Science;
MimeType=${KIND};
`;
}

/** Quoted as the desktop entry specification asks: for the command line, then once more for the string that holds it. */
function quoted(argument: string): string {
  // xdg-open's own reader, used where no desktop runs, knows no quotes.
  if (/^[\w./-]+$/.test(argument)) return argument;
  const inside = argument.replaceAll(/["`$\\]/g, "\\$&").replaceAll("%", "%%");
  return `"${inside.replaceAll("\\", "\\\\")}"`;
}

const KIND_FILE = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="${KIND}">
    <comment>Neuroloom project</comment>
    <comment xml:lang="zh_CN">Neuroloom 项目</comment>
    <sub-class-of type="application/vnd.sqlite3"/>
    <glob pattern="*.neuroloom"/>
  </mime-type>
</mime-info>
`;

/** The list of defaults with our line, or without it; every other line stays as it is. */
export function withDefault(list: string, on: boolean): string {
  const ours = `${KIND}=${ENTRY}`;
  const kept = list.split("\n").filter((line) => line.trim().replace(/;$/, "") !== ours);
  if (!on) {
    const rest = kept.join("\n");
    // A section of ours alone is no list any more.
    return rest.trim() === DEFAULTS ? "" : rest;
  }
  const at = kept.findIndex((line) => line.trim() === DEFAULTS);
  if (at >= 0) return [...kept.slice(0, at + 1), ours, ...kept.slice(at + 1)].join("\n");
  const before = kept.join("\n").trimEnd();
  return `${before === "" ? "" : `${before}\n\n`}${DEFAULTS}\n${ours}\n`;
}

/** The specification says that a relative path in these variables is to be ignored. */
function folderOf(named: string | undefined, otherwise: string): string {
  return named !== undefined && isAbsolute(named) ? named : otherwise;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return "";
    throw thrown;
  }
}
