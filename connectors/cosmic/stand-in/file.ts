import { z } from 'zod';

const client = z.strictObject({
  id: z.string().min(1),
  secret: z.string().min(1).optional(),
  /** PEM (SPKI), for private_key_jwt. */
  publicKey: z.string().min(1).optional(),
});

const file = z.strictObject({
  clients: z.array(client).default([]),
  resources: z.array(
    z.looseObject({
      resourceType: z.enum([
        'Patient',
        'Encounter',
        'CarePlan',
        'Location',
        'Organization',
        'PractitionerRole',
      ]),
      id: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/),
    }),
  ),
});

/** The file of the stand-in; README.md explains it. */
export type StandInFile = z.infer<typeof file>;
export type StandInResource = StandInFile['resources'][number];

/** @throws ZodError naming the path of what is wrong. */
export function readStandInFile(value: unknown): StandInFile {
  return file.parse(value);
}

/** A resource that was sent to it; undefined when it is none that it keeps. */
export function readResource(value: unknown): StandInResource | undefined {
  return file.shape.resources.element.safeParse(value).data;
}
