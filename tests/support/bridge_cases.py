"""What crosses the contextBridge, as data: (name, what the preload exposes as `api`, what the page evaluates, its value).

Electron's own rules, row by row (docs/protocol.md §4). Pure data; tests/window/test_context_bridge.py runs it in a real window.
"""

from __future__ import annotations

from typing import Any

CLONE = "An object could not be cloned."


def thrown(script: str) -> str:
    """A body that gives what `script` throws: whether it is an Error of the page's own, its name, its message."""
    return f"try {{ {script}; return 'nothing' }} catch (e) {{ return [e instanceof Error, e.constructor.name, e.message] }}"


def rejected(script: str) -> str:
    """The same for what a promise rejects with."""
    return f"try {{ await {script}; return 'nothing' }} catch (e) {{ return [e instanceof Error, e.message] }}"


CASES: list[tuple[str, str, str, Any]] = [
    # ---------------------------------------------------------------- the exposed object
    ("read-only", "{x: 1}", "return [Reflect.set(window, 'KEY', 1), Reflect.set(api, 'x', 2), api.x]", [False, False, 1]),
    ("not deletable", "{x: 1}", "return [delete globalThis.KEY, typeof api]", [False, "object"]),
    ("not configurable", "{x: 1}", "return Object.getOwnPropertyDescriptor(window, 'KEY').configurable", False),
    ("frozen", "{a: {b: [{c: 1}]}}", "return [api, api.a, api.a.b, api.a.b[0]].every(Object.isFrozen)", True),
    ("functions are frozen", "{f: () => 1}", "return Object.isFrozen(api.f)", True),
    ("contents of arrays of bytes are not", "{a: new Uint8Array(2)}", "api.a[0] = 7; return api.a[0]", 7),
    ("a function alone", "() => 42", "return api()", 42),
    ("a string alone", "'text'", "return api", "text"),
    # ---------------------------------------------------------------- plain values
    ("plain values", "['s', 1.5, true, null]", "return api", ["s", 1.5, True, None]),
    ("undefined", "{u: undefined}", "return ['u' in api, api.u === undefined]", [True, True]),
    ("bigint", "10n ** 20n", "return api === 10n ** 20n", True),
    ("numbers", "[NaN, -0, Infinity]", "return [isNaN(api[0]), Object.is(api[1], -0), api[2] > 1e308]", [True] * 3),
    ("lone surrogates", r"'a\ud800'", r"return api === 'a\ud800'", True),
    # ---------------------------------------------------------------- objects
    ("deep copies", "(globalThis.kept = {x: {y: 1}})", "return api.x.y", 1),
    ("object prototype", "{}", "return Object.getPrototypeOf(api) === Object.prototype", True),
    ("no constructor leads out", "{a: {}}", "return api.a.constructor === Object", True),
    ("array prototype", "[1]", "return api instanceof Array && Object.getPrototypeOf(api) === Array.prototype", True),
    ("function prototype", "() => 1", "return api instanceof Function && api.constructor === Function", True),
    ("prototype is dropped", "Object.create({inherited: 1}, {own: {value: 2, enumerable: true}})", "return {...api}", {"own": 2}),
    ("hidden properties are dropped", "Object.defineProperty({}, 'h', {value: 1})", "return 'h' in api", False),
    ("class instance", "new (class A { x = 1; m() {} })()", "return [{...api}, typeof api.m, api.constructor.name]", [{"x": 1}, "undefined", "Object"]),
    ("numeric keys stay an object", "{1: 'a', 2: 'b'}", "return [Array.isArray(api), api[1]]", [False, "a"]),
    ("keys keep their order", "{a: () => 1, b: 2, c: new Error()}", "return Object.keys(api)", ["a", "b", "c"]),
    ("sparse array", "[1, , 3]", "return [api.length, api[1] === undefined]", [3, True]),
    ("cycle", "(o => (o.self = o))({})", "return api.self.self === api", True),
    ("shared object", "(o => [o, o])({})", "return api[0] === api[1]", True),
    ("own __proto__ key", "JSON.parse('{\"__proto__\": {\"x\": 1}, \"y\": 2}')", "return [Object.keys(api).sort(), api.x, Object.getPrototypeOf(api) === Object.prototype]", [["__proto__", "y"], None, True]),
    ("own __proto__ in an argument", "o => [Object.keys(o), o.x === undefined, Object.getPrototypeOf(o) === Object.prototype]", "return api(JSON.parse('{\"__proto__\": {\"x\": 1}}'))", [["__proto__"], True, True]),
    ("own constructor key", "{constructor: 1, toString: 2, hasOwnProperty: 3}", "return {...api}", {"constructor": 1, "toString": 2, "hasOwnProperty": 3}),
    ("getter is read once", "(n => ({get n() { return ++n; }}))(0)", "return [api.n, api.n, api.n]", [1, 1, 1]),
    ("depth", "x => 0", thrown("let o = {}; for (let i = 0; i < 1010; i++) o = {o}; api(o)"), [True, "TypeError"]),
    ("depth that is allowed", "x => 1", "let o = {}; for (let i = 0; i < 900; i++) o = {o}; return api(o)", 1),
    # ---------------------------------------------------------------- functions
    ("called again and again", "(n => () => ++n)(0)", "return [api(), api(), api()]", [1, 2, 3]),
    ("arguments and results are copies", "(o => (globalThis.arg = o, o))", "const o = {x: 1}; const back = api(o); return [back === o, back.x]", [False, 1]),
    ("the preload's function comes home itself", "(f => ({f, same: g => g === f}))(() => 1)", "return api.same(api.f)", True),
    ("the page's function comes home itself", "f => f", "const f = () => 1; return api(f) === f", True),
    ("a callback", "f => f(2) + f(3)", "return api(x => x * 10)", 50),
    ("a callback kept for later", "{keep: f => { globalThis.keptCallback = f; }, call: x => globalThis.keptCallback(x)}", "api.keep(x => x + 1); return api.call(1)", 2),
    ("properties of functions are dropped", "Object.assign(() => 1, {extra: 1})", "return [api.extra, api.prototype]", [None, None]),
    ("not constructable", "function F() { return 1; }", thrown("new api()"), [True, "TypeError"]),
    ("a class cannot be called", "class A {}", thrown("api()"), [True, "TypeError"]),
    ("this does not cross", "function () { 'use strict'; return this === undefined; }", "return api.call({secret: 1})", True),
    # ---------------------------------------------------------------- promises
    ("promise", "Promise.resolve({x: 1})", "return [api instanceof Promise, (await api).x]", [True, 1]),
    ("promise inside", "{a: [Promise.resolve(1)]}", "return await api.a[0]", 1),
    ("promise of a function", "async () => ({f: () => 7})", "return (await api()).f()", 7),
    ("rejection", "() => Promise.reject(new TypeError('no'))", rejected("api()"), [True, "no"]),
    ("rejection by no error", "() => Promise.reject('no')", rejected("api()"), [True, "no"]),
    ("rejection that cannot be copied", "() => Promise.resolve(new WeakMap())", rejected("api()"), [True, CLONE]),
    ("promise of the page", "async p => (await p) + 1", "return await api(Promise.resolve(1))", 2),
    ("promises with a patched then", "async () => 1", "const then = Promise.prototype.then; let seen = 0; Promise.prototype.then = function (...a) { seen++; return then.apply(this, a) }; try { const p = api(); return [await new Promise((r) => then.call(p, r)), seen > 1] } finally { Promise.prototype.then = then }", [1, False]),
    ("calls with patched function methods", "x => x + 1", "const {call, apply, bind} = Function.prototype; Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw new Error('seen') }; try { return api(1) } finally { Object.assign(Function.prototype, {call, apply, bind}) }", 2),
    ("calls with setters on Object.prototype", "o => Object.keys(o)", "let seen = 0; for (const k of ['v', 'op', 'id', 'k', 'x', 'get']) Object.defineProperty(Object.prototype, k, {set() { seen++ }, get() { seen++ }, configurable: true}); try { return [api({x: 1}), seen] } finally { for (const k of ['v', 'op', 'id', 'k', 'x', 'get']) delete Object.prototype[k] }", [["x"], 0]),
    # ---------------------------------------------------------------- errors
    ("thrown error", "() => { throw new RangeError('too far'); }", thrown("api()"), [True, "RangeError", "too far"]),
    ("error as a value", "() => new TypeError('m')", "const e = api(); return [e instanceof Error, e.message, typeof e.stack]", [True, "m", "string"]),
    ("thrown string", "() => { throw 'text'; }", thrown("api()"), [True, "Error", "text"]),
    ("thrown object", "() => { throw {secret: document}; }", thrown("api()"), [True, "Error"]),
    ("thrown null", "() => { throw null; }", thrown("api()"), [True, "Error"]),
    ("result that cannot be copied", "() => new WeakMap()", thrown("api()"), [True, "Error", CLONE]),
    ("nested result that cannot be copied", "() => ({a: [new WeakSet()]})", thrown("api()"), [True, "Error", CLONE]),
    ("argument that cannot be copied", "x => 1", thrown("api(new WeakRef({}))"), [True, "Error", CLONE]),
    ("throwing getter in a result", "() => ({get x() { throw new Error('got'); }})", thrown("api()"), [True, "Error", "got"]),
    ("throwing getter in an argument", "x => 1", thrown("api({get x() { throw new Error('mine') }})"), [True, "Error", "mine"]),
    ("throwing callback", "f => { try { f(); } catch (e) { return [e instanceof Error, e.message]; } }", "return api(() => { throw new Error('mine') })", [True, "mine"]),
    ("error with a throwing message", "() => { throw Object.defineProperty(new Error(), 'message', {get() { throw 1; }}); }", thrown("api()"), [True, "Error"]),
    # ---------------------------------------------------------------- built-in kinds
    ("date", "new Date(5)", "return [api instanceof Date, api.getTime()]", [True, 5]),
    ("regexp", "/a+/gi", "return [api instanceof RegExp, String(api)]", [True, "/a+/gi"]),
    ("map and set", "[new Map([[1, {x: 2}]]), new Set([3])]", "return [api[0] instanceof Map, api[0].get(1).x, api[1] instanceof Set, api[1].has(3)]", [True, 2, True, True]),
    ("bytes", "[new Uint8Array([1]), new Float64Array([2]), new ArrayBuffer(3), new DataView(new ArrayBuffer(4))]", "return [api[0] instanceof Uint8Array, api[1] instanceof Float64Array, api[2] instanceof ArrayBuffer, api[3] instanceof DataView]", [True] * 4),
    ("blob", "new Blob(['text'])", "return [api instanceof Blob, await api.text()]", [True, "text"]),
    ("a built-in kind of the page", "x => [x instanceof Date, x.getTime()]", "return api(new Date(7))", [True, 7]),
    ("bytes of the page", "x => [x instanceof Uint8Array, x[0]]", "return api(new Uint8Array([9]))", [True, 9]),
    ("symbol", "(s => ({s, same: t => s === t}))(Symbol('mine'))", "return [typeof api.s, api.same(api.s), api.s.description]", ["symbol", True, "mine"]),
    ("global symbol", "Symbol.for('shared')", "return api === Symbol.for('shared')", True),
    ("symbol as a key", "{[Symbol.for('key')]: 1}", "return api[Symbol.for('key')]", 1),
    ("well-known symbol", "{[Symbol.iterator]: () => [1, 2][Symbol.iterator]()}", "return typeof api[Symbol.iterator]", "function"),
    # ---------------------------------------------------------------- what must not lead anywhere
    ("the document does not cross", "() => document", thrown("api()"), [True, "Error", CLONE]),
    ("the window does not cross", "() => globalThis", thrown("api()"), [True, "Error", CLONE]),
    ("ipcRenderer does not cross", "jupyterwin.ipcRenderer", "return Object.keys(api)", []),
    ("ipcRenderer does not cross inside", "() => [{deep: jupyterwin.ipcRenderer}]", "return Object.keys(api()[0].deep)", []),
    ("nor does it with an event", "f => { jupyterwin.ipcRenderer.on('heard', f); }", "return await new Promise(r => { api((event, x) => r([Object.keys(event.sender), x])); console.log('LISTENING') })", [[], 1]),
    ("nor the whole API", "jupyterwin", "return [api.ipcRenderer, api.contextBridge].map(x => Object.keys(x ?? {}).length)", [0, 0]),
    ("a proxy of the page is data", "o => [typeof o, o.x]", "return api(new Proxy({x: 1}, {}))", ["object", 1]),
    ("a page's proxy cannot answer twice", "o => o.x === o.x", "let n = 0; return api(new Proxy({x: 1}, {get: () => ++n}))", True),
    ("arguments of a callback are copies of the page's kind", "f => f({a: [1]}, new Date(1), new Error('e'))", "let seen; api((o, d, e) => { seen = [o.constructor === Object, o.a.constructor === Array, d instanceof Date, e instanceof Error] }); return seen", [True] * 4),
    ("a callback's own prototype does not cross", "f => { try { return typeof f.secret; } catch (e) { return e.message; } }", "const f = Object.assign(() => 1, {secret: 1}); return api(f)", "undefined"),
]  # fmt: skip
