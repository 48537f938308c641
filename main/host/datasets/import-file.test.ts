/** Imports of real tables through the real DuckDB: dialects, encodings, types, figures. What is refused is in bad-input.test.ts. */
import { readdir } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { ColumnProfile } from "../../../core/protocol/methods.ts";
import { importPlaceForEachTest, warningsOf } from "../../../test/host/import-place.ts";
import type { ImportedTable } from "./import-request.ts";
import { loadTable, previewTable } from "./load-table.ts";

const place = importPlaceForEachTest();
const profileOf = ({ columns }: ImportedTable, name: string): ColumnProfile => {
  const found = columns.find((column) => column.name === name);
  if (found === undefined) throw new Error(`no column ${name}`);
  return found;
};

describe("importing a table", () => {
  it("stores it under the SHA-256 of its text and nothing else, and shows its rows as they are", async () => {
    const imported = await place.importContent('x,"a, b"\n1,"say ""hi"""\n,"two\nlines"\n3, NA\n');
    expect(await readdir(place.folder)).toEqual([`${imported.fingerprint}.parquet`]);
    expect([imported.rowCount, imported.columnCount]).toEqual([3, 2]);
    expect(await previewTable(imported.path, 0, 10)).toEqual({
      columns: ["x", "a, b"],
      rows: [
        ["1", 'say "hi"'],
        [null, "two\nlines"],
        ["3", " NA"],
      ],
    });
    expect(await previewTable(imported.path, 1, 1)).toEqual({ columns: ["x", "a, b"], rows: [[null, "two\nlines"]] });
  });

  it("takes the same table packed, in UTF-8 with a mark, in UTF-16 and with other line ends for the same data", async () => {
    const text = "name,size\nÅngström,1\n北京,2\n";
    const plain = await place.importContent(text);
    const others = [
      gzipSync(text),
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]),
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, "utf16le").swap16()]),
    ];
    for (const other of others) {
      const imported = await place.importContent(other);
      expect(imported.fingerprint).toBe(plain.fingerprint);
      expect(imported.warnings).toEqual([]);
    }
    for (const ends of ["\r\n", "\r"]) {
      const imported = await place.importContent(text.replaceAll("\n", ends));
      expect((await previewTable(imported.path, 0, 9)).rows).toEqual([
        ["Ångström", "1"],
        ["北京", "2"],
      ]);
    }
    expect((await place.importContent("a,b\r\n1,2\n3,4\r\n\r\n")).rowCount).toBe(2);
  });

  it("finds the delimiter, by the content and not the name", async () => {
    for (const delimiter of [",", "\t", ";", "|"]) {
      const imported = await place.importContent(
        ["city", "price", "note"].join(delimiter) +
          "\n" +
          ["Rome", "1.5", '"a,b;c|d\te"'].join(delimiter) +
          "\n" +
          ["Oslo", "2", "x"].join(delimiter) +
          "\n",
      );
      expect(imported.columns.map(({ name }) => name)).toEqual(["city", "price", "note"]);
    }
    expect((await place.importContent("a;b\n1,5;2,5\n3,5;4,5\n")).columns.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("names the columns of a file without a header, and says so", async () => {
    const imported = await place.importContent("5.1,3.5,setosa\n4.9,3.0,setosa\n");
    expect(imported.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      "column_1 numeric",
      "column_2 numeric",
      "column_3 categorical",
    ]);
    expect([imported.rowCount, ...warningsOf(imported)]).toEqual([2, 'data.no_header {"columns":3,"first":"5.1,3.5,setosa"}']);
  });

  it("makes names different and not empty, keeps 'A' and 'a' apart, and warns", async () => {
    const imported = await place.importContent("a,A,a,,a_2,\n1,2,3,4,5,6\n7,8,9,10,11,12\n");
    expect(imported.columns.map(({ name }) => name)).toEqual(["a", "A", "a_3", "column_4", "a_2", "column_6"]);
    expect(warningsOf(imported)).toEqual([
      'data.duplicate_headers {"names":"a","count":1,"columns":"3"}',
      'data.empty_headers {"count":2,"columns":"4, 6"}',
    ]);
    const table = await loadTable(
      imported.path,
      imported.columns.map(({ name }) => ({ name, type: "numeric", role: "feature" })),
    );
    expect(table.columns.map((column) => (column.kind === "number" ? column.values[1] : null))).toEqual([7, 8, 9, 10, 11, 12]);
  });

  it("reports progress and reaches the size of the file", async () => {
    const stages = new Set<string>();
    let bytes = 0;
    const content = `a,b\n${"1,2\n".repeat(1000)}`;
    await place.importContent(content, {
      onProgress: (progress) => {
        stages.add(progress.stage);
        bytes = progress.bytes;
        expect(progress.totalBytes).toBe(content.length);
      },
    });
    expect([[...stages], bytes]).toEqual([["reading", "storing", "profiling"], content.length]);
  });
});

