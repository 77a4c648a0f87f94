// Which screen an address means: patterns such as `/area/<ea>/map`, tried in the order they were added.
const PARAMETER = /<(\w+)>/g;

/** A list of patterns, each with what it stands for. */
export class RoutesTable {
  #routes = [];

  /** Add a pattern and what it stands for. */
  add(pattern, meaning) {
    const names = [...pattern.matchAll(PARAMETER)].map(([, name]) => name);
    const literal = pattern.split(PARAMETER).filter((_, place) => place % 2 === 0);
    const expression = new RegExp(`^${literal.map(escaped).join('([^/?]+)')}$`);
    this.#routes.push({ expression, names, meaning });
  }

  /**
   * What an address stands for, and its parameters; those after `?` come along.
   *
   * @param {string} hash `#/area/22001011001?from=map`
   */
  match(hash) {
    const [path, query = ''] = (hash.replace(/^#/, '') || '/').split('?', 2);
    for (const { expression, names, meaning } of this.#routes) {
      const found = expression.exec(path);
      if (!found) continue;
      const values = found.slice(1).map(decoded);
      const asked = Object.fromEntries(new URLSearchParams(query));
      return {
        meaning,
        params: { ...asked, ...Object.fromEntries(names.map((n, i) => [n, values[i]])) },
      };
    }
    return null;
  }
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
