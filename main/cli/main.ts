/** Entry 3: the command line. Reads the arguments, calls one command, prints, and exits with the documented code. */
import { CODE_TOOLS } from "../../core/export/code/script.ts";
import { bytesSetting } from "../../core/protocol/number-settings.ts";
import { APP_VERSION } from "../host/app.ts";
import { evaluate, exportModel, predict } from "./apply.ts";
import {
  groupPlan,
  joinsOf,
  list,
  needed,
  type Options,
  optional,
  parse,
  picturesOf,
  positive,
  share,
  UsageError,
  type Values,
  vectorsOf,
  whole,
} from "./arguments.ts";
import { associate } from "./associate.ts";
import { backupLibrary, restoreLibrary } from "./backup.ts";
import { bench } from "./bench.ts";
import { checkDesign } from "./check.ts";
import { describeData } from "./data.ts";
import { exportCode } from "./export-code.ts";
import { printLayers } from "./layers.ts";
import type { GivenRows } from "./model-rows.ts";
import { EXIT, Output } from "./output.ts";
import { exportProject, importProject } from "./project.ts";
import { RANGE_TEST, testRange } from "./range-test.ts";
import { readDesignFile, readModelFile } from "./read-files.ts";
import { writeReport } from "./report.ts";
import { type TrainOptions, train } from "./train.ts";
import { trainGroup } from "./train-group.ts";

const USAGE = `neuroloom ${APP_VERSION}
  layers   [--json]                       every layer type with its options, defaults and ranges
  data     FILE [--encoding NAME] [--target COL ...] [--json]   columns, types, missing values and warnings of a table, or of pictures
  check    design.json [--json]           shape, parameters and multiply-adds of every layer; mistakes
  train    design.json --data FILE [--encoding NAME] [--target COL ...] [--weight COL] [--epochs N] [--seed S] [--split 0.25] [--by-time COL] [--threads T] [--folds K | --seeds N | --bag N [--rule average|vote]] [--vectors FILE] [--out DIR] [--json]
  range-test design.json --data FILE [--encoding NAME] [--target COL ...] [--weight COL] [--from 1e-6] [--to 1] [--steps 100] [--seed S] [--split 0.25] [--by-time COL] [--json]
  evaluate model.json --data FILE [--encoding NAME] [--data-memory MB] [--json]
  predict  model.json --data FILE [--encoding NAME] --out FILE.csv [--id COL ...] [--as-target] [--data-memory MB] [--json]
  export   RUN|DIR --format json --out FILE [--plain] [--json]
  report   RUN... --out FILE.html [--language en|zh] [--json]   one page of a run, or of several beside each other
  export   design.json|model.json|DIR --format pytorch|keras --out FILE.py [--json]
  bench    [design.json] [--data FILE] [--target COL ...] [--threads T] [--rounds 3] [--seconds 2] [--json]   which arithmetic runs here, how fast, and how long a step takes
  backup   --out FILE.sqlite [--home DIR] [--json]   the library with its data sets in one file, also while it is in use
  restore  FILE.sqlite [--home DIR] [--json]   and back, while nothing else has the library open
  associate [--remove] [--home DIR] [--json]   open .neuroloom files by double-click with this app, for this person; --remove takes it back
  project export ID|NAME --out FILE.neuroloom [--without-data] [--home DIR] [--json]   a project of the library with its runs as one file
  project import FILE.neuroloom [--copy] [--home DIR] [--json]   and back into a library
  --data and data take more than one file:
    --sheet NAME                          a sheet of a workbook (.xlsx), the first that holds something when left out; or one of several tables in an archive or folder, pictures: its pictures
    --with FILE --key COL[=COL] ...       pictures (a folder or .zip) and further tables, each joined by a column that names what is in it
    --edges FILE                          the edges (source, target, weight) where --data has the nodes of a graph
    --validation FILE, --test FILE        rows with the same columns that are held out
    FILE#NAME                             a sheet or table of any of these files
    --data-memory MB                      rows that would take more are read from the disk, or refused; 4096 when left out
    --vectors [LAYER=]FILE                word vectors (.txt, .vec, .gz) that a layer of embeddings starts from; --freeze-vectors leaves them as they are (train, range-test)
    --size 32|48x64, --colour grey|colour what pictures are brought to (train, range-test, data)
    --pixels found|8x8|32x32x3            columns that are pixels become one column of pictures (train, range-test, data)
Exit codes: 0 done, 1 the input is at fault, 2 usage, 70 a fault of ours.
`;

