// How a window under a cell looks: in the colours of JupyterLab, or of the system where there is no JupyterLab.

export const STYLE = `
.jupyterwin-place {
  --border: var(--jp-border-color1, light-dark(#c8c8c8, #555));
  --surface: var(--jp-layout-color2, light-dark(#f3f3f3, #2b2b2b));
  --text: var(--jp-ui-font-color1, light-dark(#222, #e8e8e8));
  --faint: var(--jp-ui-font-color2, light-dark(#666, #aaa));
  box-sizing: border-box; max-width: 100%; margin: 4px 0; overflow: hidden;
  border: 1px solid var(--border); border-radius: 6px;
  color: var(--text); font: 13px/20px var(--jp-ui-font-family, system-ui, sans-serif);
}
.jupyterwin-place[hidden] { display: none; }
.jupyterwin-bar {
  display: flex; align-items: center; gap: 8px; padding: 4px 4px 4px 12px; min-height: 28px; box-sizing: border-box;
  background: var(--surface); border-bottom: 1px solid var(--border);
}
.jupyterwin-title { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600; }
.jupyterwin-note { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--faint); }
.jupyterwin-place button {
  font: inherit; color: inherit; background: none; border: 1px solid transparent; border-radius: 4px; cursor: pointer;
}
.jupyterwin-close { width: 24px; height: 20px; padding: 0; font-size: 11px; line-height: 16px; }
.jupyterwin-place button:hover { background: var(--border); }
.jupyterwin-place button:focus-visible { outline: 2px solid var(--jp-brand-color1, #1976d2); }
.jupyterwin-place button.jupyterwin-take { padding: 0 8px; border-color: var(--border); }
.jupyterwin-stage { position: relative; overflow: hidden; }
.jupyterwin-frame { display: block; width: 100%; height: 100%; border: 0; }
.jupyterwin-line { margin: 0; padding: 12px; background: var(--jp-layout-color1, light-dark(#fff, #1e1e1e)); }
.jupyterwin-over .jupyterwin-frame { opacity: .45; }
.jupyterwin-over .jupyterwin-note { color: var(--jp-error-color1, #c62828); }
`;
