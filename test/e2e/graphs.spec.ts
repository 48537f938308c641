/** Templates whose rows are nodes of one graph: drawn without mistakes, trained, and looked at on the data screen. */
import { expect, openTemplate, test, watchComplaints } from "./app.ts";

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
