/** Eigenvectors of symmetric matrices by Jacobi's rotations, which are exact to rounding: what principal components and truncated SVD share. */

const MOST_SWEEPS = 60;

/** Eigenvalues and, as columns, eigenvectors of a symmetric matrix. */
export function eigen(symmetric: readonly (readonly number[])[]): { values: number[]; vectors: number[][] } {
  const a = symmetric.map((row) => [...row]);
  const size = a.length;
  const vectors = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep += 1) {
    let turned = false;
    for (let p = 0; p < size; p += 1) for (let q = p + 1; q < size; q += 1) turned = rotate(a, vectors, p, q) || turned;
    if (!turned) break;
  }
  return { values: a.map((row, i) => row[i] as number), vectors };
}

/** Turns axes p and q so that they do not depend on each other. @returns false where they do not already, to rounding */
function rotate(a: number[][], vectors: number[][], p: number, q: number): boolean {
  const [rowP, rowQ] = [a[p] as number[], a[q] as number[]];
  const [pp, qq, pq] = [rowP[p] as number, rowQ[q] as number, rowP[q] as number];
  if (Math.abs(pq) <= Number.EPSILON * 1e-3 * Math.sqrt(Math.abs(pp * qq)) || pq === 0) return false;
  const theta = (qq - pp) / (2 * pq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(1, theta));
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  for (const row of a) {
    const [x, y] = [row[p] as number, row[q] as number];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  for (let k = 0; k < a.length; k += 1) {
    const [x, y] = [rowP[k] as number, rowQ[k] as number];
    rowP[k] = c * x - s * y;
    rowQ[k] = s * x + c * y;
  }
  for (const row of vectors) {
    const [x, y] = [row[p] as number, row[q] as number];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  return true;
}

/** The same direction with its largest part positive: the sign of a component is a convention. */
export function positive(component: readonly number[]): number[] {
  const largest = component.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? component.map((value) => -value) : [...component];
}
