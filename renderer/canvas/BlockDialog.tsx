/** The options of a block before it is put on the canvas: how wide, how many heads, how deep. */
import { useMemo, useState } from "react";
import { canRepeat } from "../../core/blocks/own-block.ts";
import { SchemaForm } from "../inspector/SchemaForm.tsx";
import { type PaletteBlock, usePaletteBlocks } from "../palette/palette-blocks.ts";
import { closeDialog, type DialogRequest } from "../state/view.ts";
import { errorText } from "../ui/error-text.ts";
import { FormDialog } from "../ui/FormDialog.tsx";
import { useLanguage, useText } from "../ui/texts.ts";
import { addBlock, blockOptions, rowProblem } from "./block-edits.ts";

type Request = Extract<DialogRequest, { name: "block" }>;

export function BlockDialog({ request }: { request: Request }) {
  const block = usePaletteBlocks().find(({ key }) => key === request.block);
  return block === undefined ? null : <BlockForm block={block} request={request} />;
}

function BlockForm({ block, request }: { block: PaletteBlock; request: Request }) {
  const t = useText();
  const language = useLanguage();
  const [options, setOptions] = useState(() => blockOptions(block, request));
  const { label, summary, words } = block;
  const { nodes, entryCount } = block.draw(options);
  const { own } = block;
  const worse = useMemo(() => rowProblem(block, options, request), [block, options, request]);
  const add = (): void => {
    if (addBlock(block, options, request)) closeDialog();
  };
  return (
    <FormDialog
      title={label}
      act={t("canvas.add_block", { count: nodes.length })}
      disabled={worse !== null}
      onSubmit={add}
      onClose={closeDialog}
    >
      <p className="inspector-summary">{summary}</p>
      <SchemaForm
        schema={block.schema}
        values={options}
        words={words}
        onChange={(name, value) => setOptions({ ...options, [name]: value })}
      />
      {worse !== null && (
        <p className="field-wrong" role="alert">
          {errorText({ code: "design.repeat_shapes", params: { names: label, layer: worse } }, language)}
        </p>
      )}
      {own !== null && !canRepeat(own) && (
        <p className="inspector-summary">{t("blocks.no_row", { inputs: own.entries.length, outputs: own.exits.length })}</p>
      )}
      <p className="inspector-summary">{t("canvas.block_wires", { count: entryCount })}</p>
    </FormDialog>
  );
}
