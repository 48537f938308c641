/** Files by hand on the data screen: a new project's screen is opened, and files are chosen there as a person chooses them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect } from "./app.ts";

export async function openDataScreen(page: Page): Promise<void> {
  await page.getByRole("button", { name: /New project/ }).click();
  await page.getByRole("button", { name: "Data", exact: true }).click();
  await expect(page.getByRole("heading", { name: "What should the network learn from?" })).toBeVisible();
}

/** Writes files in a folder of the home; their paths. @param files content by name */
export function filesIn(home: string, files: Readonly<Record<string, string | Uint8Array>>): string[] {
  const folder = join(home, "files");
  mkdirSync(folder, { recursive: true });
  return Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
}

/** Writes them and chooses them together, by the button that opens files or the one for others. */
export async function chooseFiles(page: Page, home: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page
    .getByRole("button", { name: /Open a file…|Choose another file…/ })
    .first()
    .click();
  await (await chooser).setFiles(filesIn(home, files));
}
