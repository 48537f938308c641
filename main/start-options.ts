/** Options of `npm start`, read strictly: what is not known is refused rather than ignored. */
import { parseArgs } from "node:util";

export interface StartOptions {
  readonly help: boolean;
  readonly open: boolean;
  /** The browser even where a window could be had. */
  readonly browser: boolean;
  readonly port: number | null;
  readonly home: string | null;
  /** A project file to open. */
  readonly file: string | null;
}

export const USAGE = `npm start -- [options] [FILE.neuroloom]
  FILE          a project file to open
  --browser     run in the browser even if Electron is here
  --no-open     do not open the browser
  --port N      port of 127.0.0.1 for the browser (a free one)
  --home DIR    folder for everything Neuroloom keeps (NEUROLOOM_HOME, else the platform's usual one)
  --help        this text
`;

/** What was typed wrong, in words. The caller adds the usage text and ends with exit code 2. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readStartOptions(args: readonly string[]): StartOptions {
  const { values, positionals } = parse(args);
  const [file = null, ...more] = positionals;
  if (more.length > 0 || (file !== null && !/\.neuroloom$/i.test(file)))
    throw new UsageError(`One project file (.neuroloom) can be opened, received "${[file, ...more].join(" ")}".`);
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && !(Number.isInteger(port) && port >= 1 && port <= 65_535 && /^\d+$/.test(values.port ?? "")))
    throw new UsageError(`--port must be a whole number from 1 to 65535, received "${values.port}".`);
  if (values.home === "") throw new UsageError("--home must name a folder, received nothing.");
  return {
    help: values.help === true,
    open: values["no-open"] !== true,
    browser: values.browser === true || port !== null,
    port,
    home: values.home ?? null,
    file,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        "no-open": { type: "boolean" },
        browser: { type: "boolean" },
        port: { type: "string" },
        home: { type: "string" },
      },
    });
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}
