// The sound at the end of a round.

// Two soft notes, made here: there is no file to load.
export function chime() {
  const audio = new AudioContext();
  for (const [at, pitch] of [[0, 660], [0.25, 880]]) {
    const [note, volume] = [new OscillatorNode(audio, { frequency: pitch }), new GainNode(audio, { gain: 0.05 })];
    note.connect(volume).connect(audio.destination);
    note.start(audio.currentTime + at);
    note.stop(audio.currentTime + at + 0.2);
  }
}
