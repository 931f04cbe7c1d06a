// A small DOM for the worlds of a test: what the bridge and the preload use of it. It plays the engine: nodes are shared,
// each world has wrappers of its own, and details of events are copied into the world that looks at them. Like an engine
// it runs outside both worlds, so nothing a page does to its built-ins can hurt it.

import { type Context, runInContext } from "node:vm";
import { modified } from "../../src/preload/load.ts";

/** The constructors of one world, as they were made. */
type Intrinsics = Readonly<Record<string, new (...args: unknown[]) => object>>;

const KINDS = [
  "Error",
  "Object",
  "Array",
  "Date",
  "RegExp",
  "Map",
  "Set",
  "ArrayBuffer",
  "DataView",
  "Uint8Array",
  "Float64Array",
];

/** A node, a window or a signal as all worlds share it. */
class Shared {
  listeners: { readonly world: World; readonly type: string; readonly listener: Listener }[] = [];
  shadow: Shared | null = null;
  readonly inShadow: boolean;

  constructor(inShadow = false) {
    this.inShadow = inShadow;
  }
}

type Listener = (event: object) => void;

/** The load that its documents are of, in seconds since 1970. */
export const LOAD = 1_700_000_000;

/** What all worlds of one window share. */
export class Dom {
  readonly window = new Shared();
  /** What a listener threw and no script caught. */
  readonly uncaught: unknown[] = [];

  /** Give a context the DOM. */
  install(context: Context): void {
    new World(this, context).install();
  }
}

interface EventState {
  readonly type: string;
  readonly from: World;
  readonly detail: unknown;
  readonly relatedTarget: Shared | null;
  readonly state: { stopped: boolean };
}

/** One world's classes and wrappers. */
class World {
  readonly #dom: Dom;
  readonly #context: Context;
  readonly #intrinsics: Intrinsics;
  readonly #wrappers = new WeakMap<Shared, object>();

  constructor(dom: Dom, context: Context) {
    this.#dom = dom;
    this.#context = context;
    this.#intrinsics = runInContext(`({ ${KINDS.join()} })`, context) as Intrinsics;
  }

