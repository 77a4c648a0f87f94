// Writes one thing after the other, each time the newest; what was overtaken is not written at all.

/**
 * Turn a write into one that never overtakes another for the same key.
 *
 * Every call resolves once its content, or a newer one, is written.
 *
 * @param {(key: string, content: any) => Promise<void>} write
 */
export function latest(write) {
  const lines = new Map();

  return function put(key, content) {
    const line = lines.get(key) ?? { next: null, running: null };
    lines.set(key, line);
    line.content = content;
    line.next ??= (line.running ?? Promise.resolve())
      .catch(() => {})
      .then(() => {
        line.running = line.next;
        line.next = null;
        return write(key, line.content);
      })
      .finally(() => {
        if (!line.next) lines.delete(key);
      });
    return line.next;
  };
}
