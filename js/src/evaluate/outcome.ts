// What an evaluation tells the host: that its code could be parsed, then its value or its error.

export interface Outcome {
  started?: true;
  d?: unknown;
  b?: string[];
  e?: { code: string; name: string; message: string };
}
