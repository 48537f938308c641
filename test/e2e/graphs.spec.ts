/** Templates whose rows are nodes of one graph: drawn without mistakes, trained, and looked at on the data screen. */
import { expect, openTemplate, test, watchComplaints } from "./app.ts";
import { filesIn } from "./data-files.ts";

for (const title of ["Documents and words as a graph", "Communities in a graph"])
  test(`${title}: shapes are known, a run ends with a model, and the data screen tells its rows`, async ({ app: { page } }) => {
    // A busy machine takes its time for a training of a hundred epochs.
    test.setTimeout(240_000);
    const complaints = watchComplaints(page);
    await openTemplate(page, title);
    await expect(page.getByRole("contentinfo")).not.toContainText(/to fix/);
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("contentinfo")).toContainText(/done/i, { timeout: 120_000 });
    await page.getByRole("button", { name: "Data", exact: true }).click();
    await page.getByRole("tab", { name: /^Target/ }).click();
    await expect(page.getByText(title.startsWith("Documents") ? "30 training" : "20 training")).toBeVisible();
    await expect(page.getByText(/^One graph of /)).toBeVisible();
    expect(complaints).toEqual([]);
  });

test("nodes and edges that are brought together to New from my data are taken for a graph", async ({ app: { page, home } }) => {
  const complaints = watchComplaints(page);
  const rows = (count: number, row: (place: number) => string): string =>
    Array.from({ length: count }, (_, place) => `${row(place)}\n`).join("");
  const files = filesIn(home, {
    "friends.csv": `source,target\n${rows(80, (place) => `n${place % 40},n${(place * 3 + 2) % 40}`)}`,
    "people.csv": `name,size,side\n${rows(40, (place) => `n${place},${place % 7},${place % 2 === 0 ? "left" : "right"}`)}`,
  });
  await page.getByRole("button", { name: /^New from my data/ }).click();
  await page.getByLabel("Choose a file …", { exact: true }).setInputFiles(files);
  const note = page.getByRole("dialog").getByRole("note");
  await expect(note).toContainText("friends.csv looks like the edges between the nodes of people.csv");
  await note.getByRole("button", { name: "Make a graph of them…" }).click();
  const dialog = page.getByRole("dialog", { name: "A graph of two tables" });
  await expect(dialog.getByRole("region", { name: "Nodes" })).toContainText("people.csv");
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("40 rows × 4 columns")).toBeVisible();
  await page.getByLabel("Choose the target column…").selectOption("side");
  await expect(page.getByText(/^One graph of 40 nodes/)).toBeVisible();
  expect(complaints).toEqual([]);
});
