// Generated from jupyterwin/wire/place.py by `python -m jupyterwin.wire.typescript`. Do not edit.

export const PLACE_TARGET = "jupyterwin.place";

/** A script that runs before the page's first, in the frame of `world`. */
export interface PlaceScript {
  readonly name: string;
  readonly source: string;
  readonly world: "page" | "preload";
}

/** A file of the page, known to it under `name`: text, or `data` in base64. A `module` is imported by that name. */
export interface PlaceFile {
  readonly name: string;
  readonly mime: string;
  readonly text?: string;
  readonly data?: string;
  readonly module?: boolean;
}

/** Begin a document: two new frames. `nonce` is that of the scripts which `policy` lets run in the page. */
export interface Draw {
  readonly op: "draw";
  readonly doc: number;
  readonly html: string;
  readonly policy: string;
  readonly nonce: string;
  readonly scripts: readonly PlaceScript[];
  readonly files?: readonly PlaceFile[];
}

/** A parcel for the preload. */
export interface Told {
  readonly op: "told";
  readonly doc: number;
  readonly text: string;
}

/** The answer to `Want`: one buffer of the message, by its number; -1: there is none. */
export interface Given {
  readonly op: "given";
  readonly doc: number;
  readonly id: number;
  readonly buffer?: number;
}

/** Run a script in a frame. Events named `tells` on its document are told as `Line` of level debug. */
export interface Run {
  readonly op: "run";
  readonly doc: number;
  readonly id: number;
  readonly world: "page" | "preload";
  readonly source: string;
  readonly tells?: string;
}

/** How the window looks, all of it. */
export interface Look {
  readonly op: "look";
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly background: string;
  readonly visible?: boolean;
  readonly closable?: boolean;
}

/** Bring it into view, and give the page the keyboard. */
export interface Focus {
  readonly op: "focus";
}

/** The window is drawn in another tab of the browser now. */
export interface Elsewhere {
  readonly op: "elsewhere";
}

/** The window is closed, or was never there. */
export interface Over {
  readonly op: "over";
}

/** There is an empty place: a document may begin. What was there is gone. */
export interface Drawn {
  readonly op: "drawn";
}

/** There is no place any more: the output was cleared, or the notebook closed. */
export interface Undrawn {
  readonly op: "undrawn";
}

/** A parcel of the preload. */
export interface Say {
  readonly op: "say";
  readonly doc: number;
  readonly text: string;
}

/** The preload asks for a path of its window; answered by `Given`. */
export interface Want {
  readonly op: "want";
  readonly doc: number;
  readonly id: number;
  readonly path: string;
}

/** A script of `Run` has run, or could not be parsed. */
export interface Ran {
  readonly op: "ran";
  readonly doc: number;
  readonly id: number;
}

/** The page is loaded. */
export interface PageRead {
  readonly op: "read";
  readonly doc: number;
}

/** The page wants this title. */
export interface Titled {
  readonly op: "titled";
  readonly doc: number;
  readonly title: string;
}

/** A line of a frame's console, or an error that nobody caught. */
export interface Line {
  readonly op: "line";
  readonly doc: number;
  readonly level: "debug" | "info" | "warning" | "error";
  readonly message: string;
  readonly source?: string;
  readonly line?: number;
}

/** The person wants the window closed. */
export interface Closing {
  readonly op: "closing";
}

/** The page has the keyboard, or has it no longer. */
export interface Seen {
  readonly op: "seen";
  readonly focused: boolean;
}

export type ToPlace = Draw | Told | Given | Run | Look | Focus | Elsewhere | Over;

export type FromPlace = Drawn | Undrawn | Say | Want | Ran | PageRead | Titled | Line | Closing | Seen;
