/** Buttons that ask for files of data, or for a folder; by themselves they import what was chosen. */
import { useRef } from "react";
import { AppError } from "../../core/errors.ts";
import { findBridge } from "../host/bridge.ts";
import { report } from "../state/toasts.ts";
import { Button } from "../ui/Button.tsx";
import { chosenFolder } from "./chosen-folder.ts";
import { type FolderFile, filesOfDialog } from "./folder-files.ts";
import { importFolder } from "./import-data.ts";
import { takeDataFiles, takeFolder } from "./take-files.ts";

export function FileButton({ words, primary = true }: { words: string; primary?: boolean }) {
  return <PickButton words={words} primary={primary} onPick={takeDataFiles} />;
}

export function FolderButton({ words }: { words: string }) {
  return <PickFolderButton words={words} onPath={(path) => importFolder(path).catch(report)} onFiles={takeFolder} />;
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

interface PickFolderProps {
  words: string;
  /** In the app's own window. */
  onPath: (path: string) => void;
  /** In a browser, which hands over no paths. */
  onFiles: (name: string, files: readonly FolderFile[]) => void;
}

export function PickFolderButton({ words, onPath, onFiles }: PickFolderProps) {
  const input = useRef<HTMLInputElement>(null);
  const bridge = findBridge();
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
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          const [file] = files;
          if (file === undefined) return;
          if (bridge === null) {
            const given = filesOfDialog(files);
            onFiles(given.name, given.files);
            return;
          }
          const folder = chosenFolder(bridge.pathForFile(file), file.webkitRelativePath);
          if (folder === null) report(new AppError("protocol.file_not_on_disk", { name: file.name }));
          else onPath(folder);
        }}
      />
    </>
  );
}
