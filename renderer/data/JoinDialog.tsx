/** Several files become one data set: which is the table, whose rows are held out, what is joined to it and by which column. */
import { useEffect, useState } from "react";
import { errorData } from "../../core/errors.ts";
import type { Dataset } from "../../core/protocol/methods.ts";
import { host } from "../state/host.ts";
import { report } from "../state/toasts.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { errorText } from "../ui/error-text.ts";
import { Field, Select } from "../ui/Field.tsx";
import { formatCount } from "../ui/format.ts";
import { Icon } from "../ui/Icon.tsx";
import { Modal } from "../ui/Modal.tsx";
import { Busy } from "../ui/States.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { PickButton, PickFolderButton } from "./FileButton.tsx";
import { packedFolder } from "./folder-files.ts";
import { type ChosenTable, openGraphOf } from "./graph/graph-files.ts";
import { edgesAmong } from "./graph/graph-of.ts";
import {
  addFiles,
  addFolder,
  addFromLibrary,
  closeJoin,
  confirmJoin,
  removeFile,
  setJoinEncoding,
  setJoining,
  setJoinSheet,
  stopLooking,
  useJoin,
} from "./join-files.ts";
import {
  type JoinedFile,
  type Joining,
  keyColumns,
  type Looked,
  matchOf,
  tablesOf,
  undecidedFiles,
  unusedFiles,
  withColumns,
  withMain,
  withoutPartner,
  withPartner,
} from "./joining.ts";
import { PictureFields } from "./PictureFields.tsx";
import { EncodingSelect, useSheetWords } from "./ReadAs.tsx";
import "./data.css";
import "./join.css";

/** Shown while `useJoin` says that it is open, over whatever screen the files were brought to. */
export function JoinDialog() {
  const t = useText();
  const language = useLanguage();
  const { files, looked, joining, encoding, busy, error } = useJoin();
  return (
    <Modal
      title={t("data.join_title")}
      onClose={closeJoin}
      wide
      footer={
        <>
          <Button onClick={closeJoin}>{t("common.cancel")}</Button>
          <Button look="primary" disabled={busy || looked === null || joining === null} onClick={confirmJoin}>
            {t("data.join_import")}
          </Button>
        </>
      }
    >
      <p className="muted">{t("data.join_text")}</p>
      <FileList />
      <div className="row">
        <PickButton words={t("data.join_add")} onPick={addFiles} />
        <PickFolderButton
          words={t("data.join_add_folder")}
          onPath={addFolder}
          onFiles={(name, files) => addFiles([packedFolder(name, files)])}
        />
        <LibraryTables />
        {files.length > 0 && <EncodingSelect encoding={encoding} none={t("data.encoding_found")} onChange={setJoinEncoding} />}
      </div>
      {busy && <Busy what={t("data.join_looking")} onCancel={stopLooking} cancelWords={t("data.join_stop")} />}
      {error !== null && (
        <div className="notice bad-notice" role="alert">
          <Icon name="error" size={14} />
          <p>{errorText(errorData(error), language)}</p>
        </div>
      )}
      {!busy && looked !== null && <AsGraph looked={looked} />}
      {!busy && looked !== null && joining === null && <p className="muted join-note">{whatIsWanted(looked, t)}</p>}
      {!busy && looked !== null && joining !== null && <Choices looked={looked} joining={joining} />}
    </Modal>
  );
}

function whatIsWanted(looked: Looked, t: ReturnType<typeof useText>): string {
  const undecided = undecidedFiles(looked);
  return undecided.length === 0 ? t("data.join_no_table") : t("data.join_which_table", { names: undecided.join(", ") });
}

