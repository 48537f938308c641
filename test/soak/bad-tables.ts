/** Tables that are wrong in one place, written as streams: gigabytes of them take no memory. Every one says what its import must answer. */
import { type FileHandle, open } from "node:fs/promises";
import { Random } from "../../core/data/random.ts";

export interface BadTable {
  readonly name: string;
  /** Writes it and gives what its import must answer: an error's code with its parameters, or a warning's. */
  readonly write: (path: string, share: number, seed: number) => Promise<Expected>;
}

export interface Expected {
  readonly kind: "refused" | "warned" | "clean";
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Of the whole; a share of them is written among the tests. */
const ROWS = 2_000_000;
const LINE_MEGABYTES = 100;

export const badTables: readonly BadTable[] = [
  {
    name: "one line of 100 MB among others",
    write: async (path, share) => {
      // The limit is not scaled: a tenth of 100 MB would be a line like others.
      const megabytes = Math.max(33, Math.round(LINE_MEGABYTES * share));
      await writing(path, async (add) => {
        await add("a,b\n1,2\n3,");
        for (let part = 0; part < megabytes; part++) await add("x".repeat(1 << 20));
        await add("\n5,6\n");
      });
      return refused("data.line_too_long", { line: 3, megabytes });
    },
  },
  {
    name: "a quote that opens early in a large file and never closes",
    write: async (path, share, seed) => {
      const line = 2 + new Random(seed).below(1000);
      await rowsTo(path, "id,word,value", ROWS * share, (row) => `${row},${row === line - 2 ? '"open' : "shut"},${row % 977}`);
      return refused("data.quote_not_closed", { line });
    },
  },
  {
    name: "a column that turns from numbers to words late",
    write: async (path, share, seed) => {
      const rows = Math.round(ROWS * share);
      const first = Math.floor(rows / 2) + new Random(seed).below(Math.floor(rows / 4));
      await rowsTo(path, "id,amount", rows, (row) => `${row},${row >= first && row % 10_000 === first % 10_000 ? "n/v" : row % 1000}`);
      return { kind: "warned", code: "data.column_mixed", params: { column: "amount", value: "n/v", row: first + 1 } };
    },
  },
  {
    name: "decimal commas and decimal points mixed",
    write: async (path, share, seed) => {
      const rows = Math.round(ROWS * share);
      const point = new Random(seed).below(rows);
      await rowsTo(path, "id;price", rows, (row) => `${row};${row === point ? "7.25" : `${row % 100},${10 + (row % 80)}`}`);
      return { kind: "warned", code: "data.decimal_mixed", params: { column: "price", commas: rows - 1, points: 1, other: "7.25" } };
    },
  },
  {
    name: "dates in three forms in one column",
    write: async (path, share) => {
      const rows = Math.round(ROWS * share);
      const forms = [(day: string) => `2019-03-${day}`, (day: string) => `${day}.03.2019`, (day: string) => `03/${day}/2019`];
      await rowsTo(path, "id,when,value", rows, (row) => {
        const day = String(1 + (row % 28)).padStart(2, "0");
        return `${row},${forms[row % 3]?.(day)},${row % 7}`;
      });
      return { kind: "warned", code: "data.dates_mixed", params: { column: "when", form: "ISO 8601", other: "02.03.2019", row: 2 } };
    },
  },
  {
    name: "more lines with a wrong number of cells than a table may have",
    write: async (path, share) => {
      const rows = Math.round(ROWS * share);
      await rowsTo(path, "a,b,c", rows, (row) => (row % 5 === 4 ? `${row},1` : `${row},1,2`));
      return refused("data.ragged_rows_refused", { count: Math.floor(rows / 5), line: 6, expected: 3, received: 2 });
    },
  },
  {
    name: "a byte that is no UTF-8 at the very end",
    write: async (path, share) => {
      await rowsTo(path, "a,b", ROWS * share, (row) => `${row},größe`);
      await append(path, Buffer.from([0x31, 0x2c, 0xff, 0xfe, 0x0a]));
      return refused("data.encoding_mixed", { value: "0xff 0xfe 0x0a" });
    },
  },
  {
    name: "all of it as it should be",
    write: async (path, share) => {
      await rowsTo(path, "id,word,value", ROWS * share, (row) => `${row},w${row % 50},${row % 977}`);
      return { kind: "clean", code: "", params: {} };
    },
  },
];

function refused(code: string, params: Expected["params"]): Expected {
  return { kind: "refused", code, params };
}

async function rowsTo(path: string, header: string, rows: number, lineOf: (row: number) => string): Promise<void> {
  await writing(path, async (add) => {
    await add(`${header}\n`);
    for (let start = 0; start < rows; start += 10_000) {
      let text = "";
      for (let row = start; row < Math.min(rows, start + 10_000); row++) text += `${lineOf(row)}\n`;
      await add(text);
    }
  });
}

async function writing(path: string, act: (add: (text: string) => Promise<void>) => Promise<void>): Promise<void> {
  const file: FileHandle = await open(path, "w");
  try {
    await act((text) => file.writeFile(text));
  } finally {
    await file.close();
  }
}

async function append(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, "a");
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}
