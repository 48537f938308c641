/**
 * A screen held against a small committed picture of it (test/e2e/looks): one cell for every 20 × 20 pixels, so that other letters, times and
 * digits do not matter, and a panel that is gone, a drawing that is empty or colours of another theme do.
 * `NEUROLOOM_LOOKS=write` writes the pictures anew; what they show is then looked at before they are committed.
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import sharp from "sharp";
import { expect } from "./app.ts";

const LOOKS = join(import.meta.dirname, "looks");
const CELL = 20;
/** Of 255, in any of the three colours: a word more or less in a cell stays below it. */
const DIFFERS_BY = 28;
/** A chart's line that runs elsewhere, a message that is still there. */
const MOST_DIFFERING = 0.05;

const writes = process.env["NEUROLOOM_LOOKS"] === "write";

/** A screen may still be on its way: what was asked for is drawn a moment later. */
const PATIENCE_MS = 20_000;
const SETTLED_MS = 1500;

/** @param shoot takes a picture of the whole window */
export async function expectLook(name: string, shoot: () => Promise<Buffer>): Promise<void> {
  const file = join(LOOKS, `${name}.png`);
  if (writes) {
    mkdirSync(LOOKS, { recursive: true });
    // Whatever is still on its way is there then: what is held against it later waits until it is.
    await delay(SETTLED_MS);
    await (await coarse(await shoot())).png({ compressionLevel: 9, palette: true, colours: 64 }).toFile(file);
    return;
  }
  expect(existsSync(file), `${name} has no picture to be held against: write it (NEUROLOOM_LOOKS=write) and look at it`).toBe(true);
  const before = await sharp(file).removeAlpha().raw().toBuffer();
  const end = performance.now() + PATIENCE_MS;
  let share = 1;
  while (share >= MOST_DIFFERING && performance.now() < end) {
    share = differing(await (await coarse(await shoot())).raw().toBuffer(), before);
    if (share >= MOST_DIFFERING) await delay(500);
  }
  if (process.env["NEUROLOOM_LOOKS"] === "say") process.stdout.write(`${name}: ${(share * 100).toFixed(1)} %\n`);
  expect.soft(share, `${name} looks other than test/e2e/looks/${name}.png, in so much of it`).toBeLessThan(MOST_DIFFERING);
}

async function coarse(png: Buffer) {
  const { width, height } = await sharp(png).metadata();
  return sharp(png)
    .resize(Math.round(width / CELL), Math.round(height / CELL), { fit: "fill", kernel: "cubic" })
    .removeAlpha();
}

/** Of the cells, the share that differs; all of them where the pictures are of other sizes. */
function differing(now: Buffer, before: Buffer): number {
  if (now.length !== before.length) return 1;
  let count = 0;
  for (let at = 0; at < now.length; at += 3) {
    const by = Math.max(...[0, 1, 2].map((channel) => Math.abs((now[at + channel] ?? 0) - (before[at + channel] ?? 0))));
    if (by > DIFFERS_BY) count += 1;
  }
  return count / (now.length / 3);
}
