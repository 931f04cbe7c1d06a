// The built-ins of this world, taken before any page script ran. The only file of bridge/ and stub/ that names globals.
//
// In the main world a page may replace every global and every prototype's method afterwards, put accessors on
// Object.prototype or change how arrays are iterated. So the code of bridge/ and stub/ calls what is here, sets
// properties only of objects without a prototype or by definition, and never iterates, spreads or destructures arrays.

/** A function `(self, …args)` from a method, immune to a patched Function.prototype. */
function uncurry<S, A extends unknown[], R>(method: (this: S, ...args: A) => R): (self: S, ...args: A) => R {
  return (self, ...args) => apply(method, self, args) as R;
}

function getter<S, R>(prototype: S, name: keyof S): (self: S) => R {
  const found = Reflect.getOwnPropertyDescriptor(prototype as object, name)?.get;
  if (found === undefined) {
    throw new TypeError(`this engine has no getter for ${String(name)}`);
  }
  return uncurry(found as (this: S) => R);
}

export const { apply, getPrototypeOf, setPrototypeOf, has, ownKeys, getOwnPropertyDescriptor } = Reflect;
const { defineProperty } = Reflect;

export const { isArray } = Array;
export const { keys, freeze, getOwnPropertySymbols, hasOwn } = Object;
export const ObjectPrototype = Object.prototype;
export const ErrorPrototype = Error.prototype;
export const PromisePrototype = Promise.prototype;
export const AbortSignalPrototype = AbortSignal.prototype;
export const isEnumerable = uncurry(Object.prototype.propertyIsEnumerable);
const isPrototype = uncurry(Object.prototype.isPrototypeOf);
export const inherits = (value: object, prototype: object): boolean => isPrototype(prototype, value);

export const SafeError = Error;
export const SafeTypeError = TypeError;
export const STANDARD_ERRORS: readonly (readonly [string, ErrorConstructor])[] = [
  ["Error", Error],
  ["EvalError", EvalError],
  ["RangeError", RangeError],
  ["ReferenceError", ReferenceError],
  ["SyntaxError", SyntaxError],
  ["TypeError", TypeError],
  ["URIError", URIError],
];
export const SafePromise = Promise;
export const SafeString = String;
export const SafeSymbol = Symbol;
export const symbolFor = Symbol.for;
export const symbolKey = Symbol.keyFor;
export const symbolDescription = getter(Symbol.prototype, "description") as unknown as (
  s: symbol,
) => string | undefined;
export const SafeMap = Map;
export const mapGet = uncurry(Map.prototype.get) as <K, V>(map: Map<K, V>, key: K) => V | undefined;
export const mapSet = uncurry(Map.prototype.set) as <K, V>(map: Map<K, V>, key: K, value: V) => unknown;
export const mapDelete = uncurry(Map.prototype.delete) as <K>(map: Map<K, unknown>, key: K) => boolean;
export const SafeWeakMap = WeakMap;
export const weakGet = uncurry(WeakMap.prototype.get) as <V>(map: WeakMap<object, V>, key: object) => V | undefined;
export const weakSet = uncurry(WeakMap.prototype.set) as <V>(map: WeakMap<object, V>, key: object, value: V) => unknown;
export const weakDelete = uncurry(WeakMap.prototype.delete) as (map: WeakMap<object, unknown>, key: object) => boolean;
export const SafeWeakRef = WeakRef;
export const deref = uncurry(WeakRef.prototype.deref) as <T extends object>(ref: WeakRef<T>) => T | undefined;
export const SafeRegistry = FinalizationRegistry;
export const registerIn = uncurry(FinalizationRegistry.prototype.register) as <T>(
  registry: FinalizationRegistry<T>,
  target: object,
  held: T,
) => void;
export const whenSettled = uncurry(Promise.prototype.then) as (
  promise: Promise<unknown>,
  settled: (value: unknown) => void,
  failed: (reason: unknown) => void,
) => unknown;

export const ASYNC_ITERATOR: typeof Symbol.asyncIterator = Symbol.asyncIterator;
export const logError = console.error.bind(console);

