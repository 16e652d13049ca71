/**
 * The parameters of a statement as rows, with their `place`. Many rows come as lists side by side. One that is alone comes as its values: to
 * start up functions, joins and sorts for it costs PostgreSQL more than the rest of the statement.
 * @param columns the parameter of each, with the type of one value: `sender: '$2::text'`
 */
export function given(alone: boolean, columns: Readonly<Record<string, string>>): string {
  const [names, parameters] = [Object.keys(columns), Object.values(columns)];
  return alone
    ? `(select ${parameters.join(', ')}, 1) as given (${names.join(', ')}, place)`
    : `unnest(${parameters.map((each) => `${each}[]`).join(', ')}) with ordinality as given (${names.join(', ')}, place)`;
}
