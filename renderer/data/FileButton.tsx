/** Buttons that ask for a file of data, or the two of a set of pictures, or in the window for a folder, and import it. */
import { useRef } from "react";
import { AppError } from "../../core/errors.ts";
import { findBridge } from "../host/bridge.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { chosenFolder } from "./chosen-folder.ts";
import { importData, importFolder } from "./import-data.ts";

export function FileButton({ words, primary = true }: { words: string; primary?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button look={primary ? "primary" : "plain"} icon="file" onClick={() => input.current?.click()}>
        {words}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          importData(files).catch(report);
        }}
      />
    </>
  );
}

/** Nothing in a browser, which hands over no paths. */
export function FolderButton({ words }: { words: string }) {
  const input = useRef<HTMLInputElement>(null);
  const bridge = findBridge();
  if (bridge === null) return null;
  return (
    <>
      <Button icon="file" onClick={() => input.current?.click()}>
        {words}
      </Button>
      <input
        ref={(element) => {
          input.current = element;
          if (element !== null) element.webkitdirectory = true;
        }}
        type="file"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file === undefined) return;
          const folder = chosenFolder(bridge.pathForFile(file), file.webkitRelativePath);
          if (folder === null) report(new AppError("protocol.file_not_on_disk", { name: file.name }));
          else importFolder(folder).catch(report);
        }}
      />
    </>
  );
}
