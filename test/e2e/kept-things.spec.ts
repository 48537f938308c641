import { expect, openTemplate, test, watchComplaints } from "./app.ts";
import { chooseFiles, openDataScreen } from "./data-files.ts";

const table = (rows: number, columns: number): string => {
  const head = Array.from({ length: columns }, (_, column) => `column_${column}`).join(",");
  const line = (row: number): string => Array.from({ length: columns }, (_, column) => `${(row * 31 + column * 17) % 9973}.5`).join(",");
  return `${head}\n${Array.from({ length: rows }, (_, row) => line(row)).join("\n")}\n`;
};

test("an import is cancelled by hand and leaves nothing, and the next one works", async ({ app: { page, home } }) => {
  const complaints = watchComplaints(page);
  await openDataScreen(page);
  await chooseFiles(page, home, { "large.csv": table(60_000, 100) });
  await page.getByRole("button", { name: "Cancel the import" }).click();
  await expect(page.getByText("The import of large.csv was cancelled; nothing was kept.", { exact: true })).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Your data" }).getByRole("listitem")).toHaveCount(0);
  await chooseFiles(page, home, { "small.csv": table(50, 3) });
  await expect(page.getByText("50 rows × 3 columns")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("data that was imported once is used again in another project, and deleted when nothing uses it", async ({ app: { page, home } }) => {
  await openDataScreen(page);
  await chooseFiles(page, home, { "one.csv": table(40, 3) });
  await expect(page.getByText("40 rows × 3 columns")).toBeVisible();
  await page.getByRole("button", { name: "Projects", exact: true }).click();
  await openDataScreen(page);
  await chooseFiles(page, home, { "two.csv": table(30, 4) });
  await expect(page.getByText("30 rows × 4 columns")).toBeVisible();
  await page.getByRole("button", { name: "Other data…" }).click();
  const library = page.getByRole("region", { name: "Your data" });
  await expect(library.getByRole("listitem")).toHaveCount(2);
  await expect(library.getByRole("listitem").filter({ hasText: "two.csv" })).toContainText(/in use/i);
  await library.getByRole("button", { name: /Use one\.csv/ }).click();
  await expect(page.getByText("40 rows × 3 columns")).toBeVisible();
  await page.getByRole("button", { name: "Other data…" }).click();
  await library.getByRole("button", { name: /Delete two\.csv/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await expect(library.getByRole("listitem")).toHaveCount(2);
  await library.getByRole("button", { name: /Delete two\.csv/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(library.getByRole("listitem")).toHaveCount(1);
});

test("a project is renamed and duplicated on the first screen, and the copy opens by itself", async ({ app: { page } }) => {
  await openTemplate(page, "Exclusive or");
  await page.getByRole("button", { name: "Projects", exact: true }).click();
  const recent = page.getByRole("region", { name: "Recent projects" });
  await recent.getByRole("button", { name: "Actions for Exclusive or" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("First try");
  await page.keyboard.press("Enter");
  await expect(recent.getByRole("button", { name: "Open project First try", exact: true })).toBeVisible();
  await recent.getByRole("button", { name: "Actions for First try" }).click();
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(recent.getByRole("listitem")).toHaveCount(2);
  await recent
    .getByRole("button", { name: /^Open project/ })
    .first()
    .click();
  await expect(page.locator(".react-flow__node").first()).toBeVisible();
});

test("runs are named, tagged, noted, found again, compared by what differs, and deleted with undo", async ({ app: { page } }) => {
  const complaints = watchComplaints(page);
  await openTemplate(page, "Softmax regression");
  const status = page.getByRole("contentinfo");
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("Done run 1", { timeout: 60_000 });
  await page.getByRole("tab", { name: "Training" }).click();
  await page.getByRole("complementary").last().getByLabel("Seed", { exact: true }).fill("17");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("Done run 2", { timeout: 60_000 });

  await page.getByRole("button", { name: /Runs · 2/ }).click();
  await page.getByRole("rowheader", { name: "#1" }).click();
  const detail = page.getByRole("complementary").last();
  await detail.getByLabel("Tags", { exact: true }).fill("baseline");
  await page.keyboard.press("Enter");
  await detail.getByLabel("Notes", { exact: true }).fill("The first that learnt.");
  await detail.getByLabel("Tags", { exact: true }).focus();
  await page.getByRole("rowheader", { name: "#1" }).dblclick();
  await page
    .getByRole("region", { name: /^Runs: arrow keys/ })
    .getByRole("textbox", { name: "Name of the run" })
    .fill("iris, first");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("rowheader", { name: "iris, first" })).toBeVisible();
  await page.reload();
  const filter = page.getByPlaceholder(/Filter by name/);
  await expect(async () => {
    if (!(await filter.isVisible())) await page.getByRole("button", { name: /Runs · 2/ }).click({ timeout: 1000 });
    await filter.fill("baseline", { timeout: 1000 });
  }).toPass();
  const rows = page.getByRole("region", { name: /^Runs: arrow keys/ }).getByRole("rowheader");
  await expect(rows).toHaveText(["iris, first"]);
  await rows.first().click();
  await expect(page.getByLabel("Notes", { exact: true })).toHaveValue("The first that learnt.");
  await filter.fill("");
  await expect(rows).toHaveCount(2);

  // The seed is all that differs of the options; with everything shown there is more.
  for (const box of await page.getByRole("checkbox", { name: /for comparison/ }).all()) await box.check();
  await page.getByRole("button", { name: "Compare", exact: true }).first().click();
  const compared = page.getByRole("table").filter({ hasText: "Figure or option" });
  await expect(compared.getByRole("rowheader", { name: /Seed/ })).toBeVisible();
  await expect(compared.getByRole("rowheader", { name: /Batch size/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Differences only" }).click();
  await expect(compared.getByRole("rowheader", { name: /Batch size/ })).toBeVisible();

  await page.getByRole("button", { name: /Runs · 2/ }).click();
  await page.getByRole("region", { name: /^Runs: arrow keys/ }).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Delete");
  await expect(rows).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(rows).toHaveCount(2);
  expect(complaints).toEqual([]);
});
