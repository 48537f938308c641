/** A WebSocket of the `ws` package as a channel of the contract, for the server and for clients that are tests. */
import type { WebSocket } from "ws";
import { type Channel, Inbox } from "../../core/protocol/channel.ts";

/** Bytes that may wait in a socket whose other side does not read; then it is given up, so that memory is bounded. */
export const MAX_BUFFERED_BYTES = 256 * 1024 * 1024;

/** Close code for "try again later" of RFC 6455's registry. */
const TOO_SLOW = 1013;
const NORMAL = 1000;
const UNSUPPORTED_DATA = 1003;

export function webSocketChannel(socket: WebSocket): Channel {
  const inbox = new Inbox();
  socket.on("message", (data, isBinary) => {
    if (isBinary) socket.close(UNSUPPORTED_DATA, "text only");
    else inbox.deliver(data.toString());
  });
  socket.on("close", (_code, reason) => inbox.end(reason.length > 0 ? reason.toString() : "connection lost"));
  // 'close' always follows and ends the channel with it; without a listener Node would stop the whole process.
  socket.on("error", (error) => inbox.end(error.message));
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.close(TOO_SLOW, "the page does not read");
      else socket.send(message);
    },
    onMessage: (listener) => inbox.onMessage(listener),
    onClosed: (listener) => inbox.onClosed(listener),
    close(reason) {
      // A reason has at most 123 bytes in UTF-8; ours are short and ASCII.
      socket.close(NORMAL, reason.slice(0, 120));
      inbox.end(reason);
    },
  };
}
