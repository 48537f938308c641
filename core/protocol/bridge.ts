/**
 * What the preload script puts on `window.neuroloomBridge`, and all that a page in Electron can reach of it. Its presence is
 * how the renderer knows that it runs in Electron. `FileHandle` is the DOM's File, which core does not know.
 */
export const BRIDGE_NAME = "neuroloomBridge";

export interface NeuroloomBridge<FileHandle> {
  /** Sends one message of the contract (envelope.ts) to the host. */
  send(message: string): void;
  /** Sets the one listener for messages of the host; earlier ones are kept for it. */
  onMessage(listener: (message: string) => void): void;
  /** Called once when the host's side is gone. */
  onClosed(listener: (reason: string) => void): void;
  /** Path of a dropped or chosen file; empty when it is none of the disk. */
  pathForFile(file: FileHandle): string;
  /** Asks where to save a file that the host holds ready. @returns false when the user cancelled */
  saveDownload(token: string, fileName: string): Promise<boolean>;
}
