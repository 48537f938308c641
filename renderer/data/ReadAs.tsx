/** As what encoding a file was read, found from its bytes, and which sheet of a workbook or table of an archive; another choice reads it again. Only a file of this session can be. */
import { PICTURES } from "../../core/schema/sheet-names.ts";
import { useDocument } from "../state/document.ts";
import { useText } from "../ui/texts.ts";
import { type PictureShape, type ReadSheet, readAgain, useImport } from "./import-data.ts";
import { ColourSelect, SizeSelect } from "./PictureFields.tsx";
import type { PictureFormat } from "./picture-format.ts";

/** Names of the WHATWG's list that tables come in, the commonest first; the words are what people know them by. */
const ENCODINGS: Readonly<Record<string, string>> = {
  "utf-8": "UTF-8",
  gb18030: "GB18030 / GBK",
  big5: "Big5",
  shift_jis: "Shift_JIS",
  "euc-jp": "EUC-JP",
  "euc-kr": "EUC-KR",
  "windows-1252": "Windows-1252 / Latin-1",
  "windows-1250": "Windows-1250",
  "windows-1251": "Windows-1251",
  "windows-1253": "Windows-1253",
  "windows-1254": "Windows-1254",
  "windows-1255": "Windows-1255",
  "windows-1256": "Windows-1256",
  "windows-1257": "Windows-1257",
  "windows-1258": "Windows-1258",
  "windows-874": "Windows-874",
  "iso-8859-2": "ISO 8859-2",
  "iso-8859-5": "ISO 8859-5",
  "iso-8859-7": "ISO 8859-7",
  "iso-8859-15": "ISO 8859-15",
  "koi8-r": "KOI8-R",
  "koi8-u": "KOI8-U",
  macintosh: "Mac Roman",
  "utf-16le": "UTF-16 LE",
  "utf-16be": "UTF-16 BE",
};

/** Errors that another encoding may mend. */
export const ENCODING_ERRORS = ["data.encoding_unknown", "data.wrong_encoding", "data.encoding_mixed", "data.not_text"];

/** @param encoding null: none fitted */
export function EncodingChoice({ encoding }: { encoding: string | null }) {
  const change = (chosen: string | null): void => {
    if (chosen !== null) readAgain({ encoding: chosen });
  };
  return <EncodingSelect encoding={encoding} onChange={change} />;
}

interface EncodingProps {
  readonly encoding: string | null;
  /** What choosing no encoding means, where that can be chosen. */
  readonly none?: string;
  readonly onChange: (encoding: string | null) => void;
}

export function EncodingSelect({ encoding, none, onChange }: EncodingProps) {
  const t = useText();
  const known = encoding === null || Object.hasOwn(ENCODINGS, encoding);
  return (
    <label className="read-as">
      <span className="muted">{t("data.encoding")}</span>
      <select className="input" value={encoding ?? ""} onChange={({ target }) => onChange(target.value === "" ? null : target.value)}>
        {(encoding === null || none !== undefined) && (
          <option value="" disabled={none === undefined}>
            {none ?? t("data.encoding_choose")}
          </option>
        )}
        {!known && <option value={encoding}>{encoding}</option>}
        {Object.entries(ENCODINGS).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Beside the data set's name, when its file was read in this session. */
export function ReadAs() {
  const datasetId = useDocument((state) => state.datasetId);
  const read = useImport((state) => state.read);
  const busy = useImport((state) => state.progress !== null);
  if (read === null || busy || read.datasetId !== datasetId) return null;
  return (
    <>
      {read.sheet !== undefined && read.sheet.all.length > 1 && <SheetChoice sheet={read.sheet} />}
      {read.encoding !== undefined && <EncodingChoice encoding={read.encoding} />}
      {read.pictures !== undefined && <PictureChoice shape={read.pictures} />}
    </>
  );
}

/** Size and colours of the pictures; another choice reads them again. */
function PictureChoice({ shape }: { shape: PictureShape }) {
  const t = useText();
  const format: PictureFormat = { size: [shape.height, shape.width], channels: shape.channels === 1 ? 1 : 3 };
  const again = (pictures: PictureFormat): void => readAgain({ pictures });
  return (
    <div className="read-as">
      <span className="muted">{t("data.pictures_as")}</span>
      <SizeSelect aria-label={t("data.picture_size")} format={format} onChange={again} />
      <ColourSelect aria-label={t("data.picture_colour")} format={format} onChange={again} />
    </div>
  );
}

/** In words, as it is shown in a list. */
export function useSheetWords(): (name: string, of: ReadSheet["of"]) => string {
  const t = useText();
  return (name, of) => (of === "archive" && name === PICTURES ? t("data.pictures_of_archive") : name);
}

function SheetChoice({ sheet }: { sheet: ReadSheet }) {
  const t = useText();
  const words = useSheetWords();
  const ofArchive = sheet.all.includes(PICTURES) ? "data.read_of_archive" : "data.table_of_archive";
  const label = sheet.of === "workbook" ? "data.sheet" : ofArchive;
  return (
    <label className="read-as">
      <span className="muted">{t(label)}</span>
      <select className="input" value={sheet.name} onChange={(event) => readAgain({ sheet: event.target.value })}>
        {sheet.all.map((name) => (
          <option key={name} value={name}>
            {words(name, sheet.of)}
          </option>
        ))}
      </select>
    </label>
  );
}