/** Nodes and edges joined by a column would be a table of edges: they are better a graph. */
function AsGraph({ looked }: { looked: Looked }) {
  const t = useText();
  const files = useJoin((state) => state.files);
  const tables = looked.files.map(({ kind, columns }) => (kind === "table" ? columns.map(({ name }) => name) : []));
  const place = edgesAmong(tables);
  const chosen = (at: number): ChosenTable | null => {
    const [file, found] = [files[at], looked.files[at]];
    if (file === undefined || found === undefined) return null;
    const sheet = file.sheet ?? found.sheet?.name ?? undefined;
    return { ...file, ...(sheet === undefined ? {} : { sheet }), columns: found.columns };
  };
  const [edges, nodes] = place === null ? [null, null] : [chosen(place), chosen(1 - place)];
  if (edges === null || nodes === null) return null;
  return (
    <div className="notice" role="note">
      <Icon name="info" size={14} />
      <p>{t("data.join_is_graph", { nodes: nodes.name, edges: edges.name })}</p>
      <Button
        small
        onClick={() => {
          closeJoin();
          openGraphOf(nodes, edges);
        }}
      >
        {t("data.join_as_graph")}
      </Button>
    </div>
  );
}

/** Tables that were imported before. */
function LibraryTables() {
  const t = useText();
  const [tables, setTables] = useState<readonly Dataset[]>([]);
  useEffect(() => {
    host()
      .call("datasets.list", {})
      .then(({ datasets }) => setTables(datasets.filter(({ kind }) => kind === "file")))
      .catch(report);
  }, []);
  if (tables.length === 0) return null;
  const prompt = t("data.join_add_library");
  return (
    <Select
      aria-label={prompt}
      value=""
      options={[{ value: "", label: prompt }, ...tables.map(({ id, name }) => ({ value: id, label: name }))]}
      onChange={(id) => {
        if (id !== "") addFromLibrary(id);
      }}
    />
  );
}

function FileList() {
  const t = useText();
  const { files, looked, joining } = useJoin();
  const roleOf = (place: number): string => {
    if (looked === null || joining === null) return "";
    if (place === joining.main) return t("data.join_is_table");
    if (joining.partners.some((one) => one.place === place)) return t("data.join_is_partner");
    const part = joining.parts.get(place);
    return part === undefined ? t("data.join_is_unused") : t(`data.join_part.${part}`);
  };
  return (
    <ul className="join-files">
      {files.map(({ name }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a file has no other mark, two may have one name
        <li key={place}>
          <Icon name={looked?.files[place]?.kind === "pictures" ? "data" : "file"} size={14} />
          <b className="clip" title={name}>
            {name}
          </b>
          <span className="faint clip">{contentWords(looked?.files[place], t)}</span>
          <SheetOfFile file={looked?.files[place]} place={place} name={name} />
          <span className="chip">{roleOf(place)}</span>
          <IconButton small icon="close" label={t("data.join_remove", { name })} onClick={() => removeFile(place)} />
        </li>
      ))}
    </ul>
  );
}

/** Which sheet of a workbook, or table of an archive, where there are several. */
function SheetOfFile({ file, place, name }: { file: Looked["files"][number] | undefined; place: number; name: string }) {
  const t = useText();
  const words = useSheetWords();
  const sheet = file?.sheet;
  // While a file was taken away the others are looked at anew.
  if (sheet === undefined || file?.name !== name) return <span />;
  const all = sheet.all.map((one) => ({ value: one, label: words(one, sheet.of) }));
  const label = t(sheet.of === "workbook" ? "data.join_sheet" : "data.join_table", { name });
  return (
    <Select
      aria-label={label}
      title={label}
      value={sheet.name ?? ""}
      options={sheet.name === null ? [{ value: "", label: t("data.join_table_choose") }, ...all] : all}
      onChange={(chosen) => {
        if (chosen !== "") setJoinSheet(place, chosen);
      }}
    />
  );
}

function contentWords(file: Looked["files"][number] | undefined, t: ReturnType<typeof useText>): string {
  if (file === undefined) return "";
  if (file.kind === "tables") return t("data.join_tables", { count: formatCount(tablesOf(file).length) });
  if (file.kind === "idx") return t("data.join_numbered", { count: formatCount(file.pictures) });
  if (file.kind === "pictures") return t("data.join_pictures", { count: formatCount(file.pictures), names: file.examples.join(", ") });
  return file.columns.map(({ name }) => name).join(", ");
}

