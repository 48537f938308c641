/**
 * The preload script: runs sandboxed beside the page and gives it one object to speak to the host with, and nothing else of
 * Electron or Node. Built as one CommonJS file; the other end is main/electron/ipc-channel.ts.
 */
import { contextBridge, ipcRenderer, webUtils } from "electron";
import { BRIDGE_NAME, IPC_CLOSED, IPC_MESSAGE, IPC_OPEN, IPC_SAVE_DOWNLOAD, type NeuroloomBridge } from "../core/protocol/bridge.ts";
import { Inbox } from "../core/protocol/channel.ts";

const session = crypto.randomUUID();
const inbox = new Inbox();

ipcRenderer.on(IPC_MESSAGE, (_event, to: unknown, text: unknown) => {
  if (to === session && typeof text === "string") inbox.deliver(text);
});
ipcRenderer.on(IPC_CLOSED, (_event, to: unknown, reason: unknown) => {
  if (to === session) inbox.end(String(reason));
});
ipcRenderer.send(IPC_OPEN, session);

const bridge: NeuroloomBridge<File> = {
  send: (message) => ipcRenderer.send(IPC_MESSAGE, session, String(message)),
  onMessage: (listener) => inbox.onMessage(listener),
  onClosed: (listener) => inbox.onClosed(listener),
  pathForFile: (file) => webUtils.getPathForFile(file),
  saveDownload: async (token, fileName) => {
    const answer: unknown = await ipcRenderer.invoke(IPC_SAVE_DOWNLOAD, String(token), String(fileName));
    // Errors cross as data: what Electron rejects with would carry only a sentence.
    if (typeof answer === "boolean") return answer;
    throw new Error(JSON.stringify(answer));
  },
};
contextBridge.exposeInMainWorld(BRIDGE_NAME, bridge);
