/**
 * What must not stand in tracked files: paths of the machine that a line was written on, and addresses of package registries.
 * The patterns are written so that they do not match themselves.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const FORBIDDEN: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: "a path of one machine", pattern: /(^|[^A-Za-z0-9_.\-/])\/(work|farm|opt|root|tmp)\/[A-Za-z0-9_.]/ },
  {
    what: "the address of a package registry",
    pattern: /registry\.npm[j]s|npm[j]s\.org|npm[m]irror|deb\.debi[a]n|debi[a]n\.org|pypi[.]org/,
  },
  { what: "a name of the workplace's tools", pattern: /farm-[s]tudio|farm-[b]ench/ },
];

/** Paths that git tracks, or null where there is no git checkout. */
export function trackedFiles(root: string): readonly string[] | null {
  const { status, stdout } = spawnSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 });
  return status === 0 ? stdout.split("\0").filter((path) => path !== "") : null;
}

/** One line for every line of these files that holds something of the kind. Files that are not text are passed over. */
export function machineTraces(root: string, files: readonly string[]): readonly string[] {
  return files.flatMap((file) => {
    const bytes = readFileSync(join(root, file));
    if (bytes.includes(0)) return [];
    return bytes
      .toString("utf8")
      .split("\n")
      .flatMap((line, index) =>
        FORBIDDEN.filter(({ pattern }) => pattern.test(line)).map(
          ({ what }) => `${file}:${index + 1}: ${what}: ${line.trim().slice(0, 160)}`,
        ),
      );
  });
}
