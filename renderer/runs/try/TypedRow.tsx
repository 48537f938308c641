/** The controls of a row of one's own: the pad and the picture file, and the fields, which are searched where there are many. */
import { useState } from "react";
import type { Run } from "../../../core/protocol/methods.ts";
import { Field } from "../../ui/Field.tsx";
import { formatCount } from "../../ui/format.ts";
import { useText } from "../../ui/texts.ts";
import { DrawingPad } from "./DrawingPad.tsx";
import { TryField } from "./TryField.tsx";
import { inkOf, TryPicture } from "./TryPicture.tsx";
import type { TypedProfile, TypedRow } from "./typed-row.ts";

/** Fields at once; a table may have thousands of columns. */
const MOST_FIELDS = 40;

/** @param canChoose whether a picture file can be brought to size: the run has a model that says which */
export function TypedDrawing({ run, row, canChoose }: { readonly run: Run; readonly row: TypedRow; readonly canChoose: boolean }) {
  const { drawing, ink, picture, draw, choose } = row;
  if (drawing === null) return null;
  const pad = <DrawingPad height={drawing.height} width={drawing.width} ink={ink} onChange={(next) => draw(Float32Array.from(next))} />;
  if (!canChoose) return pad;
  return (
    <TryPicture run={run} drawing={drawing} shown={picture} onPicture={(read) => choose(read, inkOf(read))}>
      {pad}
    </TryPicture>
  );
}

interface TypedFieldsProps {
  readonly row: TypedRow;
  readonly profile: TypedProfile;
  /** Whether a text is to be written or pasted; links of a graph are texts too, but words in a line. */
  readonly longTexts?: boolean;
  /** Told of what was typed, after it stands there. */
  readonly onType?: (column: string) => void;
}

export function TypedFields({ row, profile, longTexts = true, onType }: TypedFieldsProps) {
  const t = useText();
  const [search, setSearch] = useState("");
  const { columns, values, type: put } = row;
  const wanted = search.trim().toLowerCase();
  const found = wanted === "" ? columns : columns.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <>
      {columns.length > MOST_FIELDS && (
        <Field label={t("inside.find_column")}>
          {(control) => (
            <input {...control} className="input" type="search" value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
          )}
        </Field>
      )}
      {found.slice(0, MOST_FIELDS).map((column) => (
        <TryField
          key={column.name}
          column={column}
          long={column.type === "text" && longTexts}
          value={values[column.name] ?? null}
          choices={profile?.columns.find(({ name }) => name === column.name)?.histogram ?? []}
          onChange={(value) => {
            put(column.name, value);
            onType?.(column.name);
          }}
        />
      ))}
      {found.length > MOST_FIELDS && (
        <p className="muted">{t("inside.columns_more", { count: formatCount(found.length - MOST_FIELDS) })}</p>
      )}
    </>
  );
}
