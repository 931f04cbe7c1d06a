// Symbols across the bridge: well-known and registered ones by name, unique ones by a table kept for the document's life.

import type { SymbolSpecial } from "./parcel.ts";
import {
  mapGet,
  mapSet,
  SafeMap,
  SafeSymbol,
  SafeTypeError,
  symbolDescription,
  symbolFor,
  symbolKey,
  WELL_KNOWN,
} from "./primordials.ts";

/** Symbols known to both worlds. */
export class Symbols {
  readonly #names = new SafeMap<symbol, string>();
  readonly #wellKnown = new SafeMap<string, symbol>();
  readonly #ownIds = new SafeMap<symbol, number>();
  readonly #own = new SafeMap<number, symbol>();
  readonly #foreignIds = new SafeMap<symbol, number>();
  readonly #foreign = new SafeMap<number, symbol>();
  #last = 0;

  constructor() {
    for (let index = 0; index < WELL_KNOWN.length; index++) {
      const pair = WELL_KNOWN[index] as readonly [string, symbol];
      mapSet(this.#names, pair[1], pair[0]);
      mapSet(this.#wellKnown, pair[0], pair[1]);
    }
  }

  pack(symbol: symbol): SymbolSpecial {
    const name = mapGet(this.#names, symbol) ?? null;
    const key = symbolKey(symbol) ?? null;
    const foreign = mapGet(this.#foreignIds, symbol);
    const id = name !== null || key !== null ? 0 : (foreign ?? this.#ownId(symbol));
    return { k: "symbol", name, key, id, home: foreign !== undefined, description: symbolDescription(symbol) };
  }

  unpack(special: SymbolSpecial): symbol {
    const found =
      special.name !== null
        ? mapGet(this.#wellKnown, special.name)
        : special.key !== null
          ? symbolFor(special.key)
          : special.home
            ? mapGet(this.#own, special.id)
            : this.#foreignSymbol(special);
    if (found === undefined) {
      throw new SafeTypeError("a symbol that this world does not know");
    }
    return found;
  }

  #ownId(symbol: symbol): number {
    let id = mapGet(this.#ownIds, symbol);
    if (id === undefined) {
      id = ++this.#last;
      mapSet(this.#ownIds, symbol, id);
      mapSet(this.#own, id, symbol);
    }
    return id;
  }

  #foreignSymbol(special: SymbolSpecial): symbol {
    let symbol = mapGet(this.#foreign, special.id);
    if (symbol === undefined) {
      symbol = SafeSymbol(special.description);
      mapSet(this.#foreign, special.id, symbol);
      mapSet(this.#foreignIds, symbol, special.id);
    }
    return symbol;
  }
}
