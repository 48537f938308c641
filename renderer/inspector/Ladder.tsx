/** Values that are tried in practice, as a slider whose stops they are: learning rates mostly. */
import { Slider } from "radix-ui";

interface LadderProps {
  label: string;
  values: readonly number[];
  value: number | null;
  onChange: (value: number) => void;
}

/** Index of the rung nearest in ratio, because the ladder is logarithmic. */
function nearest(values: readonly number[], value: number): number {
  let best = 0;
  values.forEach((rung, index) => {
    if (Math.abs(Math.log(rung / value)) < Math.abs(Math.log((values[best] ?? 1) / value))) best = index;
  });
  return best;
}

export function Ladder({ label, values, value, onChange }: LadderProps) {
  const at = value === null || value <= 0 ? 0 : nearest(values, value);
  return (
    <Slider.Root
      className="ladder"
      min={0}
      max={values.length - 1}
      step={1}
      value={[at]}
      onValueChange={([index = 0]) => {
        const rung = values[index];
        if (rung !== undefined) onChange(rung);
      }}
    >
      <Slider.Track className="ladder-track">
        <Slider.Range className="ladder-range" />
      </Slider.Track>
      <Slider.Thumb className="ladder-thumb" aria-label={label} aria-valuetext={String(values[at])} />
    </Slider.Root>
  );
}
