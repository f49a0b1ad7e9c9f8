// Keeps the order of a list while the user is reading it. Pure.

// Sort people in the order of `keys`; new people follow in their given order.
export function stableOrder(people, keys) {
  const index = new Map(keys.map((key, at) => [key, at]));
  const at = ({ key }) => index.get(key) ?? keys.length;
  return [...people].sort((a, b) => at(a) - at(b));
}
