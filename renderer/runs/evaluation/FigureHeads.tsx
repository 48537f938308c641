/** The heads of a table's columns of figures, by the metrics' words. */
import { metricTitle } from "../../training/chart-words.ts";
import { useText } from "../../ui/texts.ts";

export function FigureHeads({ figures }: { figures: readonly string[] }) {
  const t = useText();
  return figures.map((name) => (
    <th key={name} scope="col">
      {metricTitle(name, t)}
    </th>
  ));
}
