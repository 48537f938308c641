/**
 * A channel: the little that the contract asks of a transport, whether WebSocket, Electron's IPC or memory. It carries whole
 * messages of text (JSON, see envelope.ts), in order, so that nothing is ever shared by reference and one size limit
 * holds everywhere.
 */
export interface Channel {
  /** Hands over one message. On a closed channel it does nothing: whoever cares listens to `onClosed`. */
  send(message: string): void;
  /** Sets the one listener; messages that came before it was set are kept and delivered first. */
  onMessage(listener: (message: string) => void): void;
  /** Called once, with a short reason, when either side closed or died; at once if that has happened already. */
  onClosed(listener: (reason: string) => void): void;
  close(reason: string): void;
}

/** The receiving half that every channel needs: keeps early messages, closes once. */
export class Inbox {
  private readonly early: string[] = [];
  private readonly closedListeners: ((reason: string) => void)[] = [];
  private listener: ((message: string) => void) | null = null;
  private closedReason: string | null = null;

  get closed(): boolean {
    return this.closedReason !== null;
  }

  deliver(message: string): void {
    if (this.closed) return;
    if (this.listener === null) this.early.push(message);
    else this.listener(message);
  }

  end(reason: string): void {
    if (this.closed) return;
    this.closedReason = reason;
    this.early.length = 0;
    for (const listener of this.closedListeners.splice(0)) listener(reason);
  }

  onMessage(listener: (message: string) => void): void {
    this.listener = listener;
    for (const message of this.early.splice(0)) listener(message);
  }

  onClosed(listener: (reason: string) => void): void {
    if (this.closedReason === null) this.closedListeners.push(listener);
    else listener(this.closedReason);
  }
}
