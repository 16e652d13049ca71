/** Where a value stands: `PID-3`, `PID-3.4`, `PID-3.4.2`. Component and subcomponent are the first when left out. */
export type FieldPath = {
  readonly segment: string;
  readonly field: number;
  readonly component: number;
  readonly subcomponent: number;
};

const pattern = /^([A-Z][A-Z0-9]{2})-(\d{1,3})(?:\.(\d{1,2})(?:\.(\d{1,2}))?)?$/;

/** Reads a path as the mapping file writes it; undefined when it is not one. */
export function readPath(text: string): FieldPath | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, segment, field, component, subcomponent] = match;
  const path = {
    segment: segment ?? '',
    field: Number(field),
    component: Number(component ?? 1),
    subcomponent: Number(subcomponent ?? 1),
  };
  return path.field > 0 && path.component > 0 && path.subcomponent > 0 ? path : undefined;
}

/** A path as the mapping file writes it. */
export function writePath({ segment, field, component }: FieldPath): string {
  return component === 1 ? `${segment}-${field}` : `${segment}-${field}.${component}`;
}