export const clone = structuredClone;
export const { isView } = ArrayBuffer;
/** Kinds that the engine copies between worlds by itself, and that cannot fail to be copied. */
export const COPIED: readonly object[] = [Date.prototype, RegExp.prototype, ArrayBuffer.prototype];
/** Kinds that can be copied unless what they hold cannot. Not every engine has all of them. */
export const CLONED: readonly object[] = prototypes([
  ...["Map", "Set", "Boolean", "Number", "String", "BigInt", "Blob", "FileList", "ImageData", "ImageBitmap"],
  ...["VideoFrame", "AudioData", "CryptoKey", "DOMMatrixReadOnly", "DOMPointReadOnly", "DOMRectReadOnly", "DOMQuad"],
]);
/** Kinds that never cross, although a walk over their properties would find nothing wrong. */
export const REFUSED: readonly object[] = prototypes(["EventTarget", "WeakMap", "WeakSet", "WeakRef"]);

export const SafeCustomEvent = CustomEvent;
export const detailOf = getter(CustomEvent.prototype, "detail") as (event: CustomEvent) => unknown;
export const dispatch = uncurry(EventTarget.prototype.dispatchEvent) as (target: EventTarget, event: Event) => boolean;
export const listen = uncurry(EventTarget.prototype.addEventListener) as (
  target: EventTarget,
  type: string,
  listener: (event: Event) => void,
  capture: boolean,
) => void;
export const unlisten = uncurry(EventTarget.prototype.removeEventListener) as typeof listen;
export const stopImmediately = uncurry(Event.prototype.stopImmediatePropagation) as (event: Event) => void;

export const SafeAbortController = AbortController;
export const abort = uncurry(AbortController.prototype.abort) as (controller: AbortController, why: unknown) => void;
export const signalOf = getter(AbortController.prototype, "signal") as (controller: AbortController) => AbortSignal;
export const isAborted = getter(AbortSignal.prototype, "aborted") as (signal: AbortSignal) => boolean;
export const reasonOf = getter(AbortSignal.prototype, "reason") as (signal: AbortSignal) => unknown;

/** The symbols every world has its own copy of, by name. */
export const WELL_KNOWN: readonly (readonly [string, symbol])[] = Object.getOwnPropertyNames(Symbol).flatMap((name) => {
  const value: unknown = Reflect.get(Symbol, name);
  return typeof value === "symbol" ? [[name, value] as const] : [];
});

/** An object without a prototype: setting and reading its properties reaches nothing else. */
export function bare<T = unknown>(): Record<PropertyKey, T> {
  return { __proto__: null } as unknown as Record<PropertyKey, T>;
}

/** An array without a prototype; it grows by `push(list, item)`. */
export function list<T>(): T[] {
  const made: T[] = [];
  setPrototypeOf(made, null);
  return made;
}

/** Append to a `list()`; on an array that has a prototype, a page's accessor could be hit. */
export function push<T>(to: T[], item: T): void {
  to[to.length] = item;
}

/** Define a plain data property, whatever its name. */
export function define(target: object, key: PropertyKey, value: unknown): void {
  put(target, key, { __proto__: null, value, enumerable: true, writable: true, configurable: true });
}

/** Define a property that can be neither changed nor taken away. */
export function defineForGood(target: object, key: PropertyKey, value: unknown): void {
  put(target, key, { __proto__: null, value, enumerable: true, writable: false, configurable: false });
}

/** Define a property that does not show in a listing, as built-ins do. */
export function defineHidden(target: object, key: PropertyKey, value: unknown): void {
  put(target, key, { __proto__: null, value, enumerable: false, writable: true, configurable: true });
}

/** Define an accessor that shows in a listing and can be neither changed nor taken away. */
export function defineAccessor(target: object, key: PropertyKey, get: object, set: object): void {
  put(target, key, { __proto__: null, get, set, enumerable: true, configurable: false });
}

function put(target: object, key: PropertyKey, how: object): void {
  if (!defineProperty(target, key, how as PropertyDescriptor)) {
    throw new SafeTypeError(`cannot define ${SafeString(key)}`);
  }
}

function prototypes(names: readonly string[]): readonly object[] {
  return names.flatMap((name) => {
    const found = (globalThis as Record<string, unknown>)[name] as { readonly prototype: object } | undefined;
    return found === undefined ? [] : [found.prototype];
  });
}
