// What the result of a function is known to be, for a bridge that cannot answer at once: its stand-in then hands out at
// once what does the same, later. Where worlds share a document nobody asks.

import { ASYNC_ITERATOR, apply, SafePromise, SafeWeakMap, weakGet, weakSet, whenSettled } from "./primordials.ts";

/** A function, whose own result is known too or is not; an async iterator. */
export type Shape = { readonly is: "function"; readonly gives: Shape | null } | { readonly is: "iterator" };

const shapes = new SafeWeakMap<object, Shape>();

/** Say what `fn` returns. */
export function gives<F extends object>(fn: F, shape: Shape): F {
  weakSet(shapes, fn, shape);
  return fn;
}

/** What `fn` returns, as far as it was said. */
export function shapeOf(fn: object): Shape | null {
  return weakGet(shapes, fn) ?? null;
}

/** What a disposer is, or a way to send: a function whose result is no more than itself. */
export const A_FUNCTION: Shape = { is: "function", gives: null };

type Later = Promise<unknown>;
// biome-ignore lint/suspicious/noExplicitAny: it stands for functions of any kind
type AnyFunction = (...args: any[]) => unknown;

/** What can be handed out at once for a result of this shape that is still under way. */
export function standFor(shape: Shape | null, later: Later): unknown {
  if (shape === null) {
    return later;
  }
  whenSettled(later, nothing, nothing); // who uses what stands for it hears of it
  if (shape.is === "function") {
    return (...args: unknown[]) =>
      standFor(
        shape.gives,
        after(later, (fn) => apply(fn as AnyFunction, undefined, args)),
      );
  }
  return iterator(later);
}

function nothing(): void {
  // Not unhandled.
}

/** What `use` makes of it, once it is there. */
function after(later: Later, use: (value: unknown) => unknown): Later {
  return new SafePromise((resolve, reject) => {
    whenSettled(
      later,
      (value) => {
        try {
          resolve(use(value));
        } catch (thrown) {
          reject(thrown);
        }
      },
      reject,
    );
  });
}

function iterator(later: Later): AsyncIterableIterator<unknown> {
  const method = (name: "next" | "return") => () =>
    after(later, (one) => (one as Required<AsyncIterator<unknown>>)[name]()) as Promise<IteratorResult<unknown>>;
  const made: AsyncIterableIterator<unknown> = {
    next: method("next"),
    return: method("return"),
    [ASYNC_ITERATOR]: () => made,
  };
  return made;
}