const json: Options = { json: { type: "boolean" } };
const text = { type: "string" } as const;
/** What belongs to the table of --data, and the parts that files are given for. */
const several = { type: "string", multiple: true } as const;
const joined: Options = { with: several, key: several, sheet: text, edges: text };
const parts: Options = { validation: text, test: text };
/** What pictures are brought to. */
const pictures: Options = { size: text, colour: text, pixels: text };
/** What a layer of embeddings starts from. */
const vectors: Options = { vectors: { type: "string", multiple: true }, "freeze-vectors": { type: "boolean" } };

/** Rows for a model that exists. */
const rows: Options = { data: text, encoding: text, "data-memory": text };

const rowsGiven = (values: Values): GivenRows => ({
  data: needed(values, "data"),
  encoding: optional(values, "encoding"),
  joins: joinsOf(values),
  dataMemoryBytes: bytesSetting({ data_memory_mb: whole(values, "data-memory", 0, 1_000_000) }, "data_memory_mb"),
});

const commands: Readonly<
  Record<
    string,
    {
      readonly options: Options;
      readonly operand: string | null;
      /** Takes several operands. */
      readonly many?: true;
      /** The operand may be left out. */
      readonly optional?: true;
      readonly run: (operand: string, values: Values, output: Output, more: readonly string[]) => Promise<number> | number;
    }
  >
> = {
  layers: {
    options: json,
    operand: null,
    run: (_, __, output) => {
      printLayers(output);
      return EXIT.ok;
    },
  },
  data: {
    options: { ...json, ...joined, ...parts, ...pictures, encoding: text, target: { type: "string", multiple: true } },
    operand: "FILE",
    run: (file, values, output) =>
      describeData(
        {
          file,
          encoding: optional(values, "encoding"),
          targets: list(values, "target"),
          joins: joinsOf(values),
          pictures: picturesOf(values),
        },
        output,
      ),
  },
  check: { options: json, operand: "design.json", run: (file, _, output) => checkDesign(readDesignFile(file), output) },
  train: {
    options: {
      ...json,
      ...joined,
      ...parts,
      ...pictures,
      data: text,
      encoding: text,
      target: { type: "string", multiple: true },
      weight: text,
      epochs: text,
      seed: text,
      split: text,
      "by-time": text,
      threads: text,
      folds: text,
      seeds: text,
      bag: text,
      rule: text,
      out: text,
      ...vectors,
    },
    operand: "design.json",
    run: (file, values, output) => {
      const options: TrainOptions = {
        data: optional(values, "data"),
        encoding: optional(values, "encoding"),
        joins: joinsOf(values),
        pictures: picturesOf(values),
        ...vectorsOf(values),
        targets: list(values, "target"),
        weight: optional(values, "weight"),
        epochs: whole(values, "epochs", 1, 1_000_000),
        seed: whole(values, "seed", 0, 4_294_967_295),
        split: share(values, "split"),
        byTime: optional(values, "by-time"),
        threads: whole(values, "threads", 1, 64),
        out: optional(values, "out"),
        design: readDesignFile(file),
      };
      const plan = groupPlan(values, options.seed ?? 0);
      return plan === null ? train(options, output) : trainGroup(options, plan, output);
    },
  },
  "range-test": {
    options: {
      ...json,
      ...joined,
      ...parts,
      ...pictures,
      data: text,
      encoding: text,
      target: { type: "string", multiple: true },
      weight: text,
      from: text,
      to: text,
      steps: text,
      seed: text,
      split: text,
      "by-time": text,
      ...vectors,
    },
    operand: "design.json",
    run: (file, values, output) =>
      testRange(
        {
          data: optional(values, "data"),
          encoding: optional(values, "encoding"),
          joins: joinsOf(values),
          pictures: picturesOf(values),
          ...vectorsOf(values),
          targets: list(values, "target"),
          weight: optional(values, "weight"),
          seed: whole(values, "seed", 0, 4_294_967_295),
          split: share(values, "split"),
          byTime: optional(values, "by-time"),
          epochs: null,
          design: readDesignFile(file),
          from: positive(values, "from") ?? RANGE_TEST.from,
          to: positive(values, "to") ?? RANGE_TEST.to,
          steps: whole(values, "steps", 10, 2000) ?? RANGE_TEST.steps,
        },
        output,
      ),
  },
  bench: {
    options: {
      ...json,
      ...joined,
      ...pictures,
      data: text,
      encoding: text,
      target: { type: "string", multiple: true },
      weight: text,
      seed: text,
      split: text,
      threads: text,
      rounds: text,
      seconds: text,
    },
    operand: "design.json",
    optional: true,
    run: (file, values, output) =>
      bench(
        {
          design: file === "" ? null : readDesignFile(file),
          data: optional(values, "data"),
          encoding: optional(values, "encoding"),
          joins: joinsOf(values),
          pictures: picturesOf(values),
          targets: list(values, "target"),
          weight: optional(values, "weight"),
          seed: whole(values, "seed", 0, 4_294_967_295),
          split: share(values, "split"),
          threads: whole(values, "threads", 1, 64),
          rounds: whole(values, "rounds", 1, 100) ?? 3,
          seconds: positive(values, "seconds") ?? 2,
        },
        output,
      ),
  },
  evaluate: {
    options: { ...json, ...joined, ...rows },
    operand: "model.json",
    run: (file, values, output) => evaluate(readModelFile(file), rowsGiven(values), output),
  },
  predict: {
    options: {
      ...json,
      ...joined,
      ...rows,
      out: text,
      id: { type: "string", multiple: true },
      "as-target": { type: "boolean" },
    },
    operand: "model.json",
    run: (file, values, output) => {
      const options = {
        ...rowsGiven(values),
        out: needed(values, "out"),
        ids: list(values, "id"),
        asTarget: values["as-target"] === true,
      };
      return predict(readModelFile(file), options, output);
    },
  },
  report: {
    options: { ...json, out: text, language: text },
    operand: "RUN",
    many: true,
    run: (first, values, output, more) => {
      const language = optional(values, "language") ?? "en";
      if (language !== "en" && language !== "zh") throw new UsageError(`--language must be en or zh, received '${language}'`);
      return writeReport([first, ...more], { out: needed(values, "out"), language }, output);
    },
  },
  export: {
    options: { ...json, format: text, out: text, plain: { type: "boolean" } },
    operand: "RUN|DIR|FILE",
    run: (source, values, output) => {
      const format = needed(values, "format");
      const tool = CODE_TOOLS.find((one) => one === format);
      if (tool !== undefined) return exportCode(source, { out: needed(values, "out"), tool }, output);
      if (format !== "json") throw new UsageError(`--format must be json, pytorch or keras, received '${format}'`);
      return exportModel(source, { out: needed(values, "out"), plainArrays: values["plain"] === true }, output);
    },
  },
  backup: {
    options: { ...json, out: text, home: text },
    operand: null,
    run: (_, values, output) => backupLibrary({ out: needed(values, "out"), home: optional(values, "home") }, output),
  },
  restore: {
    options: { ...json, home: text },
    operand: "FILE.sqlite",
    run: (file, values, output) => restoreLibrary(file, optional(values, "home"), output),
  },
  associate: {
    options: { ...json, home: text, remove: { type: "boolean" } },
    operand: null,
    run: (_, values, output) => associate({ home: optional(values, "home"), on: values["remove"] !== true }, output),
  },
  "project export": {
    options: { ...json, out: text, home: text, "without-data": { type: "boolean" } },
    operand: "ID|NAME",
    run: (named, values, output) =>
      exportProject(
        named,
        { home: optional(values, "home"), out: needed(values, "out"), withData: values["without-data"] !== true },
        output,
      ),
  },
  "project import": {
    options: { ...json, home: text, copy: { type: "boolean" } },
    operand: "FILE.neuroloom",
    run: (file, values, output) => importProject(file, { home: optional(values, "home"), copy: values["copy"] === true }, output),
  },
};

