// A list that somebody is reading does not reorder itself under their eyes. Pure.

// These people, those of `keys` first and in that order; newcomers follow in the order in which they were given.
export function steady(people, keys) {
  const index = new Map(keys.map((key, at) => [key, at]));
  const at = ({ key }) => index.get(key) ?? keys.length;
  return [...people].sort((a, b) => at(a) - at(b));
}
