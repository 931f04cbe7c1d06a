// A parcel that the engine copied into this world → the value: notes are replaced by what they stand for here.

import { makeError } from "./errors.ts";
import type { Parcel, Special, SymbolSpecial } from "./parcel.ts";
import { define, defineForGood, keys, list, mapGet, mapSet, push, SafeMap, SafeTypeError } from "./primordials.ts";

type Own = Readonly<Record<string, unknown>>;

/** What the notes stand for in this world. */
export interface Meanings {
  function(id: number, home: boolean): object;
  promise(id: number): object;
  signal(id: number, home: boolean, aborted: boolean, reason: unknown): object;
  symbol(special: SymbolSpecial): symbol;
  table(bytes: Uint8Array<ArrayBuffer>): object;
  /** Define an accessor. A page is given some; it gives none. */
  accessor(target: object, key: string | number, get: object, set: object): void;
}

/** Unpack one value. Throws for what is malformed; the parcel may come from a hostile page. */
export function unpack(parcel: Parcel, meanings: Meanings): unknown {
  const known = new SafeMap<Special, unknown>();
  const unfinished = list<() => void>();
  const { root, patches, entries } = parcel;
  for (let index = 0; index < patches.length; index++) {
    const patch = patches[index] as Parcel["patches"][number];
    const special = patch[2];
    if (special.k === "accessor") {
      const { get, set } = special;
      meanings.accessor(patch[0], patch[1], meanings.function(get.id, get.home), meanings.function(set.id, set.home));
      continue;
    }
    if (mapGet(known, special) === undefined) {
      mapSet(known, special, make(special, meanings, unfinished));
    }
    define(patch[0], patch[1], mapGet(known, special));
  }
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index] as Parcel["entries"][number];
    define(entry[0], meanings.symbol(entry[1]), entry[2].v);
  }
  for (let index = 0; index < unfinished.length; index++) {
    (unfinished[index] as () => void)();
  }
  return (root as { readonly v: unknown }).v;
}

/** What a note stands for. What it owns is filled in at the end, when all patches inside are done. */
function make(special: Special, meanings: Meanings, unfinished: (() => void)[]): unknown {
  switch (special.k) {
    case "function": {
      const made = meanings.function(special.id, special.home);
      const own = special.own;
      if (own !== null && !special.home) {
        push(unfinished, () => copyInto(made, own as Own, defineForGood));
      }
      return made;
    }
    case "promise":
      return meanings.promise(special.id);
    case "error": {
      const error = makeError(special.name, special.message);
      push(unfinished, () => copyInto(error, special.own as Own, define));
      return error;
    }
    case "signal":
      return meanings.signal(special.id, special.home, special.aborted, (special.own as Own).reason);
    case "table":
      return meanings.table(special.bytes);
    case "symbol":
      return meanings.symbol(special);
    default:
      throw new SafeTypeError("a note of an unknown kind");
  }
}

function copyInto(target: object, own: Own, set: (target: object, key: string, value: unknown) => void): void {
  const names = keys(own);
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string;
    set(target, name, own[name]);
  }
}
