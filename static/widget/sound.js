// @ts-check
/** One short soft note; made here, so that nothing has to be loaded. The visitor may turn it off. */
import { cell } from "../shared/cell.js";

const GAP_MS = 1_500;

export class Sound {
  #context = /** @type {AudioContext | null} */ (null);
  #last = 0;

  /** @param {import("../shared/keep.js").Keep} keep @param {() => void} changed */
  constructor(keep, changed) {
    this.keep = keep;
    this.on = cell(keep.get("sound", true) !== false, changed);
  }

  toggle() {
    this.on.value = !this.on.value;
    this.keep.set("sound", this.on.value ? null : false);
    if (this.on.value) this.note(); // so that one hears what was turned on
  }

  /** Browsers allow sound only after the visitor has done something in the chat. */
  note() {
    const now = Date.now();
    if (!this.on.value || !navigator.userActivation?.hasBeenActive || now - this.#last < GAP_MS) return;
    this.#last = now;
    this.#context ??= new AudioContext();
    play(this.#context);
  }
}

/** @param {AudioContext} context */
function play(context) {
  const at = context.currentTime;
  const volume = context.createGain();
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.12, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.5);
  const note = context.createOscillator();
  note.frequency.setValueAtTime(660, at);
  note.frequency.setValueAtTime(880, at + 0.12);
  note.connect(volume).connect(context.destination);
  note.start(at);
  note.stop(at + 0.5);
}
