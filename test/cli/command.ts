/** `neuroloom …` as a script meets it: a process of its own, with arguments, streams, an exit code, and with --json a line an event. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { REPOSITORY } from "../run/command.ts";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** With --json. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

/** The command with its library in the folder `home` of the one given. */
export function commandIn(folder: string): (...args: readonly string[]) => Ended {
  return (...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(REPOSITORY, "main/cli/neuroloom.mjs"), ...args], {
      encoding: "utf8",
      env: { ...process.env, NEUROLOOM_HOME: join(folder, "home"), LANG: "C.UTF-8", LC_ALL: "C.UTF-8" },
    });
    const lines = args.includes("--json") ? stdout.split("\n").filter((line) => line !== "") : [];
    return { code: status, stdout, stderr, events: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
  };
}
