/** A shop's colour, `#rrggbb`, and what can be read on it or in it. */

const channels = (colour: string): number[] => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
const written = (parts: readonly number[]): string => `#${parts.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** Where a shop names none. */
export const USUAL_COLOUR = '#2f6f5e';

/** Between two colours: `share` of the other one, 0 to 1. */
export const mixed = (colour: string, other: string, share: number): string => {
  const into = channels(other);
  return written(channels(colour).map((part, n) => part + (into[n]! - part) * share));
};

/** Relative luminance (WCAG 2.2), 0 black to 1 white. */
function luminance(colour: string): number {
  const [r, g, b] = channels(colour).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** How well one is read on the other, 1 to 21; large letters want 3. */
export const contrast = (one: string, other: string): number => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
};

/** The colour itself, or as much darker as white paper needs to show it. */
export function onWhite(colour: string): string {
  for (let share = 0; share < 1; share += 0.05) {
    const darker = mixed(colour, '#000000', share);
    if (contrast(darker, '#ffffff') >= 3) return darker;
  }
  return '#000000';
}

/** Black or white letters, whichever is read better on the colour; white where it will do. */
export const lettersOn = (colour: string): string => (contrast(colour, '#ffffff') >= 3 ? '#ffffff' : '#22262a');
