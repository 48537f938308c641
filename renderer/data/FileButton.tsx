/** Buttons that ask for files of data, or in the window for a folder; by themselves they import what was chosen. */
import { useRef } from "react";
import { AppError } from "../../core/errors.ts";
import { findBridge } from "../host/bridge.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { chosenFolder } from "./chosen-folder.ts";
import { importFolder } from "./import-data.ts";
import { takeDataFiles } from "./take-files.ts";

export function FileButton({ words, primary = true }: { words: string; primary?: boolean }) {
  return <PickButton words={words} primary={primary} onPick={takeDataFiles} />;
}

/** Nothing in a browser, which hands over no paths. */
export function FolderButton({ words }: { words: string }) {
  return <PickFolderButton words={words} onPick={(path) => importFolder(path).catch(report)} />;
}

interface PickButtonProps {
  words: string;
  primary?: boolean;
  onPick: (files: readonly File[]) => void;
}

export function PickButton({ words, primary = false, onPick }: PickButtonProps) {
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
          if (files.length > 0) onPick(files);
        }}
      />
    </>
  );
}

export function PickFolderButton({ words, onPick }: { words: string; onPick: (path: string) => void }) {
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
          if (file === undefined) return;
          const folder = chosenFolder(bridge.pathForFile(file), file.webkitRelativePath);
          event.target.value = "";
          if (folder === null) report(new AppError("protocol.file_not_on_disk", { name: file.name }));
          else onPick(folder);
        }}
      />
    </>
  );
}
