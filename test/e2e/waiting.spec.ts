/** What is waited for has a button that ends the waiting, and what failed says so and can be asked for again: the versions, one of them, the overlay of two. */
import { expect, openTemplate, test } from "./app.ts";
import { betweenHost } from "./between.ts";

test("waiting for versions and for the overlay can be ended, and a list that fails is told of and asked for again", async ({
  app: { page, entry },
}) => {
  test.skip(entry === "electron", "stands between page and host on the socket");
  const { set } = await betweenHost(page);
  await openTemplate(page, "Exclusive or");
  const dialog = page.getByRole("dialog");
  const ended = dialog.getByText("It was cancelled.");
  const cancelAndAskAgain = async (busy: string, pass: () => void): Promise<void> => {
    await expect(dialog.getByText(busy)).toBeVisible();
    await dialog.getByRole("status").getByRole("button", { name: "Cancel" }).click();
    await expect(ended).toBeVisible();
    await expect(dialog.getByText(busy)).toBeHidden();
    pass();
    await dialog.getByRole("button", { name: "Ask again" }).click();
    await expect(ended).toBeHidden();
  };

  set("versions.list", "hold");
  set("versions.open", "hold");
  await page.keyboard.press("Control+Shift+h");
  await cancelAndAskAgain("Reading the versions", () => set("versions.list", "pass"));
  await expect(dialog.getByRole("option")).toHaveCount(1);
  await cancelAndAskAgain("Opening the version", () => set("versions.open", "pass"));
  await expect(dialog.getByRole("img")).toBeVisible();
  await page.keyboard.press("Escape");

  // A change, so that there is something to lay over the version.
  await page.getByRole("complementary", { name: "Layers" }).getByRole("button", { name: "Dropout", exact: true }).dblclick();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.keyboard.press("Control+Shift+h");
  await dialog.getByRole("option").last().click();
  // The versions are read before, the thread that lays out is not let start.
  let held = true;
  await page.route(/layout\.worker/, (route) => (held ? undefined : route.continue()));
  set("versions.list", "fail");
  await dialog.getByRole("button", { name: "Compare with the open design" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The versions of this project could not be read");
  await cancelAndAskAgain("Laying out both networks", () => {
    held = false;
  });
  await expect(dialog.locator(".overlay-canvas")).toBeVisible();
  set("versions.list", "pass");
  await dialog.getByRole("alert").getByRole("button", { name: "Try again" }).click();
  await expect(dialog.getByRole("alert")).toHaveCount(0);
  await expect(dialog.getByLabel("From", { exact: true }).locator("option")).not.toHaveCount(1);
});
