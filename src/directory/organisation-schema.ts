/** The structure of the organisation file (JSON Schema, draft 07). What it means is checked by `check-organisation.ts`. */
const text = { type: 'string', minLength: 1, pattern: '\\S' } as const;
const texts = { type: 'array', items: text, uniqueItems: true } as const;
const services = {
  enum: [
    'needs-assessment',
    'home-nursing',
    'rehabilitation',
    'home-care',
    'disability-housing',
    'social-psychiatry',
  ],
} as const;
const responsibilities = {
  type: 'array',
  uniqueItems: true,
  items: { enum: ['read', 'write', 'acknowledge', 'sign', 'approve'] },
} as const;

/** An object with exactly these properties, all required but the optional ones. */
function object(required: Record<string, unknown>, optional: Record<string, unknown> = {}): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(required),
    properties: { ...required, ...optional },
  };
}

const role = object(
  { name: text, licensed: { type: 'boolean' }, titles: texts },
  { reviewsLog: { type: 'boolean' }, doctorLicence: text },
);

const provider = object(
  { organisationNumber: text, name: text, hsaId: text },
  // Which policies there are, and what may be narrowed of them, is of POLICIES_DIRECTORY: src/policies/check-providers.ts.
  {
    policy: text,
    local: { type: 'object' },
    weakerSecrecy: { type: 'boolean' },
    movesWithinTree: { type: 'boolean' },
  },
);

const unit = object(
  {
    hsaId: text,
    name: text,
    organisationNumber: text,
    side: { enum: ['hospital', 'outpatient', 'municipality', 'other'] },
    kind: {
      enum: [
        'organisation',
        'hospital',
        'ward',
        'emergency-ward',
        'health-centre',
        'psychiatric-outpatient',
        'needs-assessment',
        'home-nursing',
        'rehabilitation',
        'home-care',
        'school',
        'authority',
      ],
    },
    roles: { type: 'object', additionalProperties: responsibilities },
    active: { type: 'boolean' },
  },
  { parent: text, telephone: text, replacedBy: text },
);

const person = object(
  {
    hsaId: text,
    given: text,
    surname: text,
    titles: texts,
    assignments: { type: 'array', items: object({ hsaId: text, unit: text, titles: texts }) },
  },
  { protectedPerson: { const: true } },
);

const municipality = object(
  {
    code: text,
    name: text,
    organisationNumber: text,
    inboxes: {
      type: 'array',
      items: object(
        { unit: text, serves: { type: 'array', minItems: 1, uniqueItems: true, items: services } },
        { preselected: { type: 'boolean' }, distributes: { type: 'boolean' } },
      ),
    },
  },
  { minors: { type: 'boolean' } },
);

export const organisationSchema = object({
  roles: { type: 'object', additionalProperties: role },
  providers: { type: 'array', minItems: 1, items: provider },
  units: { type: 'array', minItems: 1, items: unit },
  people: { type: 'array', items: person },
  municipalities: { type: 'array', items: municipality },
});
