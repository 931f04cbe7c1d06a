// What a kind of content is, to the page: a maker of renderers. A renderer draws into its place and knows no other.

export type Theme = "light" | "dark";

/** Where a renderer draws, and how it speaks with its content in the kernel. */
export interface Place {
  /** Empty, sized by the panel; the renderer may fill it and style its inside, not itself. */
  readonly el: HTMLElement;
  /** Call a method of the content (its `asks`). Rejects with `code: "cancelled"` once the panel shows another object. */
  ask<T>(method: string, ...args: unknown[]): Promise<T>;
  /** Tell the content (`heard`); "select", "click" and "edit" reach the listeners of `Panel.on`. */
  tell(event: string, detail?: unknown): void;
  readonly theme: Theme;
  /** Hear of another theme. Returns what ends that; all end with the renderer. */
  onTheme(call: (theme: Theme) => void): () => void;
  /** Say this to screen readers, politely. */
  announce(text: string): void;
}

export interface Renderer {
  /** Draw this. Called for the first content, and for each later one of the same kind: keep scroll, zoom, selection. */
  update(content: unknown): void | Promise<void>;
  /** A message of the content, in order, never during `update`. */
  push?(message: unknown): void;
  /** What is selected was changed elsewhere: ask for ``chosen`` and show it, and tell nobody. */
  choose?(): void;
  /** The place has another size. */
  resize?(): void;
  /** The place is gone. */
  dispose(): void;
}

export type Make = (place: Place) => Renderer;
