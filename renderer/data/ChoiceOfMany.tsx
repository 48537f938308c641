/** A choice for several things at once: shows "different" where they differ, until one is chosen for all. */
import { type Option, Select } from "../ui/Field.tsx";
import { useText } from "../ui/texts.ts";

interface ChoiceOfManyProps<V extends string> {
  id?: string;
  "aria-label"?: string;
  values: readonly V[];
  options: readonly Option<V>[];
  onChange: (value: V) => void;
}

const DIFFERENT = "";

export function ChoiceOfMany<V extends string>({ values, options, onChange, ...control }: ChoiceOfManyProps<V>) {
  const t = useText();
  const [first] = values;
  const same = first !== undefined && values.every((value) => value === first);
  const offered: readonly Option<V | typeof DIFFERENT>[] = same ? options : [{ value: DIFFERENT, label: t("data.different") }, ...options];
  return (
    <Select<V | typeof DIFFERENT>
      {...control}
      value={same ? first : DIFFERENT}
      options={offered}
      onChange={(value) => {
        if (value !== DIFFERENT) onChange(value);
      }}
    />
  );
}
