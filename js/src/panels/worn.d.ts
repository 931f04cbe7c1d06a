export declare const THEME = "jupyterwin:theme";
