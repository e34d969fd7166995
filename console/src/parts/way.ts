/** The way of a line from point to point. Pure. */

/** Returns the path of an SVG through these points; where one is not known the line is broken. */
export function wayThrough(points: readonly (readonly [x: number, y: number] | undefined)[]): string {
  return points.map((point, index) => point && `${points[index - 1] ? 'L' : 'M'}${point[0].toFixed(1)} ${point[1].toFixed(1)}`).filter(Boolean).join('');
}
