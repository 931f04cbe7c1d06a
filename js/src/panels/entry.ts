// The page of a window that shows objects of the kernel: asks for its board, and follows it.

import "./styles/page.css";
import "./theme.ts";
import { Board } from "./board.ts";
import { link } from "./link.ts";

const board = new Board();
document.body.append(board.el);

// Listening before asking: what changes in between comes after the answer, or is in it.
let asked = false;
link.onChanged((state) => asked && board.show(state));
link.onPush((panel, number, message) => board.push(panel, number, message));
const there = link.board().then((state) => {
  asked = true;
  board.show(state);
});
link.onSettled(async (revision) => {
  await there;
  await board.settled(revision);
  return board.areas();
});