describe("encodings", () => {
  /** "姓名,城市\n王小明,北京\n" with some more words, in GB 18030. */
  const CHINESE = Buffer.from("d0d5c3fb2cb3c7cad00acdf5d0a1c3f72cb1b1bea90ac0eeccba2cb9e3d6dd0ad5d4c1f92cceded6dd0a", "hex");
  const LATIN = Buffer.from("name,city\nJosé,Málaga\nJürgen,Köln\n", "latin1");

  it("other than UTF-8 give the right letters and a warning with an example", async () => {
    const chinese = await place.importContent(CHINESE);
    expect((await previewTable(chinese.path, 0, 1)).rows).toEqual([["王小明", "北京"]]);
    expect(warningsOf(chinese)).toEqual(['data.encoding_guessed {"file":"given.csv","encoding":"gb18030","example":"姓名"}']);
    const latin = await place.importContent(LATIN);
    expect((await previewTable(latin.path, 1, 1)).rows).toEqual([["Jürgen", "Köln"]]);
    expect(warningsOf(latin)[0]).toContain('"encoding":"windows-1252","example":"José"');
  });

  it("that show only after much plain text are found there too", async () => {
    const imported = await place.importContent(
      Buffer.concat([Buffer.from(`name,city\n${"John,Rome\n".repeat(150_000)}`), LATIN.subarray(10)]),
    );
    expect((await previewTable(imported.path, 150_000, 2)).rows).toEqual([
      ["José", "Málaga"],
      ["Jürgen", "Köln"],
    ]);
    expect(warningsOf(imported)[0]).toContain("data.encoding_guessed");
  });

  it("that are mixed, or not the one that was named, are refused", async () => {
    expect(
      await place.refusal(() =>
        place.importContent(Buffer.concat([Buffer.from(`name,city\n${"José,Málaga\n".repeat(40_000)}`), LATIN.subarray(10)])),
      ),
    ).toBe('data.encoding_mixed {"file":"given.csv","encoding":"utf-8","line":40002,"byte":560014,"value":"0xe9 0x2c 0x4d 0xe1"}');
    expect(await place.refusal(() => place.importContent(LATIN, { encoding: "utf-8" }))).toContain("data.");
    expect(await place.refusal(() => place.importContent(LATIN, { encoding: "shift_jis" }))).toBe(
      'data.wrong_encoding {"file":"given.csv","encoding":"shift_jis","line":2,"byte":"–","value":"–"}',
    );
    expect(await place.refusal(() => place.importContent(LATIN, { encoding: "klingon" }))).toBe(
      'data.encoding_not_supported {"encoding":"klingon"}',
    );
    expect((await place.importContent(LATIN, { encoding: "latin1" })).warnings).toEqual([]);
  });
});

