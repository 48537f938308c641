/** A form in a window of its own: Enter and the button below do what it asks for, Escape and Cancel leave it. */
import { type ReactNode, useId } from "react";
import { Button } from "./Button.tsx";
import { Modal } from "./Modal.tsx";
import { useText } from "./texts.ts";

interface FormDialogProps {
  readonly title: string;
  /** What the button says that it does. */
  readonly act: string;
  readonly disabled: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function FormDialog({ title, act, disabled, onSubmit, onClose, children }: FormDialogProps) {
  const t = useText();
  const form = useId();
  return (
    <Modal
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" type="submit" form={form} disabled={disabled}>
            {act}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
      </form>
    </Modal>
  );
}
