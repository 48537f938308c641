/** Large tables that are wrong, files that change while they are read, a disk that is full, and imports cancelled at many moments. */
import { appendFileSync } from "node:fs";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "../../core/data/random.ts";
import { AppError } from "../../core/errors.ts";
import { importFile } from "../../main/host/datasets/import-file.ts";
import type { ImportedTable, ImportRequest } from "../../main/host/datasets/import-request.ts";
import { runNode } from "../run/command.ts";
import { type BadTable, badTables, type Expected } from "./bad-tables.ts";
import { writeLargeTable } from "./large-table.ts";
import { allHold, atMost, type Figure, type Soak, type SoakOptions } from "./soak.ts";

const SEED = 11;
const CANCELS = 30;
const ROWS = 400_000;
/** Kilobytes of the largest file that a process may write, in the trials of a full disk. */
const DISK_LIMITS = [100, 2000, 20_000, 60_000] as const;
const MOST_MEGABYTES = 1500;

export const badInput: Soak = {
  name: "bad-input",
  title: "Bad input",
  about:
    "Tables of 2,000,000 rows that are wrong in one place drawn by chance, imported whole: the answer must name that place. A file that grows and one that vanishes while it is read, a disk that fills up at four moments (a process that may write no larger file), and an import that is cancelled at moments drawn by chance. After every one the folder of data sets must be as it was. All in one process, whose memory is watched.",
  run,
};

