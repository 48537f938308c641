/**
 * What the double runs in a page before the preload script: the `electron` of a sandboxed renderer, with contextBridge,
 * ipcRenderer and webUtils. It is turned into text and carried over, so it may use nothing from outside itself.
 */
export interface PreludeGlobals {
  /** Sends to the main process; taken away from the page's reach as soon as it is read. */
  __electronDoubleToMain?: (call: { kind: "send" | "invoke"; channel: string; args: unknown[] }) => Promise<unknown>;
  /** Called by the main process with a message for the page. */
  __electronDoubleToPage?: (channel: string, args: unknown[]) => void;
}

export const FILE_ADDRESS = "/__electron_double__/file";

export function prelude(fileAddress: string, runPreload: (require: (name: string) => unknown, module: object) => void): void {
  const globals = globalThis as PreludeGlobals;
  const toMain = globals.__electronDoubleToMain;
  if (toMain === undefined) throw new Error("double: the page has no way to the main process");
  delete globals.__electronDoubleToMain;

  type Listener = (event: object, ...args: unknown[]) => void;
  const listeners = new Map<string, Set<Listener>>();
  Object.defineProperty(globalThis, "__electronDoubleToPage", {
    enumerable: false,
    value: (channel: string, args: unknown[]) => {
      for (const listener of [...(listeners.get(channel) ?? [])]) listener({ sender: ipcRenderer, ports: [] }, ...args);
    },
  });
  // Electron clones by structure; the double carries JSON and says so when that is not enough.
  const carried = (args: unknown[]): unknown[] => {
    for (const value of args)
      if (value !== undefined && JSON.stringify(structuredClone(value)) === undefined)
        throw new Error("double: only JSON values are carried");
    return args;
  };
  const ipcRenderer = {
    on(channel: string, listener: Listener) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
    removeListener(channel: string, listener: Listener) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
    send(channel: string, ...args: unknown[]) {
      void toMain({ kind: "send", channel, args: carried(args) });
    },
    async invoke(channel: string, ...args: unknown[]) {
      const answer = (await toMain({ kind: "invoke", channel, args: carried(args) })) as { value?: unknown; error?: string };
      if (answer.error !== undefined) throw new Error(`Error invoking remote method '${channel}': ${answer.error}`);
      return answer.value;
    },
  };
  // As Electron's bridge: functions are proxied, plain data is copied and frozen, nothing of the preload is handed over itself.
  const cross = (value: unknown): unknown => {
    if (typeof value === "function")
      return (...args: unknown[]) => {
        const result: unknown = value(...args.map(crossArgument));
        return result instanceof Promise
          ? result.then(cross, (error: unknown) => Promise.reject(new Error(error instanceof Error ? error.message : String(error))))
          : cross(result);
      };
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return Object.freeze(value.map(cross));
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cross(item)])));
  };
  const crossArgument = (value: unknown): unknown => (value instanceof File ? value : cross(value));
  const contextBridge = {
    exposeInMainWorld(name: string, api: unknown) {
      if (name in globalThis) throw new Error("Cannot bind an API on top of an existing property on the window object");
      Object.defineProperty(globalThis, name, { value: cross(api), enumerable: true, writable: false, configurable: false });
    },
  };
  // A page has no paths. The double writes the file's bytes to a folder of its own and names that; real Electron names the original.
  const webUtils = {
    getPathForFile(file: File): string {
      const request = new XMLHttpRequest();
      request.open("POST", `${fileAddress}?name=${encodeURIComponent(file.name)}`, false);
      request.send(file);
      return request.status === 200 ? request.responseText : "";
    },
  };
  const module = { exports: {} };
  runPreload((name) => {
    if (name === "electron" || name === "electron/renderer") return { contextBridge, ipcRenderer, webUtils };
    throw new Error(`module not found: ${name}`);
  }, module);
}

/** The whole text for a page: the prelude around a preload script. */
export function preludeText(preload: string): string {
  return `(${prelude.toString()})(${JSON.stringify(FILE_ADDRESS)}, (require, module) => {
    ((require, module, exports, process) => {\n${preload}\n})(require, module, module.exports, { type: "renderer", sandboxed: true, env: {} });
  });`;
}
