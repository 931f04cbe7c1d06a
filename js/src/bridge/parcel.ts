// What crosses between the worlds: plain data that the engine can copy, and notes on what it cannot.

/** A stand-in for something that the engine does not copy between worlds. `home`: it belongs to the receiver. */
export type Special =
  | FunctionSpecial
  | { readonly k: "promise"; readonly id: number }
  | { readonly k: "error"; readonly name: string; readonly message: string; readonly own: object }
  | {
      readonly k: "signal";
      readonly id: number;
      readonly home: boolean;
      readonly aborted: boolean;
      readonly own: object;
    }
  | { readonly k: "table"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly k: "accessor"; readonly get: FunctionSpecial; readonly set: FunctionSpecial }
  | SymbolSpecial;

/** A function of the sender, or of the receiver (`home`), and the properties that it takes along. */
export interface FunctionSpecial {
  readonly k: "function";
  readonly id: number;
  readonly home: boolean;
  readonly own: object | null;
}

/** A symbol: well-known by `name`, registered under `key`, or unique with an id of the side it was made on. */
export interface SymbolSpecial {
  readonly k: "symbol";
  readonly name: string | null;
  readonly key: string | null;
  readonly id: number;
  readonly home: boolean;
  readonly description: string | undefined;
}

/** Put what `special` stands for at `target[key]`. `target` is an object of the same parcel: copying keeps identity. */
export type Patch = readonly [target: object, key: string | number, special: Special];

/** Put `holder.v` at `target[symbol]`. */
export type Entry = readonly [target: object, symbol: SymbolSpecial, holder: { readonly v: unknown }];

/** A value ready to cross: `root.v` once all patches and entries are done. */
export interface Parcel {
  readonly root: object;
  readonly patches: readonly Patch[];
  readonly entries: readonly Entry[];
}

/** Deeper nesting than this is a TypeError, as in Electron. */
export const MAX_DEPTH = 1000;
