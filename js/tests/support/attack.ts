// What a hostile page does: it hooks every built-in it can reach, and puts accessors on Object.prototype for every name
// that a bridge might read or set. Each hook writes down in `captured` what passes through it, and lets it pass.

/** Runs in the page, as text. `keep` holds what the test itself goes on using. */
export const ATTACK = `
  const { apply, construct, ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect;
  const ObjectPrototype = Object.prototype;
  const { abort } = AbortController.prototype;
  const { get: signal } = getOwnPropertyDescriptor(AbortController.prototype, "signal");
  const Controller = AbortController;
  globalThis.keep = { apply, abort, signal, Controller };
  globalThis.captured = [];
  const data = (value) => ({ __proto__: null, value, writable: true, enumerable: true, configurable: true });
  const note = (where, ...what) => { defineProperty(captured, captured.length, data([where, what])); };
  const hook = (where, fn) => function (...args) {
    note(where, this, args);
    return new.target ? construct(fn, args) : apply(fn, this, args);
  };
  const owners = {
    Object, Reflect, Array, Function, Promise, Symbol, Error, TypeError, RangeError, Map, Set, WeakMap, WeakRef,
    FinalizationRegistry, Date, RegExp, String, Number, BigInt, ArrayBuffer, CustomEvent, MouseEvent, Event, EventTarget,
    AbortController, AbortSignal,
  };
  const patch = (owner, label) => {
    for (const name of ownKeys(owner)) {
      const how = { __proto__: null, ...getOwnPropertyDescriptor(owner, name) };
      if (how.configurable && name !== "constructor") {
        for (const part of ["value", "get", "set"]) {
          if (typeof how[part] === "function") how[part] = hook(label + "." + String(name), how[part]);
        }
        defineProperty(owner, name, how);
      }
    }
  };
  const names = ownKeys(owners);
  for (const name of names) {
    if (owners[name].prototype) patch(owners[name].prototype, name + ".prototype");
    patch(owners[name], name);
  }
  for (const name of names) defineProperty(globalThis, name, data(hook("new " + name, owners[name])));
  defineProperty(globalThis, "structuredClone", data(hook("structuredClone", structuredClone)));
  const members = [
    "0", "1", "2", "length", "k", "id", "op", "v", "ok", "root", "patches", "entries", "home", "own", "count", "target",
    "detail", "bubbles", "cancelable", "composed", "get", "set", "value", "writable", "enumerable", "configurable",
    "name", "message", "key", "description", "aborted", "reason", "resolve", "reject", "standIn", "with", "cause",
    "function", "promise", "signal", "symbol",
  ];
  for (let n = 0; n < members.length; n++) {
    const name = members[n];
    defineProperty(ObjectPrototype, name, {
      __proto__: null, configurable: true,
      get() { note("get " + name, this); },
      set(value) { note("set " + name, this, value); },
    });
  }
  captured.length = 0;
`;

/** What the hooks saw since the attack, by name. */
export const SEEN = `(() => {
  let seen = "";
  for (let n = 0; n < captured.length; n++) seen += captured[n][0] + " ";
  return seen;
})()`;
