/**
 * Writes plain data as YAML in block style. Only what a generated document needs: objects, arrays, text, numbers,
 * booleans. Text is always quoted (JSON text is YAML text), so no word is taken for a number, date or boolean.
 * @see https://yaml.org/spec/1.2.2/
 */
export function yaml(value: unknown, indent = ''): string {
  if (Array.isArray(value) && value.length > 0) {
    return value.map((item) => `\n${indent}-${yaml(item, `${indent}  `)}`).join('');
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    return Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => `\n${indent}${key(name)}:${yaml(item, `${indent}  `)}`)
      .join('');
  }
  return ` ${JSON.stringify(value)}`;
}

function key(name: string): string {
  return /^[$A-Za-z][\w$./-]*$/.test(name) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(name)
    ? name
    : JSON.stringify(name);
}
