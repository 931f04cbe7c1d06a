// KaTeX comes without types for its parts.
declare module "katex/contrib/auto-render" {
  export default function renderMathInElement(el: HTMLElement, options: object): void;
}
