/** What is deleted can be brought back for a month and is then gone for good, its file too. */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { redAndBlue } from "../picture-files.ts";
import { testHome } from "./fixture.ts";

it("keeps deleted projects and data for a month, then gives their space back", async () => {
  await using home = testHome();
  const first = await home.open();
  const { design, dataset_id } = await first.handlers["templates.open"]({ name: "xor" });
  const { project } = await first.handlers["projects.create"]({ design, dataset_id });
  await first.handlers["projects.delete"]({ id: project.id });
  await first.handlers["datasets.delete"]({ id: dataset_id ?? "" });
  await first.shutdown({ checkpoint: false });

  const soon = await home.open();
  await expect(soon.handlers["projects.restore"]({ id: project.id })).resolves.toMatchObject({ project: { id: project.id } });
  await soon.handlers["projects.delete"]({ id: project.id });
  await soon.shutdown({ checkpoint: false });
  expect(readdirSync(join(home.path, "datasets"))).toHaveLength(1);

  vi.spyOn(Date, "now").mockReturnValue(Date.now() + 31 * 24 * 3600 * 1000);
  try {
    const later = await home.open();
    await expect(later.handlers["projects.restore"]({ id: project.id })).rejects.toMatchObject({ code: "project.not_found" });
    expect(readdirSync(join(home.path, "datasets"))).toEqual([]);
  } finally {
    vi.restoreAllMocks();
  }
  expect(existsSync(join(home.path, "library.sqlite"))).toBe(true);
});

it("gives the space of pictures back too", async () => {
  await using home = testHome();
  const first = await home.open();
  const path = join(home.path, "shades.zip");
  writeFileSync(path, await redAndBlue(2));
  const { dataset } = await first.handlers["datasets.import"]({ file: path, name: "shades.zip", import_id: "i" });
  expect(readdirSync(join(home.path, "datasets")).map((name) => name.split(".")[1])).toEqual(["parquet", "pictures"]);
  await first.handlers["datasets.delete"]({ id: dataset.id });
  await first.shutdown({ checkpoint: false });
  vi.spyOn(Date, "now").mockReturnValue(Date.now() + 31 * 24 * 3600 * 1000);
  try {
    await home.open();
    expect(readdirSync(join(home.path, "datasets"))).toEqual([]);
  } finally {
    vi.restoreAllMocks();
  }
});
