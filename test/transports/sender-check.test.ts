/** Who may speak over Electron's IPC: the sender of every message is looked at. */
import { EventEmitter } from "node:events";
import type { IpcMain } from "electron";
import { describe, expect, it } from "vitest";
import { IPC_MESSAGE, IPC_OPEN } from "../../core/protocol/bridge.ts";
import type { Channel } from "../../core/protocol/channel.ts";
import { acceptIpcChannels, isTrustedSender, type Sender } from "../../main/electron/ipc-channel.ts";

/** A frame as far as the check looks; the rest of Electron's class is not needed for it. */
function from(url: string, parent: object | null = null): Sender {
  return { senderFrame: { url, parent } } as unknown as Sender;
}

describe("the sender check", () => {
  it.each(["app://neuroloom/", "app://neuroloom/index.html", "app://neuroloom/#projects"])("trusts %s", (url) => {
    expect(isTrustedSender(from(url))).toBe(true);
  });

  it.each([
    "app://evil/",
    "app://neuroloom.evil/",
    "app://user@evil/neuroloom",
    "app:neuroloom",
    "https://neuroloom/",
    "http://127.0.0.1/app://neuroloom/",
    "file:///app://neuroloom/",
    "about:blank",
    "data:text/html,app://neuroloom/",
    "",
  ])("trusts no %s", (url) => {
    expect(isTrustedSender(from(url))).toBe(false);
  });

  it("trusts no frame inside our page, and none that is gone", () => {
    expect(isTrustedSender(from("app://neuroloom/", {}))).toBe(false);
    expect(isTrustedSender({ senderFrame: null })).toBe(false);
  });

  it("looks at every message, not only at the first", () => {
    const ipcMain = new EventEmitter();
    const channels: Channel[] = [];
    const refused: string[] = [];
    acceptIpcChannels({
      ipcMain: ipcMain as unknown as IpcMain,
      onChannel: (channel) => channels.push(channel),
      onRefused: (url) => refused.push(url),
    });
    const page = Object.assign(new EventEmitter(), { isDestroyed: () => false, send: () => {} });
    const received: string[] = [];

    ipcMain.emit(IPC_OPEN, { ...from("https://evil.example/"), sender: page }, "session");
    expect(channels).toHaveLength(0);
    ipcMain.emit(IPC_OPEN, { ...from("app://neuroloom/"), sender: page }, "session");
    channels[0]?.onMessage((text) => received.push(text));
    ipcMain.emit(IPC_MESSAGE, { ...from("app://neuroloom/"), sender: page }, "session", "first");
    ipcMain.emit(IPC_MESSAGE, { ...from("https://evil.example/"), sender: page }, "session", "from elsewhere");
    ipcMain.emit(IPC_MESSAGE, { ...from("app://neuroloom/"), sender: page }, "another session", "of a page before");
    ipcMain.emit(IPC_MESSAGE, { ...from("app://neuroloom/"), sender: page }, "session", { no: "text" });
    expect(received).toEqual(["first"]);
    expect(refused).toEqual(["https://evil.example/", "https://evil.example/", "app://neuroloom/"]);
  });

  it("ends the channel of a page that is loaded again, and serves the new one", () => {
    const ipcMain = new EventEmitter();
    const channels: Channel[] = [];
    const sent: unknown[][] = [];
    const stop = acceptIpcChannels({
      ipcMain: ipcMain as unknown as IpcMain,
      onChannel: (channel) => channels.push(channel),
      onRefused: () => {},
    });
    const page = Object.assign(new EventEmitter(), { isDestroyed: () => false, send: (...args: unknown[]) => sent.push(args) });
    const reasons: string[] = [];
    ipcMain.emit(IPC_OPEN, { ...from("app://neuroloom/"), sender: page }, "one");
    channels[0]?.onClosed((reason) => reasons.push(reason));
    ipcMain.emit(IPC_OPEN, { ...from("app://neuroloom/"), sender: page }, "two");
    channels[0]?.send("late answer");
    channels[1]?.send("answer");
    expect(reasons).toEqual(["the page was loaded again"]);
    expect(sent).toEqual([[IPC_MESSAGE, "two", "answer"]]);
    stop("over");
    expect(ipcMain.listenerCount(IPC_MESSAGE)).toBe(0);
  });
});