/** Commands of two words. */
const GROUPS: readonly string[] = ["project"];

async function run(args: readonly string[]): Promise<number> {
  const two = GROUPS.includes(args[0] ?? "") && args.length > 1;
  const [name = "", ...rest] = two ? [`${args[0]} ${args[1]}`, ...args.slice(2)] : args;
  if (name === "" || name === "help" || name === "--help" || name === "-h") {
    process.stdout.write(USAGE);
    return name === "" ? EXIT.usage : EXIT.ok;
  }
  if (name === "--version") {
    process.stdout.write(`${APP_VERSION}\n`);
    return EXIT.ok;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new UsageError(`there is no command '${name}'`);
  const { values, positionals } = parse(rest, command.options);
  const [operand = "", ...more] = positionals;
  const missing = command.operand !== null && operand === "" && command.optional !== true;
  if (missing || (more.length > 0 && command.many !== true) || (command.operand === null && operand !== ""))
    throw new UsageError(command.operand === null ? `'${operand}' is too much` : `expected one ${command.operand}`);
  const output = new Output(values["json"] === true);
  try {
    return await command.run(operand, values, output, more);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return output.failure(error);
  }
}

// Whoever reads the output may stop reading (head): that is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(EXIT.ok);
});

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`neuroloom: ${error.message}\n${USAGE}`);
  process.exitCode = EXIT.usage;
}
