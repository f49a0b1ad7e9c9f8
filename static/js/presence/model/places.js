// Places and topics as paths, as in presence/core/places.py. Pure.

// The topics of a place, outermost first: "a/b/c" gives ["", "a", "a/b"].
export function topicsOf(place) {
  const parts = place ? place.split("/").slice(0, 2) : [];
  return ["", ...parts.map((_, index) => parts.slice(0, index + 1).join("/"))];
}

export function isWithin(topic, place) {
  return topic === "" || place === topic || place.startsWith(`${topic}/`);
}

// The topic that counts a place, and the child's name in it: "a/b/c" is child "c" of "a/b".
export function parentOf(place) {
  const cut = place.lastIndexOf("/");
  return cut < 0 ? ["", place] : [place.slice(0, cut), place.slice(cut + 1)];
}
