/** A straight line through values one step apart. */
export interface Slope {
  /** How much it rises over the whole length. */
  readonly rise: number;
  /** How much of a rise is noise: twice the standard error of the slope, over the whole length. */
  readonly noise: number;
  readonly mean: number;
}

/** Least squares. Three values at least. */
export function slopeOf(values: readonly number[]): Slope {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const middle = (n - 1) / 2;
  const spread = values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  const slope = values.reduce((sum, value, i) => sum + (i - middle) * (value - mean), 0) / spread;
  const rest = values.reduce((sum, value, i) => sum + (value - mean - slope * (i - middle)) ** 2, 0);
  const error = Math.sqrt(rest / (n - 2) / spread);
  return { rise: slope * (n - 1), noise: 2 * error * (n - 1), mean };
}
