/**
 * The loopback server: serves the renderer to an ordinary browser on 127.0.0.1 and the contract over WebSocket. It knows no
 * services: the host is given. Who may speak to it is access.ts; what is answered to which path is requests.ts.
 */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { AppError } from "../../core/errors.ts";
import type { HostHandlers } from "../../core/protocol/host.ts";
import { type ServedClient, serve } from "../../core/protocol/server.ts";
import type { Host } from "../host/host-interface.ts";
import { RendererFiles } from "../host/page/renderer-files.ts";
import { Access, SUBPROTOCOL } from "./access.ts";
import { answerRequest, statusOf } from "./requests.ts";
import { webSocketChannel } from "./web-socket-channel.ts";

// An import would read all names of the module, one of which loads Node's whole fetch.
const { createServer } = process.getBuiltinModule("node:http");

/** A message of MAX_MESSAGE_CHARACTERS code units, if every one needs three bytes. */
const MAX_FRAME_BYTES = 96 * 1024 * 1024;

export interface LoopbackOptions {
  readonly host: Pick<Host, "onEvent" | "downloads" | "uploads" | "openFile">;
  /** The host's handlers, those the entry answers itself (app.quit) put in their place. */
  readonly handlers: HostHandlers;
  /** Folder of the built renderer. */
  readonly rendererFolder: string;
  /** 0: one that is free. */
  readonly port: number;
  readonly uploadLimitBytes: number | null;
  readonly onFault: (fault: unknown, where: string) => void;
}

export interface LoopbackServer {
  readonly port: number;
  readonly token: string;
  /** The address for people, good for as long as this launch lasts. */
  readonly url: string;
  /** The same for one use: safe on a command line, which other people of the machine can read. */
  oneTimeUrl(): string;
  /** Ends all connections; the host goes on. */
  close(reason: string): Promise<void>;
}

/**
 * @throws AppError protocol.port_unusable, protocol.renderer_missing
 */
export async function openLoopback(options: LoopbackOptions): Promise<LoopbackServer> {
  const files = new RendererFiles(options.rendererFolder);
  const access = new Access();
  const answers = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const answer = answerRequest({ ...options, files, access }, request, response)
      .catch((fault: unknown) => {
        options.onFault(fault, request.url ?? "");
        response.destroy();
      })
      .finally(() => answers.delete(answer));
    answers.add(answer);
  });
  const clients = new Set<ServedClient>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, handleProtocols: () => SUBPROTOCOL });

  server.on("upgrade", (request, socket, head) => {
    try {
      if (request.url !== "/socket") throw new AppError("protocol.not_found", { path: request.url ?? "" });
      access.checkSource(request);
      access.requireOrigin(request);
      access.requireSubprotocol(request);
    } catch (thrown) {
      refuseUpgrade(socket, statusOf(thrown));
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const channel = webSocketChannel(webSocket);
      const client = serve(options.handlers, channel, options);
      clients.add(client);
      channel.onClosed(() => clients.delete(client));
    });
  });
  const endEvents = options.host.onEvent((event, payload) => {
    for (const client of clients) client.emit(event, payload);
  });

  const port = await listen(server, options.port);
  access.listeningOn(port);
  return {
    port,
    token: access.token,
    url: `${access.origin}/#key=${access.token}`,
    oneTimeUrl: () => `${access.origin}/#key=${access.issueTicket()}`,
    async close(reason) {
      endEvents();
      for (const client of [...clients]) client.close(reason);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        // Close frames and last answers are out after this turn; connections kept alive by browsers would hold the server open.
        setImmediate(() => {
          for (const socket of sockets.clients) socket.terminate();
          server.closeAllConnections();
        });
      });
      // A request whose connection is gone may still be at its files, which belong to whoever closes.
      await Promise.all(answers);
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new AppError("protocol.port_unusable", { port, problem: error.message }, { cause: error })));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Before the upgrade there is no WebSocket to close with a reason; a browser shows a failed connection. */
function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on("error", () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
