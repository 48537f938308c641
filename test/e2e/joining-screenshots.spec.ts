/** What is looked at where several files become one data set, and where pictures are changed. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { questions, redAndBlue } from "../picture-files.ts";
import { expect, test } from "./app.ts";
import { begin, FEW_LOOKS } from "./screens.ts";

for (const chosen of FEW_LOOKS)
  test(`joining in ${chosen.language}, ${chosen.theme}`, async ({ app: { page, home } }) => {
    const { say, t, look, complaints } = await begin(page, chosen);
    const folder = join(home, "files");
    mkdirSync(folder, { recursive: true });
    const files = { ...questions, "shades.zip": await redAndBlue(6) };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    await page.getByRole("button", { name: t("New project", "新建项目") }).click();
    await page.getByRole("button", { name: say("shell.data"), exact: true }).click();
    await page.getByRole("button", { name: say("data.join_open") }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await look("join-empty");
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: say("data.join_add") }).click();
    await (await chooser).setFiles(Object.keys(files).map((name) => join(folder, name)));
    await expect(page.getByLabel(say("data.join_main"))).toBeVisible();
    await look("join");
    await page.getByRole("button", { name: say("data.join_import"), exact: true }).click();
    await page.getByLabel(say("data.target_choose")).selectOption("answer");
    await page.getByRole("tab", { name: say("data.augment_tab") }).click();
    await page.getByRole("textbox", { name: say("data.augment.noise") }).fill("15");
    await page.getByRole("textbox", { name: say("data.augment.noise") }).press("Enter");
    await page.getByRole("switch", { name: say("data.augment.flip_horizontal") }).click();
    await expect(page.getByRole("figure", { name: say("data.augment_preview") }).locator("canvas")).toHaveCount(20);
    await page.getByRole("heading", { name: say("data.augment") }).scrollIntoViewIfNeeded();
    await look("augment");
    expect(complaints).toEqual([]);
  });
