/** The command line as a person would call it, with a library of its own that is gone afterwards; keeps what was called, for the page. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { REPOSITORY, runNode } from "../run/command.ts";

export const SHARED_DATA = join(REPOSITORY, "../shared/data");

export type Event = Readonly<Record<string, unknown>>;

export interface CommandLine {
  /** A folder for designs and results. */
  readonly folder: string;
  /** A file of ../shared/data. */
  readonly data: (path: string) => string;
  /** Writes a file into the folder. @returns its path */
  readonly put: (name: string, content: string) => string;
  readonly read: (name: string) => string;
  /**
   * Runs `neuroloom …` with --json.
   * @returns its events, the last being `done`
   * @throws with what it printed when it does not end well
   */
  readonly call: (...args: readonly string[]) => Promise<readonly Event[]>;
  /** What was called so far, with paths as a reader would type them. */
  readonly calls: readonly string[];
  readonly close: () => void;
}

const LONGEST_CALL_MS = 30 * 60_000;

export function openCommandLine(): CommandLine {
  const folder = mkdtempSync(join(tmpdir(), "neuroloom-acceptance-"));
  const calls: string[] = [];
  return {
    folder,
    data: (path) => join(SHARED_DATA, path),
    put: (name, content) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    },
    read: (name) => readFileSync(join(folder, name), "utf8"),
    call: async (...args) => {
      calls.push(["neuroloom", ...args.map(shortened)].join(" "));
      const { status, output, stdout } = await runNode([join(REPOSITORY, "main/cli/neuroloom.mjs"), ...args, "--json"], {
        environment: { NEUROLOOM_HOME: join(folder, "home"), LANG: "C.UTF-8", LC_ALL: "C.UTF-8" },
        timeoutMs: LONGEST_CALL_MS,
      });
      if (status !== 0) throw new Error(`${calls.at(-1)} ended with ${status}:\n${output.slice(-4000)}`);
      return stdout
        .split("\n")
        .filter((line) => line.startsWith("{"))
        .map((line) => JSON.parse(line) as Event);
    },
    calls,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Files by their names, but those of the shared data by where they are there. */
function shortened(argument: string): string {
  if (argument.startsWith(SHARED_DATA)) return `../shared/data${argument.slice(SHARED_DATA.length)}`;
  return argument.startsWith("/") ? basename(argument) : argument;
}

/** Which of them are not there. */
export const missingData = (paths: readonly string[]): string[] => paths.filter((path) => !existsSync(join(SHARED_DATA, path)));

/** A figure of the last event: `metrics.accuracy`. @throws when there is none */
export function figureOf(events: readonly Event[], name: string): number {
  const last = events.at(-1);
  const metrics = last?.["metrics"] as Readonly<Record<string, unknown>> | undefined;
  const value = metrics?.[name] ?? last?.[name];
  if (typeof value !== "number") throw new Error(`no figure '${name}' in ${JSON.stringify(last)}`);
  return value;
}