function Choices({ looked, joining }: { looked: Looked; joining: Joining }) {
  const t = useText();
  const tables = looked.files.flatMap(({ kind, name }, place) => (kind === "table" ? [{ value: String(place), label: name }] : []));
  const others = looked.files.flatMap(({ name }, place) => (place === joining.main ? [] : [{ place, name }]));
  const unused = unusedFiles(looked, joining);
  return (
    <div className="join-choices">
      <Field label={t("data.join_main")}>
        {(control) => (
          <Select
            {...control}
            value={String(joining.main)}
            options={tables}
            onChange={(place) => setJoining(withMain(looked, joining, Number(place)))}
          />
        )}
      </Field>
      {others.map(({ place, name }) => (
        <OtherFile key={place} looked={looked} joining={joining} place={place} name={name} />
      ))}
      {joining.partners.map((partner) => (
        <Keys key={partner.place} looked={looked} joining={joining} partner={partner} />
      ))}
      {unused.length > 0 && (
        <p className="muted">{t("data.join_unused", { names: unused.map((place) => looked.files[place]?.name ?? "").join(", ") })}</p>
      )}
    </div>
  );
}

/** What a file is to the table: its rows are held out, it is joined, or it is left out. */
function OtherFile({ looked, joining, place, name }: { looked: Looked; joining: Joining; place: number; name: string }) {
  const t = useText();
  const isTable = looked.files[place]?.kind === "table";
  const isJoined = joining.partners.some((one) => one.place === place);
  const value = isJoined ? "partner" : (joining.parts.get(place) ?? "none");
  const roles = isTable ? (["validation", "test", "partner", "none"] as const) : (["partner", "none"] as const);
  const choose = (role: (typeof roles)[number]): void => {
    const parts = new Map(joining.parts);
    parts.delete(place);
    if (role === "validation" || role === "test") parts.set(place, role);
    const next = { ...joining, parts };
    setJoining(role === "partner" ? withPartner(looked, next, place) : withoutPartner(looked, next, place));
  };
  return (
    <Field label={t("data.join_role", { name })}>
      {(control) => (
        <Select
          {...control}
          value={value}
          options={roles.map((role) => ({ value: role, label: t(`data.join_as.${role}`) }))}
          onChange={choose}
        />
      )}
    </Field>
  );
}

const withExample = (name: string, example: string | undefined): string =>
  example === undefined ? name : `${name}  (${example.slice(0, 40)})`;

function Keys({ looked, joining, partner }: { looked: Looked; joining: Joining; partner: JoinedFile }) {
  const t = useText();
  const file = looked.files[partner.place];
  if (file === undefined) return null;
  const match = matchOf(looked, joining, partner);
  const change = (columns: Partial<JoinedFile>): void => setJoining(withColumns(looked, joining, { ...partner, ...columns }));
  const keys = keyColumns(looked, joining, partner.place).map(({ name, example, place }) => ({
    value: name,
    label: withExample(place === joining.main ? name : `${looked.files[place]?.name ?? ""}: ${name}`, example),
  }));
  return (
    <fieldset className="join-keys" aria-label={file.name}>
      <Field label={t("data.join_key", { name: file.name })}>
        {(control) => <Select {...control} value={partner.key} options={keys} onChange={(key) => change({ key })} />}
      </Field>
      {file.kind === "table" && (
        <Field label={t("data.join_partner_key", { name: file.name })}>
          {(control) => (
            <Select
              {...control}
              value={partner.partnerKey}
              options={file.columns.map(({ name, examples }) => ({ value: name, label: withExample(name, examples[0]) }))}
              onChange={(partnerKey) => change({ partnerKey })}
            />
          )}
        </Field>
      )}
      {match !== null && (
        <p className={match.matched === 0 ? "notice warn-notice" : "muted"} role="status">
          {match.matched === 0
            ? t("data.join_no_match")
            : t("data.join_match", { matched: formatCount(match.matched), of: formatCount(match.of) })}
        </p>
      )}
      {file.kind === "pictures" && (
        <PictureFields format={joining.pictures} onChange={(pictures) => setJoining({ ...joining, pictures })} />
      )}
    </fieldset>
  );
}
