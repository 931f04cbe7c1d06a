// Whether two values that came from the kernel are the same to whoever looks at them.

/** Deeply, for plain data, dates and typed arrays; anything else is the same only as itself. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return false;
  }
  const prototype = Object.getPrototypeOf(a);
  if (prototype !== Object.getPrototypeOf(b)) {
    return false;
  }
  if (Array.isArray(a)) {
    return sameItems(a, b as unknown[]);
  }
  if (a instanceof Date) {
    return Object.is(a.getTime(), (b as Date).getTime());
  }
  if (ArrayBuffer.isView(a) && !(a instanceof DataView)) {
    return sameItems(a as unknown as ArrayLike<unknown>, b as ArrayLike<unknown>);
  }
  return (prototype === Object.prototype || prototype === null) && sameProperties(a, b);
}

function sameItems(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) {
    return false;
  }
  for (let index = 0; index < a.length; index++) {
    if (!same(a[index], b[index])) {
      return false;
    }
  }
  return true;
}

function sameProperties(a: object, b: object): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && same(Reflect.get(a, name), Reflect.get(b, name)))
  );
}
