/** One line of the report: what was measured, and what it should be. */
export interface Figure {
  readonly what: string;
  readonly measured: number;
  /** Most that it should be; without one, the line is there to be read beside another. */
  readonly target?: number;
  readonly unit: 's' | 'MB' | 'times';
}

export function isMet({ measured, target }: Figure): boolean {
  return target === undefined || measured <= target;
}

/** `0.31 s`, `152 MB`, `0.08 times`. */
export function amount(value: number, unit: Figure['unit']): string {
  return `${unit === 'MB' ? Math.round(value) : value.toFixed(2)} ${unit}`;
}
