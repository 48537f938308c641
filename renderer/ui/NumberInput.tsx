/**
 * A number typed, or stepped with the arrow keys (Shift: ten steps). What is typed is kept as it is until it is a number
 * in range: the value outside changes only then, and what is wrong is said by the owner through `onWrong`.
 */
import { type KeyboardEvent, useState } from "react";
import { pressed } from "../state/keys.ts";
import type { ControlProps } from "./Field.tsx";
import { typedKey } from "./typed-key.ts";

/** Number fields in an element that is marked so change the design with every key: undo means the design's. */
export const UNDOES_DESIGN = '[data-undo="design"]';

/** Null for nothing, NaN for what is no number. */
function numberOf(text: string): number | null {
  const trimmed = text.trim().replace("−", "-");
  return trimmed === "" ? null : Number(trimmed);
}

interface NumberInputProps {
  value: number | null;
  /** Called with numbers that the owner's `check` accepts; null when the field is emptied and may be. */
  onChange: (value: number | null) => void;
  /** What is wrong with a number in words, or null. */
  check: (value: number | null) => string | null;
  onWrong: (wrong: string | null) => void;
  /** Size of a step of the arrow keys for a value; for learning rates it grows with the value. */
  step: (value: number, up: boolean) => number;
  notANumber: string;
  /** Where the arrow keys begin while there is no value. */
  from?: number;
  placeholder?: string;
  disabled?: boolean;
  control: ControlProps | { readonly "aria-label": string };
}

export function NumberInput({
  value,
  onChange,
  check,
  onWrong,
  step,
  notANumber,
  from = 0,
  placeholder,
  disabled,
  control,
}: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null);

  const offer = (text: string): void => {
    setDraft(text);
    const number = numberOf(text);
    if (number !== null && Number.isNaN(number)) {
      onWrong(notANumber);
      return;
    }
    const wrong = check(number);
    onWrong(wrong);
    if (wrong === null && number !== value) onChange(number);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (typedKey(event) === "Escape" && draft !== null) {
      event.stopPropagation();
      setDraft(null);
      onWrong(null);
      return;
    }
    if (draft !== null && event.currentTarget.closest(UNDOES_DESIGN) !== null && pressed(event, ["undo", "redo"]) !== undefined) {
      const taken = numberOf(draft) === value;
      setDraft(null);
      onWrong(null);
      // What is no number yet is taken back here; what the design has already, by the design's own undo.
      if (taken) return;
      event.preventDefault();
      event.stopPropagation();
    }
    if (typedKey(event) === "Enter") event.currentTarget.select();
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const up = event.key === "ArrowUp";
    let next = value ?? from;
    for (let count = event.shiftKey ? 10 : 1; count > 0; count -= 1) {
      const candidate = Number((next + (up ? 1 : -1) * step(next, up)).toPrecision(12));
      if (check(candidate) !== null) break;
      next = candidate;
    }
    if (next !== value) onChange(next);
    setDraft(null);
    onWrong(null);
  };

  return (
    <input
      className="input number"
      type="text"
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      disabled={disabled}
      placeholder={placeholder}
      value={draft ?? (value === null ? "" : String(value))}
      onChange={(event) => offer(event.target.value)}
      onKeyDown={onKeyDown}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => {
        setDraft(null);
        onWrong(null);
      }}
      {...control}
    />
  );
}
