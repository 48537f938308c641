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

/**
 * Names of the messages between preload and main process. Each carries first the session, a random name of one load of the
 * page, so that an answer meant for the page before a reload never reaches the one after it.
 */
export const IPC_OPEN = "neuroloom:open";
export const IPC_MESSAGE = "neuroloom:message";
export const IPC_CLOSED = "neuroloom:closed";
export const IPC_SAVE_DOWNLOAD = "neuroloom:save-download";
