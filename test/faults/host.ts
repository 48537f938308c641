/** Faults of the Node side: who may speak to the program, what it gives out, and what the library keeps. */
import type { Fault } from "./fault.ts";

const SECURITY = ["test/transports/loopback-security.test.ts"];
const SENDER = ["test/transports/sender-check.test.ts"];
const STORE = ["main/store/store.test.ts"];
const RUNS = ["main/store/runs.test.ts"];

export const hostFaults: readonly Fault[] = [
  {
    name: "the sender check always says yes",
    file: "main/electron/ipc-channel.ts",
    find: "&& url.host === APP_HOST;",
    replace: "|| true;",
    tests: SENDER,
  },
  {
    name: "frames inside the page are trusted",
    file: "main/electron/ipc-channel.ts",
    find: "senderFrame === null || senderFrame.parent !== null",
    replace: "senderFrame === null",
    tests: SENDER,
  },
  {
    name: "any Host is answered",
    file: "main/loopback/access.ts",
    find: "if (host !== this.authority)",
    replace: "if (host === undefined)",
    tests: SECURITY,
  },
  {
    name: "pages of any Origin are answered",
    file: "main/loopback/access.ts",
    find: "if (origin !== undefined && origin !== this.origin)",
    replace: 'if (origin === "")',
    tests: SECURITY,
  },
  {
    name: "a WebSocket needs no token",
    file: "main/loopback/access.ts",
    find: "if (!offered.includes(SUBPROTOCOL) || !same(key, this.token))",
    replace: "if (!offered.includes(SUBPROTOCOL))",
    tests: SECURITY,
  },
  {
    name: "a one-time address works again and again",
    file: "main/loopback/access.ts",
    find: "!this.tickets.delete(key)",
    replace: "!this.tickets.has(key)",
    tests: SECURITY,
  },
  {
    name: "a path may climb out of the renderer's folder",
    file: "main/host/page/renderer-files.ts",
    find: "return this.files.get(path) ?? null;",
    replace:
      'return this.files.get(path) ?? (existsSync(join(this.folder, decodeURIComponent(path))) ? { path: join(this.folder, decodeURIComponent(path)), contentType: "text/plain" } : null);',
    tests: SECURITY,
  },
  {
    name: "the loopback app listens on every network",
    file: "main/loopback/server.ts",
    find: 'host: "127.0.0.1", exclusive: true',
    replace: 'host: "0.0.0.0", exclusive: true',
    tests: SECURITY,
  },
  {
    name: "pages may run inline scripts",
    file: "main/host/page/security-headers.ts",
    find: "\"'wasm-unsafe-eval'\"]",
    replace: "\"'wasm-unsafe-eval'\", \"'unsafe-inline'\"]",
    tests: SECURITY,
  },
  {
    name: "the input of a call is not validated",
    file: "core/protocol/server.ts",
    find: "if (!input.success) throw",
    replace: "if (input.success && input.data === undefined) throw",
    tests: ["test/transports/contract.test.ts"],
  },
  {
    name: "writes are no transactions",
    file: "main/store/sqlite/connection.ts",
    find: "this.#guarded(() => this.database.transaction(action).immediate())",
    replace: "this.#guarded(action)",
    tests: ["main/store/two-processes.test.ts", ...RUNS],
  },
  {
    name: "a stale save is accepted",
    file: "main/store/sqlite/projects.ts",
    find: "if (before.revision !== revision)",
    replace: "if (before.revision < revision)",
    tests: STORE,
  },
  {
    name: "a library of a newer version is opened",
    file: "main/store/sqlite/migrate.ts",
    find: "if (found > known) throw",
    replace: "if (found < 0) throw",
    tests: ["main/store/bad-file.test.ts"],
  },
  {
    name: "damaged curves are read without a word",
    file: "main/store/sqlite/metric-blocks.ts",
    find: " || checksum(row.points) !== row.crc32",
    replace: "",
    tests: ["main/store/bad-file.test.ts"],
  },
  {
    name: "runs of living processes are called interrupted",
    file: "main/store/sqlite/runs.ts",
    find: "const dead = going.filter((row) => !isAlive(ownerOf(row)));",
    replace: 'const dead = going.filter((row) => row.owner_token !== "");',
    tests: [...RUNS, "test/host/runs.test.ts"],
  },
  {
    name: "two processes may resume the same run",
    file: "main/store/sqlite/runs.ts",
    find: "if (taken === 0) throw",
    replace: "if (taken < 0) throw",
    tests: RUNS,
  },
  {
    name: "a design with errors is sent to a worker",
    file: "main/host/runs/runs.ts",
    find: "    refuseUnsound(design);",
    replace: "",
    tests: ["test/host/unsound-designs.test.ts"],
  },
];
