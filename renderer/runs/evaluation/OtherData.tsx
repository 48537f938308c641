/** Which other data a run is evaluated on: a data set of the library, or a file that is read into it without becoming the project's. */
import { useRef, useState } from "react";
import type { DesignDocument } from "../../../core/graph/document.ts";
import type { MethodInput, Run } from "../../../core/protocol/methods.ts";
import { PickButton } from "../../data/FileButton.tsx";
import { takeFile } from "../../host/files.ts";
import { host } from "../../state/host.ts";
import { report } from "../../state/toasts.ts";
import { useAnswer } from "../../state/use-answer.ts";
import { Field, Select } from "../../ui/Field.tsx";
import { formatCount } from "../../ui/format.ts";
import { Busy, Failure } from "../../ui/States.tsx";
import { useText } from "../../ui/texts.ts";
import "./evaluation.css";

interface OtherDataProps {
  readonly run: Run;
  readonly design: DesignDocument;
  /** Id of the data set; null while none is chosen. */
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
}

const NONE = "";

export function OtherData({ run, design, chosen, onChoose }: OtherDataProps) {
  const t = useText();
  const [read, setRead] = useState(0);
  const { value, error, restart } = useAnswer("datasets.list", {}, undefined, read);
  const datasets = value?.datasets ?? [];
  return (
    <>
      <Field label={t("evaluation.other_set")} help={t("evaluation.other_help")}>
        {(control) => (
          <Select
            {...control}
            value={chosen ?? NONE}
            options={[
              { value: NONE, label: t("evaluation.other_none") },
              ...datasets.map(({ id, name, row_count }) => ({ value: id, label: `${name} · ${formatCount(row_count)}` })),
            ]}
            onChange={(id) => onChoose(id === NONE ? null : id)}
          />
        )}
      </Field>
      <ReadFile
        run={run}
        design={design}
        onRead={(id) => {
          setRead(read + 1);
          onChoose(id);
        }}
      />
      {error !== null && <Failure error={error} onRetry={restart} />}
    </>
  );
}

type Work =
  | { readonly state: "idle" }
  | { readonly state: "busy"; readonly name: string }
  | { readonly state: "failed"; readonly error: unknown };

/** Reads a file of rows for a run into the library; the project keeps its own data. */
export function ReadFile({ run, design, onRead }: Pick<OtherDataProps, "run" | "design"> & { readonly onRead: (id: string) => void }) {
  const t = useText();
  const [work, setWork] = useState<Work>({ state: "idle" });
  const cancel = useRef<() => void>(() => undefined);
  const readFile = async (file: File): Promise<void> => {
    const importId = crypto.randomUUID();
    const controller = new AbortController();
    cancel.current = () => {
      controller.abort();
      host().call("datasets.cancel_import", { import_id: importId }).catch(report);
    };
    setWork({ state: "busy", name: file.name });
    try {
      const taken = await takeFile(file, { signal: controller.signal });
      const pictures = await picturesOf(run, design);
      const { dataset } = await host().call("datasets.import", {
        ...taken,
        import_id: importId,
        ...(pictures === null ? {} : { pictures }),
      });
      setWork({ state: "idle" });
      onRead(dataset.id);
    } catch (thrown) {
      setWork(controller.signal.aborted ? { state: "idle" } : { state: "failed", error: thrown });
    }
  };
  if (work.state === "busy")
    return (
      <div className="other-file">
        <Busy what={t("evaluation.other_reading", { name: work.name })} onCancel={() => cancel.current()} />
      </div>
    );
  return (
    <>
      <div className="other-file">
        <PickButton words={t("evaluation.other_file")} onPick={([file]) => file !== undefined && void readFile(file)} />
      </div>
      {work.state === "failed" && <Failure error={work.error} onRetry={null} />}
    </>
  );
}

/** Pictures of a file are brought to the size and colours that the network takes; null where it takes none. */
async function picturesOf(run: Run, { data }: DesignDocument): Promise<NonNullable<MethodInput<"datasets.import">["pictures"]> | null> {
  if (data === null || !data.columns.some(({ type, role }) => type === "picture" && role === "feature")) return null;
  const { columns } = await host().call("runs.form", { id: run.id });
  const [height, width, channels] = columns.find(({ type }) => type === "picture")?.shape ?? [];
  return height === undefined || width === undefined ? null : { size: [height, width], channels: channels === 3 ? 3 : 1 };
}
