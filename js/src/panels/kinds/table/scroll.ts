// Scroll: a place in a table that may be higher than any element can be. A browser's elements end at some 30 million pixels; beyond
// that the scroll bar stands for the table in proportion, and the wheel still moves by what it says.

/** Pixels up to which an element is as high as the table. */
const HIGHEST = 8_000_000;

export class Scroll {
  #top = 0;
  #height = 0;
  #expected = 0;
  readonly #el: HTMLElement;
  readonly #sizer: HTMLElement;

  /** `el` scrolls; `sizer` is inside, as large as the table. `moved` is called after each move. */
  constructor(el: HTMLElement, sizer: HTMLElement, moved: () => void) {
    this.#el = el;
    this.#sizer = sizer;
    el.addEventListener("scroll", () => {
      this.#follow();
      moved();
    });
    el.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  /** Pixels of the table above the view. */
  get top(): number {
    return this.#top;
  }

  get left(): number {
    return this.#el.scrollLeft;
  }

  /** The table's size, in pixels. */
  size(width: number, height: number): void {
    this.#height = height;
    this.#sizer.style.width = `${width}px`;
    this.#sizer.style.height = `${Math.min(height, HIGHEST)}px`;
    this.to(this.#top);
  }

  to(top: number, left = this.left): void {
    this.#top = Math.max(0, Math.min(top, this.#height - this.#el.clientHeight));
    this.#el.scrollTop = this.#top * this.#share();
    this.#expected = this.#el.scrollTop;
    this.#el.scrollLeft = left;
  }

  /** Pixels of the scroll bar for one of the table. */
  #share(): number {
    const { clientHeight } = this.#el;
    return this.#height <= HIGHEST ? 1 : (HIGHEST - clientHeight) / (this.#height - clientHeight);
  }

  #follow(): void {
    const { scrollTop, clientHeight } = this.#el;
    if (Math.abs(scrollTop - this.#expected) < 1) {
      return; // where we put it: the bar knows the place less exactly than we do
    }
    this.#expected = scrollTop;
    this.#top = Math.max(0, Math.min(scrollTop / this.#share(), this.#height - clientHeight));
  }

  #wheel(event: WheelEvent): void {
    if (this.#share() === 1 || event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      return;
    }
    event.preventDefault();
    const unit = [1, 24, this.#el.clientHeight][event.deltaMode] ?? 1;
    const before = this.#expected;
    this.to(this.#top + event.deltaY * unit);
    if (this.#expected === before) {
      this.#el.dispatchEvent(new Event("scroll"));
    }
  }
}
