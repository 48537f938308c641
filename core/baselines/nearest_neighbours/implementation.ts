import type { BaselineImplementation } from "../baseline.ts";

const NEIGHBOURS = 5;
const MOST_ROWS = 5000;

export default {
  *fit({ inputs, targets, rows }, { kind, width, count }) {
    const kept = Math.min(rows, MOST_ROWS);
    const known = Uint32Array.from({ length: kept }, (_, place) => Math.floor((place * rows) / kept));
    const values = Float64Array.from(
      { length: kept * width },
      (_, i) => inputs[(known[Math.floor(i / width)] as number) * width + (i % width)] as number,
    );
    const nearest = Math.min(NEIGHBOURS, kept);
    return {
      predict: (given, asked) => {
        const answer = new Float64Array(asked * count);
        const distances = new Float64Array(nearest);
        const places = new Uint32Array(nearest);
        for (let row = 0; row < asked; row += 1) {
          distances.fill(Number.POSITIVE_INFINITY);
          for (let one = 0; one < kept; one += 1) {
            const furthest = distances[nearest - 1] as number;
            let sum = 0;
            for (let i = 0; i < width && sum < furthest; i += 1) {
              const difference = (given[row * width + i] as number) - (values[one * width + i] as number);
              sum += difference * difference;
            }
            if (sum < furthest) insert(distances, places, sum, one);
          }
          for (const place of places) {
            const target = targets[known[place] as number] as number;
            const at = kind === "numbers" ? row : row * count + target;
            answer[at] = (answer[at] as number) + (kind === "numbers" ? target : 1) / nearest;
          }
        }
        return answer;
      },
      ...(kept < rows ? { said: { key: "baselines.of_rows", params: { count: kept, rows } } } : {}),
    };
  },
} satisfies BaselineImplementation;

/** Keeps both lists ascending by distance; one that is as near as another stays behind it. */
function insert(distances: Float64Array, places: Uint32Array, distance: number, place: number): void {
  let at = distances.length - 1;
  while (at > 0 && (distances[at - 1] as number) > distance) {
    distances[at] = distances[at - 1] as number;
    places[at] = places[at - 1] as number;
    at -= 1;
  }
  distances[at] = distance;
  places[at] = place;
}
