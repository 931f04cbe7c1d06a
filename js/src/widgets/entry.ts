// Draws widgets in a frame of opaque origin: the frame's driver takes a port of the page's out of the first content, and
// from there on page and widgets speak over that.

import type { Driver, Stage } from "../frames/driver.ts";
import { Line } from "./line.ts";
import { Manager } from "./manager.ts";
import styles from "./styles/widgets.css";

globalThis.jupyterwinDriver = (stage: Stage): Driver => {
  const style = document.createElement("style");
  style.textContent = styles;
  document.head.append(style);
  stage.el.classList.add("jw-widgets");

  let last: Promise<void> = Promise.resolve();
  return {
    draw(content) {
      const line = new Line(content as MessagePort, (words) => {
        last = last.then(async () => {
          if (words.do === "show") {
            const { id } = words;
            await manager.show(words.snapshot, stage.el).then(
              () => line.say({ say: "shown", id }),
              (problem: unknown) => line.say({ say: "shown", id, error: String(problem) }),
            );
          } else {
            await manager.take(words.batch);
          }
        });
      });
      const manager = new Manager(line);
      addEventListener("resize", () => manager.resized());
    },
  };
};
