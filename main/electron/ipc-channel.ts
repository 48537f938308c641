/**
 * Electron's IPC as channels of the contract, one for every load of a page. Only the top frame of our own page may speak:
 * every message's sender is looked at, not only the first. The other end is preload/index.ts.
 */
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, WebContents } from "electron";
import { IPC_CLOSED, IPC_MESSAGE, IPC_OPEN } from "../../core/protocol/bridge.ts";
import { type Channel, Inbox } from "../../core/protocol/channel.ts";

/** Where our page comes from (app-protocol.ts). Nothing else is ever loaded; the check holds if something is. */
export const APP_SCHEME = "app";
export const APP_HOST = "neuroloom";
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`;

/** What the sender check needs of an event, so that tests can make one of any origin. */
export type Sender = Pick<IpcMainEvent | IpcMainInvokeEvent, "senderFrame">;

export function isTrustedSender({ senderFrame }: Sender): boolean {
  // Null when the frame has navigated away or died since.
  if (senderFrame === null || senderFrame.parent !== null) return false;
  let url: URL;
  try {
    url = new URL(senderFrame.url);
  } catch {
    return false;
  }
  return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST;
}

export interface IpcOptions {
  readonly ipcMain: Pick<IpcMain, "on" | "removeListener">;
  readonly onChannel: (channel: Channel, page: WebContents) => void;
  /** Told of messages from elsewhere; they are not answered. */
  readonly onRefused: (url: string) => void;
}

interface OpenPage {
  readonly session: string;
  readonly inbox: Inbox;
}

/** @returns a function that stops listening and ends every channel */
export function acceptIpcChannels({ ipcMain, onChannel, onRefused }: IpcOptions): (reason: string) => void {
  const pages = new Map<WebContents, OpenPage>();

  const open = (event: IpcMainEvent, session: unknown): void => {
    if (!isTrustedSender(event) || typeof session !== "string") {
      onRefused(event.senderFrame?.url ?? "");
      return;
    }
    const page = event.sender;
    // A reload: what the page before had under way is nobody's any more.
    const before = pages.get(page);
    if (before === undefined) {
      page.once("destroyed", () => pages.get(page)?.inbox.end("the window was closed"));
      page.on("render-process-gone", () => pages.get(page)?.inbox.end("the window crashed"));
    }
    before?.inbox.end("the page was loaded again");
    const opened: OpenPage = { session, inbox: new Inbox() };
    pages.set(page, opened);
    onChannel(channelOf(page, opened), page);
  };
  const message = (event: IpcMainEvent, session: unknown, text: unknown): void => {
    const page = pages.get(event.sender);
    if (!isTrustedSender(event) || typeof text !== "string") onRefused(event.senderFrame?.url ?? "");
    else if (page?.session === session) page?.inbox.deliver(text);
  };

  ipcMain.on(IPC_OPEN, open);
  ipcMain.on(IPC_MESSAGE, message);
  return (reason) => {
    ipcMain.removeListener(IPC_OPEN, open);
    ipcMain.removeListener(IPC_MESSAGE, message);
    for (const [page, { session, inbox }] of pages) {
      if (!page.isDestroyed() && !inbox.closed) page.send(IPC_CLOSED, session, reason);
      inbox.end(reason);
    }
  };
}

function channelOf(page: WebContents, { session, inbox }: OpenPage): Channel {
  return {
    send(text) {
      if (!inbox.closed && !page.isDestroyed()) page.send(IPC_MESSAGE, session, text);
    },
    onMessage: (listener) => inbox.onMessage(listener),
    onClosed: (listener) => inbox.onClosed(listener),
    close(reason) {
      if (!inbox.closed && !page.isDestroyed()) page.send(IPC_CLOSED, session, reason);
      inbox.end(reason);
    },
  };
}
