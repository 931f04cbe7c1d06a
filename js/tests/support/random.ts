// Values nobody thought of, the same ones in every run of the same seed.

/** A generator of numbers in [0, 1) (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const KEYS = ["a", "b", "$", "__proto__", "constructor", "toJSON", "data", "shape", "length", "", "1", "é"];

/** A value of the table in docs/protocol.md, with shared parts and cycles now and then. */
export function randomValue(random: () => number, depth = 0, made: object[] = []): unknown {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const inner = () => randomValue(random, depth + 1, made);
  const some = (limit: number) => Array.from({ length: Math.floor(random() * limit) });
  const remember = <T extends object>(value: T): T => {
    made.push(value);
    return value;
  };
  const leaves = [
    () => null,
    () => undefined,
    () => random() < 0.5,
    () => Math.floor((random() - 0.5) * 2 ** 54),
    () => random() * 10 ** Math.floor(random() * 300),
    () => pick([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0]),
    () => BigInt(Math.floor(random() * 2 ** 53)) ** 3n,
    () => pick(["", "text", "\u{1F600}", "\0\n\u2028", "undef", "$"]),
    () => new Date(Math.floor(random() * 2e12)),
    () => /a(?:b|c)*/giu,
    () => new Uint8Array(some(20).map(() => random() * 256)),
    () => new Float64Array(some(5).map(() => random())),
    () => ({ data: new Int16Array([1, 2, 3, 4]), shape: [2, 2] }),
    () => new Uint8Array([1, 2, 3]).buffer,
  ];
  const containers = [
    () => {
      const array = remember<unknown[]>([]);
      for (const _ of some(5)) {
        array.push(inner());
      }
      return array;
    },
    () => {
      const object = remember<Record<string, unknown>>({});
      for (const _ of some(5)) {
        const how = { value: inner(), writable: true, enumerable: true, configurable: true };
        Object.defineProperty(object, pick(KEYS), how);
      }
      return object;
    },
    () => {
      const map = remember(new Map<unknown, unknown>());
      for (const _ of some(4)) {
        map.set(inner(), inner());
      }
      return map;
    },
    () => {
      const set = remember(new Set<unknown>());
      for (const _ of some(4)) {
        set.add(inner());
      }
      return set;
    },
    () => (made.length > 0 ? pick(made) : null),
  ];
  return random() < 0.5 && depth < 6 ? pick(containers)() : pick(leaves)();
}
