/** A disk that fills while a run trains, made real by a limit on the size of files, and given room again. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { runUntil, type TestHome, testHome } from "./fixture.ts";

const hasPrlimit = process.platform === "linux" && spawnSync("prlimit", ["--version"]).status === 0;

async function onSmallDisk(home: TestHome, ...act: string[]) {
  // A first session makes the library and the data set; then no file may grow much beyond what stands there.
  const before = await home.open();
  await before.handlers["templates.open"]({ name: "digits" });
  await before.shutdown({ checkpoint: false });
  const roomBytes = statSync(join(home.path, "library.sqlite")).size + 2 * 2 ** 20;
  const child = spawn(process.execPath, [join(import.meta.dirname, "run-on-small-disk.ts"), home.path, ...act], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  execFileSync("prlimit", ["--pid", String(child.pid), `--fsize=${roomBytes}:unlimited`]);
  return child;
}

it("pauses training on a full disk, says so, goes on when there is room, and loses nothing", async (context) => {
  if (!hasPrlimit) context.skip("SKIPPED: needs Linux with prlimit, which gives a process room again");
  await using home = testHome();
  const child = await onSmallDisk(home);
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.startsWith("waits")) execFileSync("prlimit", ["--pid", String(child.pid), "--fsize=unlimited:unlimited"]);
    if (line.startsWith("goes on")) break;
  }
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(lines[1]).toBe("waits paused store.disk_full, as read: paused store.disk_full, paused store.disk_full");
  expect(lines[2]).toMatch(/^goes on at \d+$/);
  const host = await home.open();
  const id = lines[0]?.split(" ")[1] ?? "";
  const { curves } = await host.handlers["runs.curves"]({ id, max_points: 100_000 });
  const epochs = curves.find((curve) => curve.name === "loss")?.epoch ?? [];
  expect(epochs).toEqual(Array.from(epochs, (_, i) => i + 1));
  expect(epochs.length).toBeGreaterThan(10);
});

it.for(["stop", "discard", "quit"])(
  "is left within seconds while the disk is full, after %s; the run can go on later",
  async (act, context) => {
    if (!hasPrlimit) context.skip("SKIPPED: needs Linux with prlimit");
    await using home = testHome();
    const child = await onSmallDisk(home, act);
    // A run is another process's until that has ended.
    const exited = once(child, "exit");
    const lines: string[] = [];
    let waitedSince = 0;
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (line.startsWith("waits")) waitedSince = performance.now();
    }
    expect(lines.at(-1)).toBe("left");
    expect(performance.now() - waitedSince).toBeLessThan(20_000);
    await exited;
    const host = await home.open();
    const id = lines[0]?.split(" ")[1] ?? "";
    if (act === "discard") await host.handlers["runs.restore"]({ ids: [id] });
    const { run } = await host.handlers["runs.get"]({ id });
    expect(run).toMatchObject({ status: "interrupted", error: null });
    await host.handlers["runs.resume"]({ id });
    await runUntil(host, id, (one) => one.status === "running" && one.step > run.step);
  },
);
