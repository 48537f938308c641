/** A table from the clipboard: Ctrl+V anywhere on the data screen but in a field, or the button. */
import { useEffect } from "react";
import { AppError } from "../../core/errors.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { useText } from "../ui/texts.ts";
import { importData, importPasted } from "./import-data.ts";
import { pastedTable } from "./pasted-table.ts";

function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable=true], [role=dialog]") !== null;
}

/** While the data screen is shown. */
export function usePasteTable(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { clipboardData } = event;
      if (clipboardData === null || event.defaultPrevented || inField(event.target)) return;
      const files = [...clipboardData.files];
      const table = pastedTable(clipboardData.getData("text/html"), clipboardData.getData("text/plain"));
      // Spreadsheets also put a picture of the cells there.
      if (table !== null) importPasted(table).catch(report);
      else if (files.length > 0) importData(files).catch(report);
      else report(new AppError("data.nothing_to_paste"));
      event.preventDefault();
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, []);
}

async function pasteFromClipboard(): Promise<void> {
  let html = "";
  let plain = "";
  try {
    for (const item of await navigator.clipboard.read()) {
      if (item.types.includes("text/html")) html = await (await item.getType("text/html")).text();
      if (item.types.includes("text/plain")) plain = await (await item.getType("text/plain")).text();
    }
  } catch (cause) {
    throw new AppError("data.clipboard_not_allowed", {}, { cause });
  }
  const table = pastedTable(html, plain);
  if (table === null) throw new AppError("data.nothing_to_paste");
  await importPasted(table);
}

export function PasteButton() {
  const t = useText();
  return (
    <Button icon="file" title={t("data.paste_keys")} onClick={() => void pasteFromClipboard().catch(report)}>
      {t("data.paste")}
    </Button>
  );
}
