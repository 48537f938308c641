/** A disk that is full while a file is on its way to the app in the browser: a limit on the size of files makes it so, and lifts it again. */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./app.ts";
import { chooseFiles, openDataScreen } from "./data-files.ts";

const hasPrlimit = process.platform === "linux" && spawnSync("prlimit", ["--version"]).status === 0;

test("is told in words, leaves nothing behind, and the file is taken when there is room", async ({ app: { page, home, pid, entry } }) => {
  test.skip(!hasPrlimit, "needs Linux with prlimit, which gives a process room again");
  test.skip(entry === "electron", "the window reads files where they lie");
  const limit = (bytes: string): void => void execFileSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:unlimited`]);
  const uploads = (): string[] => readdirSync(join(home, "uploads"));
  const line = `${"1,2,3,4,5,6,7,8,9,".repeat(20)}0\n`;
  const large = `${Array.from({ length: 181 }, (_, column) => `c${column}`).join(",")}\n${line.repeat(110_000)}`;
  await openDataScreen(page);
  limit(String(8 * 2 ** 20));
  await chooseFiles(page, home, { "large.csv": large });
  await expect(page.getByRole("alert")).toContainText(/The disk is too full for this file: 1\d\d MB are needed/);
  expect(uploads()).toEqual([]);
  limit("unlimited");
  await chooseFiles(page, home, { "large.csv": large });
  await expect(page.getByText("110,000 rows × 181 columns")).toBeVisible({ timeout: 60_000 });
});
