// What the page and the frame of its widgets say to each other over their port; the batches come from the kernel as they
// are (jupyterwin/panels/widgets/outbox.py), messages go to it as they are (applying.py).

/** A widget's state: JSON text, with buffers that belong into it at these paths. */
export interface Packed {
  readonly id: string;
  readonly state: string;
  readonly paths: readonly (readonly (string | number)[])[];
  readonly buffers: readonly Bytes[];
}

export type Bytes = ArrayBuffer | ArrayBufferView;

/** A widget, whole. */
export interface Opened extends Packed {
  readonly version: string;
}

/** What a panel of widgets shows. */
export interface Snapshot {
  readonly root: string;
  readonly models: readonly Opened[];
}

export type Entry =
  | { readonly kind: "hello" }
  | ({ readonly kind: "open" } & Opened)
  | ({ readonly kind: "state"; readonly echoes: Readonly<Record<string, string>> } & Packed)
  | { readonly kind: "custom"; readonly id: string; readonly content: string; readonly buffers: readonly Bytes[] }
  | { readonly kind: "close"; readonly id: string }
  | { readonly kind: "idle"; readonly message: string };

export interface Batch {
  readonly box: number;
  readonly entries: readonly Entry[];
}

/** A message of a widget's view, for its kernel side. */
export interface Told {
  readonly page: string;
  readonly number: string;
  readonly id: string;
  readonly method: "update" | "custom";
  readonly text: string;
  readonly buffers: readonly ArrayBuffer[];
}

/** The page's words. */
export type ToWidgets =
  | { readonly do: "show"; readonly id: number; readonly snapshot: Snapshot }
  | { readonly do: "batch"; readonly batch: Batch }
  | { readonly do: "module"; readonly id: number; readonly text?: string; readonly error?: string };

/** The frame's words. */
export type FromWidgets =
  | { readonly say: "shown"; readonly id: number; readonly error?: string }
  | { readonly say: "comm"; readonly told: Told }
  | { readonly say: "taken"; readonly box: number; readonly page: string }
  | { readonly say: "module"; readonly id: number; readonly name: string };
