// @ts-check
/** One short soft note; made here, so that nothing has to be loaded. */

let context = /** @type {AudioContext | null} */ (null);

export function chime() {
  // Browsers allow sound only after the visitor has done something in the chat.
  if (!navigator.userActivation?.hasBeenActive) return;
  context ??= new AudioContext();
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
