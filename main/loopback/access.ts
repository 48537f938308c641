/**
 * Who may speak to the loopback server: only pages that it served itself (Host and Origin), and only those that know the
 * token of this launch. Knowing the token is proved with a header or a WebSocket subprotocol, never with a cookie, which
 * browsers would send to every other port of 127.0.0.1 too.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { AppError } from "../../core/errors.ts";

export const SUBPROTOCOL = "neuroloom.v1";
/** The second subprotocol that a page offers: this and the token. */
export const KEY_SUBPROTOCOL_PREFIX = "neuroloom.key.";

export class Access {
  readonly token: string;
  private readonly tickets = new Set<string>();
  private authority = "";

  constructor(token: string = newSecret()) {
    this.token = token;
  }

  /** Set once the port is known. */
  listeningOn(port: number): void {
    this.authority = `127.0.0.1:${port}`;
  }

  get origin(): string {
    return `http://${this.authority}`;
  }

  /** A key for one exchange only, to be put on a command line where other people of the machine could read it. */
  issueTicket(): string {
    const ticket = newSecret();
    this.tickets.add(ticket);
    return ticket;
  }

  /** @throws AppError protocol.wrong_host (a name that was made to point here), protocol.wrong_origin (a page of others) */
  checkSource(request: IncomingMessage): void {
    const { host, origin } = request.headers;
    if (host !== this.authority) throw new AppError("protocol.wrong_host", { expected: this.authority, received: host ?? "" });
    if (origin !== undefined && origin !== this.origin)
      throw new AppError("protocol.wrong_origin", { expected: this.origin, received: origin });
    const site = request.headers["sec-fetch-site"];
    // Following a link from elsewhere to the front page shows the page and gives nothing away; all else must be our own.
    const followedLink = request.headers["sec-fetch-mode"] === "navigate" && request.url === "/";
    if (site !== undefined && site !== "same-origin" && site !== "none" && !followedLink)
      throw new AppError("protocol.wrong_origin", { expected: this.origin, received: `a page that is ${String(site)}` });
  }

  /** For what changes something: there a browser always names the page's origin. @throws AppError protocol.wrong_origin */
  requireOrigin(request: IncomingMessage): void {
    if (request.headers.origin !== this.origin) throw new AppError("protocol.wrong_origin", { expected: this.origin, received: "" });
  }

  /** Takes the launch's token or, once, a ticket. @throws AppError protocol.wrong_token */
  exchange(request: IncomingMessage): string {
    const key = bearer(request);
    if (!same(key, this.token) && !this.tickets.delete(key)) throw new AppError("protocol.wrong_token");
    return this.token;
  }

  /** @throws AppError protocol.wrong_token */
  requireToken(request: IncomingMessage): void {
    if (!same(bearer(request), this.token)) throw new AppError("protocol.wrong_token");
  }

  /** @throws AppError protocol.wrong_token */
  requireSubprotocol(request: IncomingMessage): void {
    const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
    const key = offered.find((name) => name.startsWith(KEY_SUBPROTOCOL_PREFIX))?.slice(KEY_SUBPROTOCOL_PREFIX.length) ?? "";
    if (!offered.includes(SUBPROTOCOL) || !same(key, this.token)) throw new AppError("protocol.wrong_token");
  }
}

/** 256 random bits in letters that URLs, headers and subprotocols may hold. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

function bearer(request: IncomingMessage): string {
  return /^Bearer ([\w-]+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
}

/** Compares hashes, which have one length, in constant time. */
function same(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
