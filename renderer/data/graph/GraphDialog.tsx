/** A table of nodes and a table of edges become one graph: which file is which, and which columns name the nodes and the ends of edges. */
import { useRef } from "react";
import { errorData } from "../../../core/errors.ts";
import { Button } from "../../ui/Button.tsx";
import { errorText } from "../../ui/error-text.ts";
import { Field, Select, SwitchField } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Modal } from "../../ui/Modal.tsx";
import { Busy } from "../../ui/States.tsx";
import { type TextKey, useLanguage, useText } from "../../ui/texts.ts";
import { EncodingSelect } from "../ReadAs.tsx";
import {
  type ChosenTable,
  chooseTable,
  closeGraphDialog,
  confirmGraph,
  setGraphColumns,
  setGraphEncoding,
  stopGraphLook,
  useGraphFiles,
} from "./graph-files.ts";
import type { GraphColumns, TablePlace } from "./graph-of.ts";
import "./graph.css";

/** Shown while `useGraphFiles` says that it is open. */
export function GraphDialog() {
  const t = useText();
  const language = useLanguage();
  const { nodes, edges, columns, encoding, busy, error } = useGraphFiles();
  const sameEnds = edges !== null && columns.source === columns.target;
  return (
    <Modal
      title={t("data.graph_title")}
      onClose={closeGraphDialog}
      wide
      footer={
        <>
          <Button onClick={closeGraphDialog}>{t("common.cancel")}</Button>
          <Button look="primary" disabled={busy || nodes === null || edges === null || sameEnds} onClick={confirmGraph}>
            {t("data.join_import")}
          </Button>
        </>
      }
    >
      <p className="muted">{t("data.graph_text")}</p>
      <div className="graph-tables">
        <section aria-label={t("data.graph_nodes")}>
          <h3>{t("data.graph_nodes")}</h3>
          <TableChoice place="nodes" table={nodes} words={t("data.graph_choose_nodes")} />
          {nodes !== null && <Column name="id" label="data.graph_id" table={nodes} />}
        </section>
        <section aria-label={t("data.graph_edges")}>
          <h3>{t("data.graph_edges")}</h3>
          <TableChoice place="edges" table={edges} words={t("data.graph_choose_edges")} />
          {edges !== null && (
            <>
              <Column name="source" label="data.graph_source" table={edges} />
              <Column name="target" label="data.graph_target" table={edges} wrong={sameEnds ? t("data.graph_same_column") : null} />
              <Column name="weight" label="data.graph_weight" table={edges} none={t("data.graph_no_weight")} />
              <SwitchField
                label={t("data.graph_directed")}
                help={t("data.graph_directed_help")}
                checked={columns.directed}
                onChange={(directed) => setGraphColumns({ directed })}
              />
            </>
          )}
        </section>
      </div>
      <div className="row">
        <EncodingSelect encoding={encoding} none={t("data.encoding_found")} onChange={(chosen) => void setGraphEncoding(chosen)} />
      </div>
      {busy && <Busy what={t("data.join_looking")} onCancel={stopGraphLook} cancelWords={t("data.join_stop")} />}
      {error !== null && (
        <div className="notice bad-notice" role="alert">
          <Icon name="error" size={14} />
          <p>{errorText(errorData(error), language)}</p>
        </div>
      )}
    </Modal>
  );
}

function TableChoice({ place, table, words }: { place: TablePlace; table: ChosenTable | null; words: string }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="graph-file">
      <Button icon="file" onClick={() => input.current?.click()}>
        {words}
      </Button>
      {table !== null && (
        <b className="clip" title={table.name}>
          {table.name}
        </b>
      )}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={words}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file !== undefined) void chooseTable(place, file);
        }}
      />
    </div>
  );
}

interface ColumnProps {
  name: Exclude<keyof GraphColumns, "directed">;
  label: TextKey;
  table: ChosenTable;
  wrong?: string | null;
  /** What choosing no column means, where one need not be chosen. */
  none?: string;
}

function Column({ name, label, table, wrong = null, none }: ColumnProps) {
  const t = useText();
  const value = useGraphFiles((state) => state.columns[name]);
  const options = table.columns.map((column) => ({
    value: column.name,
    label: column.examples[0] === undefined ? column.name : `${column.name}  (${column.examples[0].slice(0, 40)})`,
  }));
  return (
    <Field label={t(label)} wrong={wrong}>
      {(control) => (
        <Select
          {...control}
          value={value}
          options={none === undefined ? options : [{ value: "", label: none }, ...options]}
          onChange={(chosen) => setGraphColumns({ [name]: chosen })}
        />
      )}
    </Field>
  );
}
