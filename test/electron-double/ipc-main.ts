/** `ipcMain` of the double: listeners and handlers, reached from the pages of windows.ts. */
import { EventEmitter } from "node:events";

type Handler = (event: object, ...args: unknown[]) => unknown;

class IpcMain extends EventEmitter {
  private readonly handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }

  async invoke(channel: string, event: object, args: readonly unknown[]): Promise<{ value?: unknown; error?: string }> {
    const handler = this.handlers.get(channel);
    if (handler === undefined) return { error: `No handler registered for '${channel}'` };
    try {
      return { value: await handler(event, ...args) };
    } catch (thrown) {
      return { error: String(thrown) };
    }
  }
}

export const ipcMain = new IpcMain();
