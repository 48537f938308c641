/** Tables by hand: pasted, sheets chosen, rows searched, filtered and sorted, plots and effects of steps looked at, baselines computed. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openConnection } from "../../main/store/sqlite/open.ts";
import { number, text, workbook } from "../workbook-file.ts";
import { zip } from "../zip-file.ts";
import { expect, test } from "./app.ts";
import { chooseFiles, openDataScreen } from "./data-files.ts";
import { begin, FEW_LOOKS } from "./screens.ts";

const ROWS = Array.from({ length: 300 }, (_, row) => {
  const age = (row * 37) % 80;
  const size = (row * 13) % 29;
  return [age, size, (age / 4 + size * 2 + ((row * 7) % 5)).toFixed(2), row % 3 === 0 ? "male" : "female", age + size > 50 ? "yes" : "no"];
});
const CSV = `age,size,weight,sex,bought\n${ROWS.map((row, place) => (place % 20 === 0 ? ["", ...row.slice(1)] : row).join(",")).join("\n")}\n`;

for (const chosen of FEW_LOOKS)
  test(`tables in ${chosen.language}, ${chosen.theme}`, async ({ app: { page, home } }) => {
    const { say, t, look, complaints } = await begin(page, chosen);
    await page.getByRole("button", { name: t("New project", "新建项目") }).click();
    await page.getByRole("button", { name: say("shell.data"), exact: true }).click();
    await expect(page.getByRole("button", { name: say("data.paste"), exact: true })).toBeVisible();
    await page.evaluate((csv) => {
      const html = `<table>${csv
        .trim()
        .split("\n")
        .map(
          (line) =>
            `<tr>${line
              .split(",")
              .map((cell) => `<td>${cell}</td>`)
              .join("")}</tr>`,
        )
        .join("")}</table>`;
      const data = new DataTransfer();
      data.setData("text/html", html);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }, CSV);
    await page.getByLabel(say("data.target_choose")).selectOption("bought");
    await expect(page.getByRole("columnheader", { name: say("data.correlation") })).toBeVisible();
    await look("tables-columns");
    await page.getByRole("tab", { name: new RegExp(say("data.tab_rows")) }).click();
    await page.getByLabel(say("data.filter")).fill("age > 30 and sex = 'male'");
    const status = page.getByRole("status").filter({ hasText: "300" });
    await expect(status).toBeVisible();
    await page.getByRole("button", { name: "weight", exact: true }).click();
    await expect(page.getByRole("columnheader", { name: "weight" })).toHaveAttribute("aria-sort", "ascending");
    await page.getByRole("button", { name: say("data.filter_learn"), exact: true }).click();
    await expect(page.getByText(say("data.filter_learnt"))).toBeVisible();
    await look("tables-rows");
    await page.getByLabel(say("data.filter"), { exact: true }).fill("age >");
    await expect(page.getByRole("alert").first()).not.toBeEmpty();
    // The rows of the filter before stay in sight.
    await expect(page.locator(".preview.of-before tbody tr").nth(3)).toBeVisible();
    await look("tables-filter-wrong");
    await page.getByLabel(say("data.filter"), { exact: true }).fill("");
    await page.getByRole("button", { name: say("data.filter_remove"), exact: true }).click();
    await page.getByRole("tab", { name: say("data.tab_plots"), exact: true }).click();
    await expect(page.getByText(say("data.principal_shares"))).toBeVisible();
    await look("tables-plots");
    await page.getByRole("tab", { name: new RegExp(say("data.steps")) }).click();
    await page.locator(".step-name").first().click();
    await expect(page.locator(".effect-table").first()).toBeVisible();
    await look("tables-steps");
    const book = join(home, "files");
    mkdirSync(book, { recursive: true });
    const sheet = (name: string): string[] => [text("A1", name) + text("B1", "b"), number("A2", 1) + number("B2", 2)];
    writeFileSync(join(book, "book.xlsx"), workbook({ first: sheet("one"), second: sheet("two") }));
    await page.getByRole("button", { name: say("data.other"), exact: true }).click();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: say("data.open_file") }).click();
    await (await chooser).setFiles(join(book, "book.xlsx"));
    await page.getByRole("combobox", { name: say("data.sheet"), exact: true }).selectOption("second");
    await expect(page.getByRole("table", { name: say("data.tab_columns") }).getByText("two", { exact: true })).toBeVisible();
    await look("tables-sheet");
    const tables = ["train", "test"].map((name) => ({
      name: `${name}.csv`,
      content: `${name === "train" ? "three" : "four"},b,c\n1,2,3\n2,3,4\n`,
    }));
    writeFileSync(join(book, "tables.zip"), zip(tables));
    await page.getByRole("button", { name: say("data.other"), exact: true }).click();
    const archive = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: say("data.open_file") }).click();
    await (await archive).setFiles(join(book, "tables.zip"));
    const table = page.getByRole("combobox", { name: say("data.table_of_archive"), exact: true });
    await expect(table).toHaveValue("train.csv");
    await table.selectOption("test.csv");
    await expect(page.getByRole("table", { name: say("data.tab_columns") }).getByText("four", { exact: true })).toBeVisible();
    await look("tables-archive");
    expect(complaints).toEqual([]);
  });

test("columns of a very wide table are told how they go with the target when they come into sight", async ({ app: { page, home } }) => {
  await openDataScreen(page);
  const names = Array.from({ length: 620 }, (_, k) => `c${k}`);
  const line = (row: number): string => names.map((_, k) => (k === 600 ? 3 * ((row * 7) % 40) : (row * (k + 7)) % 40)).join(",");
  await chooseFiles(page, home, { "wide.csv": `${names.join(",")}\n${Array.from({ length: 60 }, (_, row) => line(row)).join("\n")}\n` });
  await expect(page.getByText("60 rows × 620 columns")).toBeVisible();
  await page.getByRole("button", { name: "Choose the target column…" }).click();
  await page.keyboard.type("c0");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("columnheader", { name: "Goes with target" })).toBeVisible();
  const row = (name: string) =>
    page.getByRole("row").filter({ has: page.getByRole("button", { name: `${name}: figures and preparation`, exact: true }) });
  await expect(row("c1").locator(".of-correlation")).toHaveText(/\d/);
  await page.locator(".column-scroll").evaluate((table) => table.scrollTo(0, table.scrollHeight));
  await expect(row("c600").locator(".of-correlation")).toContainText("1.000");
  await expect(row("c619").locator(".of-correlation")).toHaveText(/\d/);
});

test("columns of data that an older version imported are looked at again", async ({ app: { page, home } }) => {
  await openDataScreen(page);
  const rows = Array.from({ length: 40 }, (_, row) => `${(row * 7) % 13},${row % 3 === 0 ? "yes" : "no"},${row % 2 === 0 ? "cat" : "dog"}`);
  await chooseFiles(page, home, { "pets.csv": `size,indoor,kind\n${rows.join("\n")}\n` });
  await expect(page.getByText("40 rows × 3 columns")).toBeVisible();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  const notes = page.getByRole("list", { name: "About this file" });
  await expect(notes).toHaveCount(0);
  const { database } = await openConnection({ path: join(home, "library.sqlite") });
  database.exec(
    `UPDATE datasets SET source_json = '{"name":"pets.csv"}', profile_json = replace(profile_json, 'boolean=no,yes', 'unknown')`,
  );
  database.close();
  await page.reload();
  await page.getByRole("button", { name: "Data", exact: true }).click();
  await expect(notes).toContainText("An older version imported these data");
  const type = page.getByLabel("Type of indoor").locator("option:checked");
  await expect(type).toHaveText("categorical");
  await page.getByRole("button", { name: "Look at the columns again" }).click();
  await expect(type).toHaveText("boolean");
  await expect(page.getByText("An older version imported these data")).toHaveCount(0);
  await page.reload();
  await page.getByRole("button", { name: "Data", exact: true }).click();
  await expect(page.getByLabel("Type of indoor")).toBeVisible();
  await expect(page.getByText("An older version imported these data")).toHaveCount(0);
});
