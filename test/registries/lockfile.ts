/**
 * Completes package-lock.json: npm leaves out packages for other platforms that its registry does not have, and then refuses `npm ci`
 * because they are missing, on every platform. Each is named with an exact version by the package that wants it, and says in its name what it is
 * for. Run it after every `npm install NAME`: `npm run lockfile`. `--check` writes nothing and fails when one is missing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FILE = join(import.meta.dirname, "../../package-lock.json");

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}
interface Lockfile {
  readonly packages: Record<string, LockedPackage>;
}

/** What a package for one platform says of itself: `cli-linux-arm64-musl` → linux, arm64, musl. */
export function platformOf(name: string): { os: string[]; cpu: string[]; libc?: string[] } | null {
  const match = /[-/](android|darwin|freebsd|linux|openharmony|win32)-(arm64|arm|x64|ia32|ppc64|riscv64|s390x)(?:-(\w+))?$/.exec(name);
  const [, os, cpu, abi] = match ?? [];
  if (os === undefined || cpu === undefined) return null;
  const libc = os !== "linux" || abi === undefined ? null : abi.startsWith("musl") ? "musl" : "glibc";
  return { os: [os], cpu: [cpu], ...(libc === null ? {} : { libc: [libc] }) };
}

/** Packages that another one names as optional and that the lockfile does not hold, with the entry each should have. */
export function missingFromLockfile({ packages }: Lockfile): Readonly<Record<string, LockedPackage>> {
  const missing: Record<string, LockedPackage> = {};
  for (const [path, wanting] of Object.entries(packages))
    for (const [name, version] of Object.entries(wanting.optionalDependencies ?? {})) {
      const place = `node_modules/${name}`;
      if (packages[place] !== undefined || packages[`${path}/${place}`] !== undefined) continue;
      const platform = platformOf(name);
      if (platform === null || !/^\d/.test(version))
        throw new Error(`${path} wants ${name} ${version}, and its platform is not in its name: add it by hand.`);
      missing[place] = { version, ...platform, ...(wanting.dev === true ? { dev: true } : {}), optional: true };
    }
  return missing;
}

export function readLockfile(): Lockfile {
  return JSON.parse(readFileSync(FILE, "utf8")) as Lockfile;
}

if (import.meta.main) {
  const lockfile = readLockfile();
  const missing = missingFromLockfile(lockfile);
  const names = Object.keys(missing);
  if (process.argv.includes("--check")) {
    if (names.length > 0) console.error(`package-lock.json lacks ${names.join(", ")}: run npm run lockfile`);
    process.exitCode = names.length > 0 ? 1 : 0;
  } else {
    const all = Object.entries({ ...lockfile.packages, ...missing }).sort(([a], [b]) => (a < b ? -1 : 1));
    writeFileSync(FILE, `${JSON.stringify({ ...lockfile, packages: Object.fromEntries(all) }, null, 2)}\n`);
    console.log(`package-lock.json: ${names.length} added`);
  }
}