describe("types and figures", () => {
  it("are guessed from all rows: the first text after 30,000 numbers makes categories, and is named", async () => {
    const rows = Array.from({ length: 30_000 }, (_, row) => `${row % 97},${row === 29_990 ? "twelve" : row % 13}`);
    const imported = await place.importContent(`x,y\n${rows.join("\n")}\n`);
    expect([profileOf(imported, "x").type, profileOf(imported, "y").type]).toEqual(["numeric", "categorical"]);
    expect(profileOf(imported, "y").remarks).toContain("mixed");
    expect(warningsOf(imported)).toEqual(['data.column_mixed {"column":"y","numbers":29999,"words":1,"value":"twelve","row":29991}']);
  });

  it("count missing values and give mean, population deviation, interpolated quantiles and twenty bins", async () => {
    const imported = await place.importContent(
      `x,y\n${[1, 2, 3, 4, 10, "", "NA", "NaN", "NULL", "null"].map((value) => `${value},k`).join("\n")}\n`,
    );
    const { missing, distinct, mean, deviation, min, max, quantiles, histogram } = profileOf(imported, "x");
    expect({ missing, distinct, mean, min, max }).toEqual({ missing: 5, distinct: 5, mean: 4, min: 1, max: 10 });
    expect(deviation).toBeCloseTo(Math.sqrt(10), 12);
    // numpy.quantile([1, 2, 3, 4, 10], [.05, .25, .5, .75, .95]), numpy 2.4.6
    [1.2, 2, 3, 4, 8.8].forEach((value, place) => expect(quantiles?.[place]).toBeCloseTo(value, 12));
    const counts = histogram.map(({ count }) => count);
    expect(counts).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect([histogram[0]?.from, histogram.at(-1)?.to]).toEqual([1, 10]);
  });

  it("count one number once, however it is written, but long ids that rounding makes alike apart", async () => {
    const long = ["90071992547409930", "90071992547409931", "90071992547409932", "90071992547409933"];
    const rows = ["1", "1.0", "01", "2"].map((value, row) => `${value},${long[row]},${row === 3 ? "1.0x" : value}`);
    const imported = await place.importContent(`x,id,w\n${rows.join("\n")}\n`);
    expect(["x", "id", "w"].map((name) => profileOf(imported, name).distinct)).toEqual([2, 4, 4]);
  });

  it("list the most frequent words first and at most twenty", async () => {
    const imported = await place.importContent(
      `w,y\n${Array.from({ length: 60 }, (_, row) => `w${row < 30 ? "orm" : row},${row}`).join("\n")}\n`,
    );
    const { histogram, distinct } = profileOf(imported, "w");
    expect([histogram.length, distinct, histogram[0]]).toEqual([20, 31, { label: "worm", count: 30 }]);
  });

  it("know dates of many forms, remark how they are written, and say when two forms fit", async () => {
    const imported = await place.importContent(
      "iso,time,german,american,either,month,chinese,word\n" +
        "2015-07-01,2015-07-01T10:30:00+02:00,31.12.2020,12/31/2020,01/02/2020,1949-01,2020年1月5日,epoch\n" +
        "2016-02-29,2015-07-01 10:30,01.01.2021,01/13/2021,03/04/2021,1949-02,2021年12月31日,today\n",
    );
    const formats = Object.fromEntries(
      imported.columns.map(({ name, type, remarks }) => [
        name,
        `${type} ${remarks.filter((remark) => remark.startsWith("date_format")).join()}`,
      ]),
    );
    expect(formats).toEqual({
      iso: "date ",
      time: "date ",
      german: "date date_format=%d.%m.%Y",
      american: "date date_format=%m/%d/%Y",
      either: "date date_format=%m/%d/%Y",
      month: "date date_format=%Y-%m",
      chinese: "date date_format=%Y年%m月%d日",
      word: "categorical ",
    });
    expect(warningsOf(imported)).toEqual([
      'data.date_ambiguous {"column":"either","format":"%m/%d/%Y","other":"%d/%m/%Y","value":"01/02/2020","row":1}',
    ]);
    const table = await loadTable(imported.path, [
      { name: "time", type: "date", role: "feature" },
      { name: "german", type: "date", role: "feature", date_format: "%d.%m.%Y" },
    ]);
    expect(table.columns.map((column) => (column.kind === "number" ? [...column.values] : []))).toEqual([
      [Date.UTC(2015, 6, 1, 8, 30), Date.UTC(2015, 6, 1, 10, 30)],
      [Date.UTC(2020, 11, 31), Date.UTC(2021, 0, 1)],
    ]);
  });

  it("know times of twelve hours, months of years and years of two digits; a remark tells that there are times", async () => {
    const imported = await place.importContent(
      "slash,iso,order,month,words,short,dotted,midnight\n" +
        "1/2/2015 3:45 PM,2015-01-02 03:45:00 PM,2015/01/02 12:05 AM,Jan 2015,January 2015,02-Jan-15,31.12.15,2015-01-02 00:00:00\n" +
        "1/22/2015 12:45 am,2015-01-02 12:00 AM,2015/01/03,May 2016,May 2016,03-May-16,01.01.16,2015-01-03T00:00\n",
    );
    expect(
      imported.columns.map(({ name, type, remarks }) => [name, type, remarks.filter((one) => /date_format|times/.test(one)).join(" ")]),
    ).toEqual([
      ["slash", "date", "date_format=%m/%d/%Y times"],
      ["iso", "date", "date_format=%Y-%m-%d times"],
      ["order", "date", "date_format=%Y/%m/%d times"],
      ["month", "date", "date_format=%b %Y"],
      ["words", "date", "date_format=%B %Y"],
      ["short", "date", "date_format=%d-%b-%y"],
      ["dotted", "date", "date_format=%d.%m.%y"],
      ["midnight", "date", ""],
    ]);
    expect(warningsOf(imported)).toEqual([]);
    const read = async (name: string, date_format: string): Promise<readonly unknown[]> => {
      const [column] = (await loadTable(imported.path, [{ name, type: "date", role: "feature", date_format }])).columns;
      return column?.kind === "number" ? [...column.values] : [];
    };
    expect(await read("slash", "%m/%d/%Y")).toEqual([Date.UTC(2015, 0, 2, 15, 45), Date.UTC(2015, 0, 22, 0, 45)]);
    expect(await read("iso", "%Y-%m-%d")).toEqual([Date.UTC(2015, 0, 2, 15, 45), Date.UTC(2015, 0, 2)]);
    expect(await read("month", "%b %Y")).toEqual([Date.UTC(2015, 0, 1), Date.UTC(2016, 4, 1)]);
    expect(await read("short", "%d-%b-%y")).toEqual([Date.UTC(2015, 0, 2), Date.UTC(2016, 4, 3)]);
  });

  it("tell day and month that may be either with times of twelve hours too, but not May that is long and short", async () => {
    const imported = await place.importContent("either,may\n1/2/2015 3:45 PM,May 2014\n3/4/2015 3:45 AM,May 2015\n");
    expect(warningsOf(imported)).toEqual([
      'data.date_ambiguous {"column":"either","format":"%m/%d/%Y","other":"%d/%m/%Y","value":"1/2/2015 3:45 PM","row":1}',
    ]);
  });

  it("are not broken by byte-order marks where files were put behind each other; within a value a mark stays", async () => {
    const mark = "\ufeff";
    const long = "3,4\n".repeat(400_000);
    const imported = await place.importContent(`${mark}a,b\n1,2\n${mark}3,4\r\n${mark}5,6\n${long}${mark}7,8\n`);
    expect(imported.columns.map(({ name, type }) => [name, type])).toEqual([
      ["a", "numeric"],
      ["b", "numeric"],
    ]);
    expect(warningsOf(imported)).toEqual([]);
    const within = await place.importContent(`a,b\nx${mark}y,2\nz,3\n`);
    expect((await previewTable(within.path, 0, 1)).rows).toEqual([[`x${mark}y`, "2"]]);
  });

  it("say where dates of another form begin, and leave such a column words", async () => {
    const lines = Array.from(
      { length: 300 },
      (_, row) =>
        `${row},${row < 200 ? `2019-03-${String(1 + (row % 28)).padStart(2, "0")}` : row % 2 === 0 ? "13.03.2019" : "03/13/2019"}`,
    );
    const imported = await place.importContent(`id,when\n${lines.join("\n")}\n`);
    expect(imported.columns[1]).toMatchObject({ type: "categorical", remarks: ["mixed"] });
    expect(warningsOf(imported)).toEqual([
      `data.dates_mixed {"column":"when","form":"ISO 8601","other":"13.03.2019","row":201,"examples":"'2019-03-01' (1), '13.03.2019' (201), '03/13/2019' (202)"}`,
    ]);
  });

  it("say so too where a quarter of the dates has a form that is not known, and where a date column has other words", async () => {
    const forms = ["2019-03-13", "13.03.2019", "03/13/2019", "13th of March 19"];
    const lines = Array.from({ length: 80 }, (_, row) => `${row},${forms[row % 4]},${row === 70 ? "later" : "2020-01-02"}`);
    const imported = await place.importContent(`id,when,until\n${lines.join("\n")}\n`);
    expect(imported.columns.slice(1)).toMatchObject([
      { type: "categorical", remarks: ["mixed"] },
      { type: "categorical", remarks: ["mixed"] },
    ]);
    expect(warningsOf(imported)).toEqual([
      `data.dates_mixed {"column":"when","form":"ISO 8601","other":"13.03.2019","row":2,"examples":"'2019-03-13' (1), '13.03.2019' (2), '03/13/2019' (3), '13th of March 19' (4)"}`,
      `data.dates_mixed {"column":"until","form":"ISO 8601","other":"later","row":71,"examples":"'2020-01-02' (1), 'later' (71)"}`,
    ]);
  });

  it("remark ids, constants, empty and mostly missing columns, texts and columns of very many words", async () => {
    const rows = Array.from({ length: 120 }, (_, row) => [
      row + 1,
      `k-${row}`,
      "same",
      "",
      row % 10 === 0 ? row % 3 : "",
      `The quick brown fox number ${row} jumps over it`,
      `v${row % 100}`,
      row % 2 === 0 ? "true" : "false",
      row * 7.5,
    ]);
    const imported = await place.importContent(
      `number,key,constant,empty,rare,text,many,flag,value\n${rows.map((row) => row.join(",")).join("\n")}\n`,
    );
    const remarks = Object.fromEntries(imported.columns.map(({ name, type, remarks: of }) => [name, [type, ...of].join(" ")]));
    expect(remarks).toEqual({
      number: "numeric whole_numbers id",
      key: "categorical id",
      constant: "categorical constant",
      empty: "categorical empty",
      rare: "numeric mostly_missing whole_numbers",
      text: "text",
      many: "categorical many_values",
      flag: "categorical boolean=false,true",
      value: "numeric",
    });
  });
});
