/** What is looked at on the data screen: choosing, a table with mistakes, pictures, texts, a series, steps, the first rows. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { redAndBlue } from "../picture-files.ts";
import { expect, test } from "./app.ts";
import { begin, FEW_LOOKS } from "./screens.ts";

/** `status` tells `sold`, `weight` has gaps, `message` is a text, `day` a date. */
function salesTable(): string {
  const words = ["cheap prize now", "see you tomorrow at the station", "win money today", "lunch at noon then"];
  const rows = Array.from({ length: 160 }, (_, row) => {
    const sold = row % 3 === 0 ? 1 : 0;
    const day = new Date(Date.UTC(2024, 0, 1 + row)).toISOString().slice(0, 10);
    const colour = ["red", "green", "blue"][Math.floor(row / 2) % 3];
    const message = `${words[row % 4]} and this is message number ${row} of all that were sent`;
    return [day, (row * 37) % 101, row % 7 === 0 ? "" : row / 2, colour, message, sold === 1 ? "gone" : "here", sold].join(",");
  });
  return `day,size,weight_of_the_parcel_in_kilograms,colour,message,status,sold\n${rows.join("\n")}\n`;
}

for (const chosen of FEW_LOOKS)
  test(`the data screen in ${chosen.language}, ${chosen.theme}`, async ({ app: { page, home } }) => {
    const { say, t, look, complaints } = await begin(page, chosen);
    const folder = join(home, "files");
    mkdirSync(folder, { recursive: true });
    const choose = async (name: string, content: string | Uint8Array): Promise<void> => {
      writeFileSync(join(folder, name), content);
      const chooser = page.waitForEvent("filechooser");
      const given = page
        .getByRole("button", { name: say("data.open_file") })
        .or(page.getByRole("button", { name: say("data.import_other_file") }));
      await given.first().click();
      await (await chooser).setFiles(join(folder, name));
    };
    await page.getByRole("button", { name: t("New project", "新建项目") }).click();
    await look("empty-canvas");
    await page.getByRole("button", { name: say("shell.data"), exact: true }).click();
    await look("choose-data");
    await page.getByRole("button", { name: say("data.graph_open") }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await look("graph-of-two-tables");
    await page.keyboard.press("Escape");
    await choose("broken.csv", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 0, 0, 9]));
    await expect(page.getByRole("alert")).toBeVisible();
    await look("import-refused");
    await choose("sales.csv", salesTable());
    await page.getByLabel(say("data.target_choose")).selectOption("sold");
    await expect(page.getByText(t("128 training", "128 训练"))).toBeVisible();
    await expect(page.getByRole("button", { name: t("Ignore this column", "忽略此列") }).first()).toBeVisible();
    await look("data-leak");
    await page.getByRole("button", { name: say("data.open_column", { column: "message" }) }).click();
    await look("data-text");
    await page.getByRole("tab", { name: say("data.steps") }).click();
    await look("data-steps");
    await page.getByRole("tab", { name: say("data.graph_tab") }).click();
    await page.getByLabel(say("data.graph_kind")).selectOption("document_words");
    await expect(page.getByLabel(say("data.graph_window"))).toBeVisible();
    // While it is laid out anew what was found before stands there faded.
    await expect(page.locator(".layout-result[aria-busy=true]")).toHaveCount(0);
    await look("data-graph");
    await page.keyboard.press("Control+z");
    await page.getByRole("tab", { name: say("data.panel_split") }).click();
    await page.getByRole("switch", { name: say("data.window") }).click();
    await look("data-series");
    await page.getByRole("tab").nth(1).click();
    await expect(page.getByRole("table").first()).toBeVisible();
    await look("data-rows");
    await page.getByRole("button", { name: say("data.other") }).click();
    await choose("shades.zip", await redAndBlue(6));
    await page.getByLabel(say("data.target_choose")).selectOption("label");
    await page.getByRole("tab", { name: say("data.tab_pictures") }).click();
    await expect(page.locator("canvas[aria-busy=false]").first()).toBeVisible();
    await look("data-pictures");
    expect(complaints).toEqual([]);
  });
