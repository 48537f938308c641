/**
 * Entry 2: the app in an ordinary browser. Opens the host, serves it on 127.0.0.1, says the address in one line and stays until it
 * is told to stop; then it asks for checkpoints and goes. main/start.ts starts it; it runs by itself just as well.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { AppError } from "../../core/errors.ts";
import { allErrors } from "../../resources/translations/all-errors.ts";
import { translate } from "../../resources/translations/translate.ts";
import { homeFolder, makeHome } from "../host/home.ts";
import { openHost } from "../host/host.ts";
import { terminalLanguage } from "../host/terminal-language.ts";
import { announceInstance, askToOpen, findRunningInstance, withdrawInstance } from "./instance.ts";
import { openBrowser } from "./open-browser.ts";
import { openLoopback } from "./server.ts";

const fromSource = import.meta.url.endsWith(".ts");
const RENDERER = fileURLToPath(new URL(fromSource ? "../../out/renderer" : "../renderer", import.meta.url));
const WORKER = new URL(fromSource ? "../engine/trainer.worker.ts" : "./trainer.worker.js", import.meta.url);

const INPUT_AT_FAULT = 1;
const USAGE_ERROR = 2;
const OUR_FAULT = 70;

interface Options {
  readonly home: string;
  readonly port: number;
  readonly open: boolean;
  /** A project file to open. */
  readonly file: string | null;
  /** Why it is the browser and not a window, for the line that says so. */
  readonly reason: string;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      home: { type: "string" },
      port: { type: "string" },
      reason: { type: "string" },
      file: { type: "string" },
      "no-open": { type: "boolean" },
    },
  });
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port must be 0 to 65535, received ${values.port}.`);
  return {
    home: homeFolder(values.home ?? null),
    port,
    open: values["no-open"] !== true,
    file: values.file ?? null,
    reason: values.reason ?? "",
  };
}

async function run(options: Options): Promise<void> {
  const home = makeHome(options.home);
  const running = await findRunningInstance(home);
  if (running !== null) {
    print(`Neuroloom runs in the browser already: ${running}`);
    if (options.file !== null) await askToOpen(home, options.file);
    // Without its key: the command line of a browser can be read by others, and the browser has kept the key from before.
    if (options.open) await open(new URL("/", running).href);
    return;
  }
  const host = await openHost({ home, entry: "loopback", workerUrl: WORKER });
  let leaving: Promise<void> | null = null;
  const leave = (checkpoint: boolean, reason: string): Promise<void> => {
    if (leaving !== null) return leaving;
    leaving = host.shutdown({ checkpoint }).finally(() => {
      withdrawInstance(home, server.token);
      // After this turn, so that the answer to app.quit is still sent.
      setImmediate(() => void server.close(reason).then(() => process.exit(process.exitCode ?? 0)));
    });
    return leaving;
  };
  const server = await openLoopback({
    host,
    handlers: {
      ...host.handlers,
      "app.quit": async ({ checkpoint }) => {
        await leave(checkpoint, "Neuroloom was closed");
        return {};
      },
    },
    rendererFolder: RENDERER,
    port: options.port,
    uploadLimitBytes: null,
    onFault: reportFault,
  }).catch(async (thrown: unknown) => {
    await host.shutdown({ checkpoint: false });
    throw thrown;
  });
  announceInstance(home, server);
  if (options.file !== null) host.openFile(options.file);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => leave(true, "Neuroloom was stopped").catch((thrown: unknown) => end(thrown)));
  print(`Neuroloom runs in the browser${options.reason === "" ? "" : ` (${options.reason})`}: ${server.url}`);
  if (options.open) await open(server.oneTimeUrl());
}

async function open(url: string): Promise<void> {
  if (!(await openBrowser(url))) process.stderr.write("No browser could be started here: open the address above in one.\n");
}

function reportFault(fault: unknown, where: string): void {
  process.stderr.write(`neuroloom: fault in ${where}: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function end(thrown: unknown): void {
  if (thrown instanceof AppError)
    process.stderr.write(`neuroloom: ${translate(allErrors, terminalLanguage(), thrown.code, thrown.params)}\n`);
  else reportFault(thrown, "start");
  process.exitCode = thrown instanceof AppError ? INPUT_AT_FAULT : OUR_FAULT;
}

try {
  const options = readOptions();
  run(options).catch(end);
} catch (thrown) {
  process.stderr.write(`neuroloom: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
  process.exitCode = USAGE_ERROR;
}