  install(): void {
    const classes = this.#classes();
    const { Element, EventTarget } = classes;
    shares.set(this.#context, this.#dom.window);
    const values = {
      ...classes,
      structuredClone: (value: unknown) => this.copy(value),
      document: {
        documentElement: null,
        lastModified: modified(LOAD),
        createElementNS: () => this.wrap(new Shared(), Element.prototype),
      },
    };
    for (const [name, value] of Object.entries(values)) {
      Object.defineProperty(this.#context, name, { value, writable: true, configurable: true });
    }
    const global = runInContext("globalThis", this.#context) as object;
    shares.set(global, this.#dom.window);
    Object.setPrototypeOf(global, EventTarget.prototype);
    runInContext("var window = globalThis, top = globalThis, event;", this.#context);
  }

  wrap(shared: Shared, prototype: object): object {
    const wrapper = this.#wrappers.get(shared) ?? (Object.create(prototype) as object);
    this.#wrappers.set(shared, wrapper);
    shares.set(wrapper, shared);
    return wrapper;
  }

  dispatch(target: Shared, event: Event): void {
    const { type, state } = event[SECRET];
    for (const { world, listener } of target.listeners.filter((one) => one.type === type)) {
      if (state.stopped) {
        return;
      }
      world.#call(listener, event.in(world), target.inShadow);
    }
  }

  #call(listener: Listener, event: object, inShadow: boolean): void {
    const before: unknown = this.#context.event;
    this.#context.event = inShadow ? undefined : event;
    try {
      listener(event);
    } catch (problem) {
      this.#dom.uncaught.push(problem);
    } finally {
      this.#context.event = before;
    }
  }

  /** A structured clone of any world's value, made of this world's kinds. */
  copy(value: unknown, memo = new Map<unknown, unknown>()): unknown {
    if (typeof value === "function" || typeof value === "symbol") {
      throw new Error("DataCloneError");
    }
    if (typeof value !== "object" || value === null) {
      return value;
    }
    if (!memo.has(value)) {
      this.#copyObject(value, memo);
    }
    return memo.get(value);
  }

  #make(name: string, ...args: unknown[]): object {
    return Reflect.construct(this.#intrinsics[name] as new () => object, args) as object;
  }

  #copyObject(value: object, memo: Map<unknown, unknown>): void {
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    const make = (name: string, ...args: unknown[]): object => {
      const made = this.#make(name, ...args);
      memo.set(value, made);
      return made;
    };
    if (ArrayBuffer.isView(value)) {
      const length = (value as { length?: number }).length ?? value.byteLength;
      make(kind, this.copy(value.buffer, memo), value.byteOffset, length);
    } else if (kind === "ArrayBuffer") {
      new Uint8Array(make(kind, (value as ArrayBuffer).byteLength) as ArrayBuffer).set(
        new Uint8Array(value as ArrayBuffer),
      );
    } else if (kind === "Date") {
      make(kind, Date.prototype.getTime.call(value));
    } else if (kind === "RegExp") {
      make(kind, (value as RegExp).source, (value as RegExp).flags);
    } else if (kind === "Map") {
      const made = make(kind) as Map<unknown, unknown>;
      Map.prototype.forEach.call(value as Map<unknown, unknown>, (v, k) => {
        Map.prototype.set.call(made, this.copy(k, memo), this.copy(v, memo));
      });
    } else if (kind === "Set") {
      const made = make(kind) as Set<unknown>;
      Set.prototype.forEach.call(value as Set<unknown>, (v) => Set.prototype.add.call(made, this.copy(v, memo)));
    } else if (kind === "Promise" || kind === "WeakMap") {
      throw new Error("DataCloneError");
    } else {
      const made = make(kind === "Array" ? "Array" : "Object");
      for (const key of Object.keys(value)) {
        const inner = this.copy((value as Record<string, unknown>)[key], memo);
        Object.defineProperty(made, key, { value: inner, writable: true, enumerable: true, configurable: true });
      }
    }
  }

  #classes() {
    const world = this;
    class WorldEvent extends Event {
      constructor(type: string) {
        super({ type, from: world, detail: null, relatedTarget: null, state: { stopped: false } });
      }
    }
    class CustomEvent extends Event {
      constructor(type: string, init: Record<string, unknown> = {}) {
        // As an engine reads a dictionary: every member, through the prototype chain.
        const [detail] = ["detail", "bubbles", "cancelable", "composed"].map((name) => init[name]);
        super({ type, from: world, detail: detail ?? null, relatedTarget: null, state: { stopped: false } });
      }
      get detail(): unknown {
        return this.detailIn(world);
      }
    }
    class MouseEvent extends Event {
      constructor(type: string, init: { relatedTarget: object }) {
        const relatedTarget = shares.get(init.relatedTarget) ?? null;
        super({ type, from: world, detail: null, relatedTarget, state: { stopped: false } });
      }
      get relatedTarget(): object | null {
        const { relatedTarget } = this[SECRET];
        return relatedTarget && world.wrap(relatedTarget, Element.prototype);
      }
    }
    class EventTarget {
      addEventListener(type: string, listener: Listener): void {
        sharedOf(this).listeners.push({ world, type, listener });
      }
      removeEventListener(type: string, listener: Listener): void {
        const own = sharedOf(this);
        own.listeners = own.listeners.filter((one) => one.type !== type || one.listener !== listener);
      }
      dispatchEvent(event: Event): boolean {
        world.dispatch(sharedOf(this), event);
        return true;
      }
    }
    class Element extends EventTarget {
      attachShadow(): object {
        const own = sharedOf(this);
        own.shadow = new Shared(true);
        return world.wrap(own.shadow, EventTarget.prototype);
      }
      get shadowRoot(): object | null {
        const { shadow } = sharedOf(this);
        return shadow && world.wrap(shadow, EventTarget.prototype);
      }
    }
    class AbortSignal extends EventTarget {
      get aborted(): boolean {
        return (aborts.get(this) as Aborted).aborted;
      }
      get reason(): unknown {
        return (aborts.get(this) as Aborted).reason;
      }
    }
    class AbortController {
      readonly #signal = new AbortSignal();
      constructor() {
        shares.set(this.#signal, new Shared());
        aborts.set(this.#signal, { aborted: false, reason: undefined });
      }
      get signal(): AbortSignal {
        return this.#signal;
      }
      abort(reason: unknown = world.#make("Error", "aborted")): void {
        if (!(aborts.get(this.#signal) as Aborted).aborted) {
          aborts.set(this.#signal, { aborted: true, reason });
          world.dispatch(sharedOf(this.#signal), new WorldEvent("abort"));
        }
      }
    }
    makers.set(world, { CustomEvent, MouseEvent });
    return { Event: WorldEvent, CustomEvent, MouseEvent, EventTarget, Element, AbortSignal, AbortController };
  }
}

interface Aborted {
  readonly aborted: boolean;
  readonly reason: unknown;
}

const SECRET = Symbol("event");
const shares = new WeakMap<object, Shared>();
const aborts = new WeakMap<object, Aborted>();
const makers = new WeakMap<World, { readonly CustomEvent: object; readonly MouseEvent: object }>();

function sharedOf(wrapper: object): Shared {
  return shares.get(wrapper) as Shared;
}

/** An event in the world that made it, or its likeness in another. */
class Event {
  readonly [SECRET]: EventState;
  #copied: { readonly value: unknown } | null = null;

  constructor(state: EventState) {
    this[SECRET] = state;
  }

  get type(): string {
    return this[SECRET].type;
  }

  stopImmediatePropagation(): void {
    this[SECRET].state.stopped = true;
  }

  in(world: World): Event {
    const state = this[SECRET];
    if (state.from === world) {
      return this;
    }
    const likeness = new Event(state);
    const made = makers.get(world);
    const kind = state.relatedTarget === null ? made?.CustomEvent : made?.MouseEvent;
    Object.setPrototypeOf(likeness, (kind as { prototype: object }).prototype);
    return likeness;
  }

  detailIn(world: World): unknown {
    const { from, detail } = this[SECRET];
    if (from === world) {
      return detail;
    }
    try {
      this.#copied ??= { value: world.copy(detail) };
    } catch {
      this.#copied = { value: null }; // as engines do: what cannot be copied is null
    }
    return this.#copied.value;
  }
}
