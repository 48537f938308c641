/** Settings of what a training may take: kept by the host, and taken by the next run. */
import { expect, openTemplate, test } from "./app.ts";

test("threads and memory are given in the settings, kept, and taken by the next run", async ({ app }) => {
  const { page } = app;
  await openTemplate(page, "Deep network that does not learn");
  // So long that it is still going when it is looked at.
  await page.getByRole("tab", { name: "Training" }).click();
  await page.getByRole("complementary").last().getByLabel("Epochs", { exact: true }).fill("100000");
  await page.keyboard.press("Enter");
  const open = async (): Promise<void> => {
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: "Settings" }).click();
  };
  await open();
  const dialog = page.getByRole("dialog");
  const threads = dialog.getByLabel("Threads that train");
  await threads.fill("1");
  await threads.press("Enter");
  const rows = dialog.getByLabel("Memory for rows of data, at most (MB)");
  await rows.fill("512");
  await rows.press("Tab");
  await page.keyboard.press("Escape");
  await open();
  await expect(dialog.getByLabel("Threads that train")).toHaveValue("1");
  await expect(dialog.getByLabel("Memory for rows of data, at most (MB)")).toHaveValue("512");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("contentinfo")).toContainText("threads: 1");
});

test("a message that is shown goes on in the language that is chosen meanwhile", async ({ app: { page } }) => {
  await openTemplate(page, "Exclusive or");
  await page.getByRole("button", { name: "Snap", exact: true }).click();
  const message = page.locator(".toast");
  await expect(message).toContainText("snaps to the dots");
  await page.getByRole("button", { name: "Switch to Chinese (中文)" }).click();
  await expect(message).toContainText(/拖动/);
});

test("Escape closes the dialog, not the message that came over it", async ({ app: { page } }) => {
  await openTemplate(page, "Exclusive or");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Settings" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Save a backup…" }).click();
  const message = page.locator(".toast").first();
  await expect(message).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(message).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(message).toHaveCount(0);
});
