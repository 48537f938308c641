/**
 * How a page in an ordinary browser proves that it may speak to the loopback server: the key comes in the fragment of the first
 * address, is exchanged for the launch's token, and is kept in this origin's localStorage, so that a reload and a second tab
 * need no key. A fragment is never sent to a server and an origin is never shared with another port; a cookie would be.
 */
import { AppError, type ErrorData } from "../../core/errors.ts";
import { type Channel, Inbox } from "../../core/protocol/channel.ts";

const STORED_TOKEN = "neuroloom.token";
const SUBPROTOCOL = "neuroloom.v1";
const KEY_SUBPROTOCOL_PREFIX = "neuroloom.key.";

/**
 * @returns the launch's token, checked with the server
 * @throws AppError protocol.wrong_token; protocol.host_gone when the server does not answer
 */
export async function openSession(): Promise<string> {
  const key = new URLSearchParams(window.location.hash.slice(1)).get("key");
  const stored = window.localStorage.getItem(STORED_TOKEN);
  const candidates = [key, stored].filter((candidate) => candidate !== null);
  for (const candidate of candidates) {
    const token = await exchange(candidate);
    if (token === null) continue;
    window.localStorage.setItem(STORED_TOKEN, token);
    // Out of the address bar, the history and screenshots.
    if (key !== null) window.history.replaceState(window.history.state, "", window.location.pathname);
    return token;
  }
  throw new AppError("protocol.wrong_token");
}

/** The token of a session that was opened before. @throws AppError protocol.wrong_token */
export function sessionToken(): string {
  const token = window.localStorage.getItem(STORED_TOKEN);
  if (token === null) throw new AppError("protocol.wrong_token");
  return token;
}

/** @returns null when the server does not take the key */
async function exchange(key: string): Promise<string | null> {
  let response: Response;
  try {
    response = await fetch("/session", { method: "POST", headers: { Authorization: `Bearer ${key}` } });
  } catch (thrown) {
    throw new AppError("protocol.host_gone", { reason: thrown instanceof Error ? thrown.message : String(thrown) }, { cause: thrown });
  }
  if (response.status === 401) return null;
  const body: unknown = await response.json();
  if (!response.ok) throw errorOfBody(body, response.status);
  const token: unknown = body !== null && typeof body === "object" ? Reflect.get(body, "token") : null;
  if (typeof token !== "string") throw new AppError("protocol.bad_output", { method: "POST /session", path: "token", problem: "no text" });
  return token;
}

/** The error in the JSON body of a refused request. */
export function errorOfBody(body: unknown, status: number): AppError {
  const error: unknown = body !== null && typeof body === "object" ? Reflect.get(body, "error") : null;
  const code: unknown = error !== null && typeof error === "object" ? Reflect.get(error, "code") : null;
  if (typeof code !== "string") return new AppError("protocol.host_gone", { reason: `HTTP ${status}` });
  return AppError.fromData(error as ErrorData);
}

/** @throws AppError protocol.host_gone */
export function openSocket(token: string): Promise<Channel> {
  const socket = new WebSocket(`ws://${window.location.host}/socket`, [SUBPROTOCOL, KEY_SUBPROTOCOL_PREFIX + token]);
  const inbox = new Inbox();
  socket.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (typeof event.data === "string") inbox.deliver(event.data);
  });
  socket.addEventListener("close", (event) => inbox.end(event.reason === "" ? "connection lost" : event.reason));
  const channel: Channel = {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
    },
    onMessage: (listener) => inbox.onMessage(listener),
    onClosed: (listener) => inbox.onClosed(listener),
    close(reason) {
      socket.close(1000, reason.slice(0, 120));
      inbox.end(reason);
    },
  };
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => resolve(channel));
    inbox.onClosed((reason) => reject(new AppError("protocol.host_gone", { reason })));
  });
}
