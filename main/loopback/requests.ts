/**
 * What the loopback server answers over HTTP: the renderer's files, the exchange of a key for the launch's token, uploads and
 * downloads. Nothing else exists. Every answer carries the security headers, refusals too.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { AppError, errorData } from "../../core/errors.ts";
import { carriable } from "../../core/protocol/envelope.ts";
import type { Host } from "../host/host-interface.ts";
import type { RendererFiles } from "../host/page/renderer-files.ts";
import { securityHeaders } from "../host/page/security-headers.ts";
import type { Access } from "./access.ts";
import { receiveUpload } from "./upload.ts";

export interface Site {
  readonly host: Pick<Host, "downloads" | "uploads" | "openFile">;
  readonly files: RendererFiles;
  readonly access: Access;
  readonly uploadLimitBytes: number | null;
  readonly onFault: (fault: unknown, where: string) => void;
}

const STATUSES: Readonly<Record<string, number>> = {
  "protocol.wrong_host": 421,
  "protocol.wrong_origin": 403,
  "protocol.wrong_token": 401,
  "protocol.not_found": 404,
  "protocol.wrong_verb": 405,
  "protocol.upload_too_large": 413,
  "protocol.upload_disk_full": 507,
  "protocol.upload_cut_off": 400,
};

/** @returns the HTTP status of an error; 500 for a fault of ours */
export function statusOf(thrown: unknown): number {
  return (thrown instanceof AppError ? STATUSES[thrown.code] : undefined) ?? 500;
}

export async function answerRequest(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const origin = site.access.origin;
  for (const [name, value] of Object.entries(securityHeaders([origin.replace("http", "ws")]))) response.setHeader(name, value);
  try {
    site.access.checkSource(request);
    await route(site, request, response);
  } catch (thrown) {
    const status = statusOf(thrown);
    if (status === 500) site.onFault(thrown, request.url ?? "");
    if (response.headersSent) {
      // Too late for a status: cutting the connection is how the reader learns that the file is not whole.
      response.destroy();
      return;
    }
    // What is left of a refused upload is not read.
    if (!request.complete) response.setHeader("Connection", "close");
    sendJson(response, status, { error: carriable(errorData(thrown)) });
  }
}

async function route(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  if (path === "/session") {
    requireVerb(request, ["POST"]);
    site.access.requireOrigin(request);
    sendJson(response, 200, { token: site.access.exchange(request) });
  } else if (path === "/upload") {
    requireVerb(request, ["POST"]);
    site.access.requireOrigin(request);
    site.access.requireToken(request);
    sendJson(response, 200, { file: await receiveUpload(request, site.host.uploads, site.uploadLimitBytes) });
  } else if (path === "/open") {
    // A second start with a project file: only a program of the same person has the token.
    requireVerb(request, ["POST"]);
    site.access.requireOrigin(request);
    site.access.requireToken(request);
    site.host.openFile(await readShortText(request));
    sendJson(response, 200, {});
  } else if (path.startsWith("/download/")) {
    requireVerb(request, ["GET", "HEAD"]);
    await sendDownload(site, path.slice("/download/".length), request, response);
  } else {
    requireVerb(request, ["GET", "HEAD"]);
    const file = site.files.find(path);
    if (file === null) throw new AppError("protocol.not_found", { path });
    response.setHeader("Content-Type", file.contentType);
    await sendFile(file.path, request, response);
  }
}

/** Longer than any path. */
const MOST_TEXT_BYTES = 65_536;

/** @throws AppError protocol.upload_too_large */
async function readShortText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MOST_TEXT_BYTES) throw new AppError("protocol.upload_too_large", { limit_mb: 1 });
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** The token of a download is a secret of its own, given only over the contract: a link can carry it, a header need not. */
async function sendDownload(site: Site, token: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const download = site.host.downloads.resolve(token);
  if (download === null) throw new AppError("protocol.not_found", { path: "/download/…" });
  response.setHeader("Content-Type", "application/octet-stream");
  response.setHeader("Content-Disposition", contentDisposition(download.fileName));
  await sendFile(download.path, request, response);
}

async function sendFile(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader("Content-Length", (await stat(path)).size);
  if (request.method === "HEAD") response.end();
  else await pipeline(createReadStream(path), response).catch(ignoreReaderGone);
}

/** The reader closed the tab, in the middle or before the file was there: not an error of anyone. */
const READER_GONE: ReadonlySet<unknown> = new Set(["ERR_STREAM_PREMATURE_CLOSE", "ERR_STREAM_UNABLE_TO_PIPE", "ECONNRESET", "EPIPE"]);

function ignoreReaderGone(thrown: unknown): void {
  const code: unknown = thrown instanceof Error ? Reflect.get(thrown, "code") : undefined;
  if (!READER_GONE.has(code)) throw thrown;
}

/** A name of any letters, as RFC 6266 writes it. */
export function contentDisposition(fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const escaped = encodeURIComponent(fileName.replace(/\p{Surrogate}/gu, "_")).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${escaped}`;
}

function requireVerb(request: IncomingMessage, verbs: readonly string[]): void {
  if (!verbs.includes(request.method ?? ""))
    throw new AppError("protocol.wrong_verb", { verb: request.method ?? "", expected: verbs.join(", ") });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}