async function run({ share, say }: SoakOptions): Promise<Figure[]> {
  const place = await mkdtemp(join(tmpdir(), "neuroloom-soak-"));
  const folder = join(place, "datasets");
  try {
    const figures: Figure[] = [];
    for (const [index, table] of badTables.entries()) {
      say(table.name);
      figures.push(await importBad(table, join(place, "given.csv"), folder, share, SEED + index));
    }
    const path = join(place, "large.csv");
    await writeLargeTable({ path, rows: Math.round(ROWS * share), seed: SEED });
    say("files that change");
    figures.push(allHold("a file that changes while it is read", 2, await changing(path, folder)));
    say("a full disk");
    figures.push(allHold("a disk that fills up", DISK_LIMITS.length, await fullDisks(path, folder, share)));
    const cancels = Math.max(3, Math.round(CANCELS * share));
    figures.push(allHold("imports cancelled by chance", cancels, await cancelling(path, folder, cancels, say)));
    figures.push(atMost("peak memory of the process", process.resourceUsage().maxRSS / 1000, MOST_MEGABYTES, "MB"));
    return figures;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function importBad({ name, write }: BadTable, path: string, folder: string, share: number, seed: number): Promise<Figure> {
  const expected = await write(path, share, seed);
  const start = performance.now();
  const outcome = await answerOf({ path, name: "given.csv", folder });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const megabytes = Math.round((await stat(path)).size / 1e6);
  const fault = faultOf(outcome, expected) ?? (await leftBehind(folder, expected.kind === "refused" ? 0 : 1));
  await rm(folder, { recursive: true, force: true });
  if (fault !== null) return { what: name, value: fault, goal: wordsOf(expected), met: false };
  return { what: `${name} (${megabytes} MB)`, value: `${wordsOf(expected)}, ${seconds} s`, goal: "named exactly", met: true };
}

type Answer = ImportedTable | AppError;

async function answerOf(request: ImportRequest): Promise<Answer> {
  try {
    return await importFile(request);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function faultOf(answer: Answer, { kind, code, params }: Expected): string | null {
  const found = answer instanceof AppError ? [answer] : answer.warnings;
  if (kind === "clean") return found.length === 0 ? null : `${found[0]?.code} where nothing is wrong`;
  if ((kind === "refused") !== answer instanceof AppError) return answer instanceof AppError ? answer.message : "imported without a word";
  const named = found.find((one) => one.code === code);
  if (named === undefined) return `${found.map((one) => one.code).join() || "nothing"} instead of ${code}`;
  const other = Object.entries(params).find(([name, value]) => named.params[name] !== value);
  return other === undefined ? null : `${other[0]} is ${named.params[other[0]]} instead of ${other[1]}`;
}

const wordsOf = ({ code, params }: Expected): string =>
  code === ""
    ? "nothing to say"
    : `${code} (${Object.entries(params)
        .map(([name, value]) => `${name} ${value}`)
        .join(", ")})`;

async function leftBehind(folder: string, tables: number): Promise<string | null> {
  const names = await readdir(folder);
  return names.length === tables ? null : `left behind: ${names.join(", ")}`;
}

async function changing(path: string, folder: string): Promise<string[]> {
  const faults: string[] = [];
  let grown = 0;
  const grows = await answerOf({ path, name: "large.csv", folder, onProgress: () => grown++ === 2 && appendFileSync(path, "\n") });
  if (!(grows instanceof AppError) || grows.code !== "data.file_changed") faults.push("a file that grew was taken");
  const copy = `${path}.copy`;
  await runNode(["-e", `require("node:fs").copyFileSync(${JSON.stringify(path)}, ${JSON.stringify(copy)})`]);
  let gone = false;
  const vanishes = await answerOf({
    path: copy,
    name: "copy.csv",
    folder: join(folder, "vanished"),
    onProgress: () => {
      if (!gone) void rm(copy, { force: true });
      gone = true;
    },
  });
  if (vanishes instanceof AppError) faults.push(`what was opened could not be read to its end: ${vanishes.message}`);
  await rm(join(folder, "vanished"), { recursive: true, force: true });
  const left = await leftBehind(folder, 0);
  return left === null ? faults : [...faults, left];
}

async function fullDisks(path: string, folder: string, share: number): Promise<string[]> {
  const faults: string[] = [];
  const module = new URL("../../main/host/datasets/import-file.ts", import.meta.url).href;
  for (const limit of DISK_LIMITS) {
    // In a shell of its own: the limit is of the process and of all that it starts. Blocks are of 1,024 bytes in bash and of 512 in sh.
    const script = `import { spawnSync } from "node:child_process";
      const inner = ${JSON.stringify(`import { importFile } from ${JSON.stringify(module)};
        await importFile({ path: ${JSON.stringify(path)}, name: "large.csv", folder: ${JSON.stringify(folder)} }).then(() => console.log("imported"), (error) => console.log(error.message));`)};
      const { stdout, stderr } = spawnSync("sh", ["-c", 'ulimit -f ${Math.max(64, Math.round(2 * limit * share))}; exec "$0" --input-type=module -e "$1"', process.execPath, inner], { encoding: "utf8" });
      process.stdout.write(stdout + stderr);`;
    const { output } = await runNode(["--input-type=module", "-e", script]);
    if (!output.includes("data.disk_full")) faults.push(`${limit} KB: ${output.trim().slice(0, 200)}`);
    const left = await leftBehind(folder, 0);
    if (left !== null) faults.push(`${limit} KB: ${left}`);
  }
  return faults;
}

/** At a share of the time that a whole import takes. */
async function cancelling(path: string, folder: string, count: number, say: (line: string) => void): Promise<string[]> {
  const faults: string[] = [];
  const random = new Random(SEED);
  const start = performance.now();
  await importFile({ path, name: "large.csv", folder });
  const whole = performance.now() - start;
  await rm(folder, { recursive: true, force: true });
  for (let cancel = 0; cancel < count; cancel++) {
    if (cancel % 10 === 0) say(`cancelling ${cancel} of ${count}`);
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), random.float() * whole);
    const answer = await answerOf({ path, name: "large.csv", folder, signal: controller.signal });
    clearTimeout(timer);
    const done = !(answer instanceof AppError);
    // It may have been faster this time; then it is there as a whole.
    if (!done && answer.code !== "data.import_cancelled") faults.push(`cancel ${cancel}: ${answer.message}`);
    const left = await leftBehind(folder, done ? 1 : 0);
    if (left !== null) faults.push(`cancel ${cancel}: ${left}`);
    await rm(folder, { recursive: true, force: true });
  }
  return faults;
}
