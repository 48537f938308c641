import { afterEach, expect, test } from "vitest";
import { modalOpened } from "../ui/open-modals.ts";
import { closeDialog, isDialogOpen, openDialog } from "./view.ts";

afterEach(closeDialog);

test("a dialog that was asked for, and one that came by itself, keep the keys of the screen", () => {
  expect(isDialogOpen()).toBe(false);
  openDialog({ name: "settings" });
  expect(isDialogOpen()).toBe(true);
  closeDialog();
  const closed = modalOpened(() => {});
  expect(isDialogOpen()).toBe(true);
  closed();
  expect(isDialogOpen()).toBe(false);
});
