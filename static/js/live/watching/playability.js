// Whether a video can play where it is, as the browser tells.

const HAVE_FUTURE_DATA = 3;

export function canPlay({ seeking, readyState }) {
  return !seeking && readyState >= HAVE_FUTURE_DATA;
}

// Resolves when the video can play, and after `longestMs` in any case.
export function untilPlayable(video, longestMs) {
  if (canPlay(video)) return Promise.resolve();
  return new Promise((resolve) => {
    const events = ["seeked", "canplay", "canplaythrough"];
    const done = () => {
      clearTimeout(late);
      for (const event of events) video.removeEventListener(event, look);
      resolve();
    };
    const look = () => canPlay(video) && done();
    const late = setTimeout(done, longestMs);
    for (const event of events) video.addEventListener(event, look);
  });
}

export function hasSound({ mozHasAudio, webkitAudioDecodedByteCount, audioTracks }) {
  return mozHasAudio || webkitAudioDecodedByteCount > 0 || audioTracks?.length > 0;
}
