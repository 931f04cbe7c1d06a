// The chunk "chart": uPlot and what draws with it.

import { chart } from "./chart.ts";

(globalThis as unknown as { jupyterwinChunks: Record<string, unknown> }).jupyterwinChunks.chart = { chart };
