// The files that both languages' tests read.

import { readdirSync, readFileSync } from "node:fs";
import type { Batch, Frame } from "../../src/wire/frames.gen.ts";
import type { Bytes } from "../../src/wire/values.ts";

const SHARED = new URL("../../../tests/", import.meta.url);

export interface Vector {
  readonly name: string;
  readonly direction?: "both" | "js→py" | "py→js";
  readonly js?: string;
  readonly encoded?: unknown;
  readonly buffers?: readonly string[];
  readonly shared?: boolean;
  readonly refused?: string;
  readonly malformed?: boolean;
  readonly table?: boolean;
}

export type Step =
  | {
      readonly do: "push";
      readonly frame: Frame;
      readonly buffers?: number[];
      readonly latest?: boolean;
      readonly throws?: string;
    }
  | { readonly do: "flush"; readonly gives: { readonly batch: Batch; readonly buffers?: number[] } | null }
  | { readonly do: "acknowledge"; readonly gives: Batch | null }
  | {
      readonly do: "receive";
      readonly batch: Batch;
      readonly buffers?: number[];
      readonly gives?: readonly { readonly frame: Frame; readonly buffers?: number[] }[];
      readonly throws?: string;
    }
  | { readonly do: "check"; readonly queued?: number; readonly unacknowledged?: number; readonly mustAck?: boolean }
  | { readonly do: "new" };

export interface Transcript {
  readonly name: string;
  readonly about: string;
  readonly window?: number;
  readonly limit?: number;
  readonly steps: readonly Step[];
}

export function vectors(): Vector[] {
  return JSON.parse(readFileSync(new URL("vectors/values.json", SHARED), "utf8")) as Vector[];
}

export function transcripts(): Transcript[] {
  const folder = new URL("transcripts/", SHARED);
  const names = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
  return names.sort().map((name) => {
    const [head, ...steps] = readFileSync(new URL(name, folder), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    return { ...(head as Omit<Transcript, "name" | "steps">), name, steps: steps as Step[] };
  });
}

export function bytes(base64: string): Bytes {
  return new Uint8Array(Buffer.from(base64, "base64"));
}
