/** What pictures are brought to when they are read: height, width and colours. */
import { Field, Select } from "../ui/Field.tsx";
import { useText } from "../ui/texts.ts";
import type { PictureFormat } from "./picture-format.ts";

/** Sides that networks usually take, small ones first. */
const SIDES = [8, 16, 28, 32, 48, 64, 96, 128, 160, 224, 256] as const;
const AS_THEY_ARE = "";

export function PictureFields({ format, onChange }: { format: PictureFormat; onChange: (format: PictureFormat) => void }) {
  const t = useText();
  return (
    <div className="picture-fields">
      <Field label={t("data.picture_size")} help={t("data.picture_size_help")}>
        {(control) => <SizeSelect {...control} format={format} onChange={onChange} />}
      </Field>
      <Field label={t("data.picture_colour")}>{(control) => <ColourSelect {...control} format={format} onChange={onChange} />}</Field>
    </div>
  );
}

interface ChoiceProps {
  readonly id?: string;
  readonly "aria-label"?: string;
  readonly format: PictureFormat;
  readonly onChange: (format: PictureFormat) => void;
}

export function SizeSelect({ format, onChange, ...control }: ChoiceProps) {
  const t = useText();
  const { size, ...rest } = format;
  const value = size === undefined ? AS_THEY_ARE : size.join("x");
  const usual = SIDES.map((side) => ({ value: `${side}x${side}`, label: `${side} × ${side}` }));
  const known = value === AS_THEY_ARE || usual.some((option) => option.value === value);
  const options = [
    { value: AS_THEY_ARE, label: t("data.picture_size_auto") },
    ...(known ? [] : [{ value, label: value.replace("x", " × ") }]),
    ...usual,
  ];
  const choose = (chosen: string): void => {
    const [height, width] = chosen.split("x").map(Number);
    onChange(height === undefined || width === undefined ? rest : { ...rest, size: [height, width] });
  };
  return <Select {...control} value={value} options={options} onChange={choose} />;
}

export function ColourSelect({ format, onChange, ...control }: ChoiceProps) {
  const t = useText();
  const { channels, ...rest } = format;
  const options = (["", "1", "3"] as const).map((value) => ({ value, label: t(`data.picture_colour.${value === "" ? "auto" : value}`) }));
  const value = channels === undefined ? "" : channels === 1 ? "1" : "3";
  const choose = (chosen: "" | "1" | "3"): void => onChange(chosen === "" ? rest : { ...rest, channels: chosen === "1" ? 1 : 3 });
  return <Select {...control} value={value} options={options} onChange={choose} />;
}
