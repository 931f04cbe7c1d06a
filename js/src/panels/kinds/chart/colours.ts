// Colours of a chart: the tokens of the page as a canvas wants them. Read again when the theme changes.

export interface Colours {
  readonly ink: string;
  readonly quiet: string;
  readonly grid: string;
  readonly mark: string;
  readonly accent: string;
  readonly surface: string;
  readonly series: readonly string[];
  readonly font: string;
}

export function coloursOf(el: Element): Colours {
  const style = getComputedStyle(el);
  const token = (name: string) => style.getPropertyValue(`--jw-${name}`).trim();
  return {
    ink: token("ink"),
    quiet: token("ink-quiet"),
    grid: token("line"),
    mark: token("mark"),
    accent: token("accent"),
    surface: token("surface"),
    series: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => token(`series-${number}`)),
    font: `${token("size-small")} ${token("face")}`,
  };
}

/** A colour of the tokens (`#rrggbb`) that lets some of what is behind it through. */
export function faint(colour: string, share: number): string {
  return `${colour}${Math.round(share * 255)
    .toString(16)
    .padStart(2, "0")}`;
}
