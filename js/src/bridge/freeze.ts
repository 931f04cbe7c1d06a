// Freezing an API deeply, before it is put on the window.

import {
  freeze,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  isArray,
  mapGet,
  mapSet,
  ObjectPrototype,
  ownKeys,
  SafeMap,
} from "./primordials.ts";

/** Freeze `value` and all that its properties reach. Typed arrays and other built-in kinds stay as they are. */
export function freezeDeeply(value: unknown): void {
  freezeIn(value, new SafeMap());
}

function freezeIn(value: unknown, seen: Map<object, true>): void {
  const isFunction = typeof value === "function";
  if (!isFunction && (typeof value !== "object" || value === null)) {
    return;
  }
  if (mapGet(seen, value) || !(isFunction || isArray(value) || getPrototypeOf(value) === ObjectPrototype)) {
    return;
  }
  mapSet(seen, value, true);
  const names = ownKeys(value);
  for (let index = 0; index < names.length; index++) {
    freezeIn(getOwnPropertyDescriptor(value, names[index] as PropertyKey)?.value, seen);
  }
  freeze(value);
}
