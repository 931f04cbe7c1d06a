// Who holds what across the bridge: functions and signals lent to the other world, and stand-ins for what it lent.
//
// A thing keeps its id while the other world holds a stand-in, and its stand-in while somebody holds that, so the same
// function arrives as the same function. Giving back is counted, because a thing may be lent again on the way.

import {
  deref,
  mapDelete,
  mapGet,
  mapSet,
  registerIn,
  SafeMap,
  SafeRegistry,
  SafeWeakMap,
  SafeWeakRef,
  weakDelete,
  weakGet,
  weakSet,
} from "./primordials.ts";

interface Lent {
  readonly id: number;
  readonly target: object;
  count: number;
}

interface Borrowed {
  readonly id: number;
  readonly standIn: WeakRef<object>;
  count: number;
}

/** What this world lent to the other. */
export class Lending {
  readonly #byId = new SafeMap<number, Lent>();
  readonly #byTarget = new SafeWeakMap<object, Lent>();
  #last = 0;

  get size(): number {
    return this.#byId.size;
  }

  /** Lend once more; the id under which the other world knows it. */
  lend(target: object): number {
    let lent = weakGet(this.#byTarget, target);
    if (lent === undefined) {
      lent = { id: ++this.#last, target, count: 0 };
      weakSet(this.#byTarget, target, lent);
      mapSet(this.#byId, lent.id, lent);
    }
    lent.count++;
    return lent.id;
  }

  get(id: number): object | undefined {
    return mapGet(this.#byId, id)?.target;
  }

  /** The id of what the other world still holds. */
  idOf(target: object): number | undefined {
    return weakGet(this.#byTarget, target)?.id;
  }

  /** The other world gives back `count` of the times it was lent. */
  giveBack(id: number, count: number): void {
    const lent = mapGet(this.#byId, id);
    if (lent === undefined) {
      return;
    }
    lent.count -= count;
    if (lent.count <= 0) {
      mapDelete(this.#byId, id);
      weakDelete(this.#byTarget, lent.target);
    }
  }
}

/** Stand-ins for what the other world lent. */
export class Borrowing {
  readonly #byId = new SafeMap<number, Borrowed>();
  readonly #ids = new SafeWeakMap<object, number>();
  readonly #registry: FinalizationRegistry<Borrowed>;

  /** `giveBack` is told when a stand-in is gone, and how many times it had been lent. */
  constructor(giveBack: (id: number, count: number) => void) {
    this.#registry = new SafeRegistry((borrowed: Borrowed) => {
      if (mapGet(this.#byId, borrowed.id) === borrowed) {
        mapDelete(this.#byId, borrowed.id);
      }
      giveBack(borrowed.id, borrowed.count);
    });
  }

  /** The stand-in for what was lent under this id: the one we have, or a new one. */
  borrow<T extends object>(id: number, make: () => T): T {
    const known = mapGet(this.#byId, id);
    const alive = known && deref(known.standIn);
    if (known !== undefined && alive !== undefined) {
      known.count++;
      return alive as T;
    }
    const standIn = make();
    const borrowed: Borrowed = { id, standIn: new SafeWeakRef<object>(standIn), count: 1 };
    mapSet(this.#byId, id, borrowed);
    weakSet(this.#ids, standIn, id);
    registerIn(this.#registry, standIn, borrowed);
    return standIn;
  }

  /** The stand-in under this id, if somebody still holds it. */
  find(id: number): object | undefined {
    const known = mapGet(this.#byId, id);
    return known && deref(known.standIn);
  }

  /** The id of a stand-in; undefined for what is this world's own. */
  idOf(value: object): number | undefined {
    return weakGet(this.#ids, value);
  }
}
