// The build gathers styles into panels.css.
declare module "*.css";
