type Present<Properties> = { [Name in keyof Properties]?: Exclude<Properties[Name], undefined> };

/** An object without the properties that are undefined. */
export function present<Properties extends object>(properties: Properties): Present<Properties> {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined),
  ) as Present<Properties>;
}
