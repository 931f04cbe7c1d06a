// What a page and a frame of opaque origin say to each other over their port. Neither trusts the other's shapes.

/** The first word of a frame's document, to its page, which answers with a port. */
export const GREETING = "jupyterwin-frame";

/** How the page looks: the frame's document wears the same. */
export interface Look {
  readonly theme: "light" | "dark";
  /** CSS variables and their values. */
  readonly colors: Readonly<Record<string, string>>;
}

/** The page's words. `draw` is answered by `Done`. */
export type ToFrame =
  | { readonly do: "begin"; readonly look: Look; readonly scripts: readonly Blob[] }
  | { readonly do: "look"; readonly look: Look }
  | { readonly do: "draw"; readonly id: number; readonly content: unknown };

/** The frame's words. */
export type FromFrame =
  | { readonly say: "done"; readonly id: number; readonly error?: string }
  | { readonly say: "event"; readonly event: string; readonly detail: unknown }
  | { readonly say: "warn"; readonly text: string }
  | { readonly say: "blocked"; readonly address: string };
