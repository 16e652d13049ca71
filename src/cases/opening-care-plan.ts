import type { CarePlan } from 'fhir/r4.js';
import type { Concept } from '../projection/codes/codes.js';

/** Codes of one system. A system may have codes of other kinds of case too, which are left out here. */
type CodesOfSystem = {
  readonly system: string;
  readonly concepts: Readonly<Record<string, Concept>>;
};

/** What the facade reads of every kind of case, or of none. */
type ReadOfEvery =
  | 'resourceType'
  | 'id'
  | 'meta'
  | 'implicitRules'
  | 'language'
  | 'text'
  | 'contained'
  | 'extension'
  | 'modifierExtension'
  | 'status'
  | 'intent'
  | 'category'
  | 'title'
  | 'subject'
  | 'author';

type NamesIn<Of> = Exclude<keyof Of & string, `_${string}`>;
type PathsIn<Name extends string, Value> = Value extends readonly (infer One)[]
  ? `${Name}[0]` | (One extends object ? `${Name}[0].${NamesIn<One>}` : never)
  : Value extends object
    ? Name | `${Name}.${NamesIn<Value>}`
    : Name;

/** Where an element stands below CarePlan, as a FHIRPath: `description`, `period.start`, `note[0].text`. */
type PathInCarePlan = {
  [Name in Exclude<NamesIn<CarePlan>, ReadOfEvery>]: PathsIn<Name, NonNullable<CarePlan[Name]>>;
}[Exclude<NamesIn<CarePlan>, ReadOfEvery>];

/** What an element holds. An instant and a date are read as such and lie within the bounds of times; a text holds no personal number. */
type ValueOfOpening =
  | { readonly type: 'instant' | 'date' | 'text' }
  /** A CodeableConcept with one of these codes. */
  | { readonly type: 'code'; readonly of: CodesOfSystem }
  /** The id of a resource of this type on this hub. Whether it is there, and for the opener, is for the opening to check. */
  | { readonly type: 'reference'; readonly to: string };

/** An element or an extension of the CarePlan that opens a case, and the field of the opening that it fills. */
export type OpeningElement = { readonly field: string; readonly required?: true } & ValueOfOpening &
  ({ readonly element: PathInCarePlan } | { readonly extension: string });

/**
 * What a client says in the CarePlan that opens a case of a kind, beside what all have: `status` draft, `intent` plan, the number of the
 * person in `subject.identifier`, the own unit as `author`. The facade reads it by this row and refuses every other element.
 */
export type OpeningCarePlan = {
  /** Of each system the codes that stand for the kind. A client sends any of them; a client that sends none is answered with the first. */
  readonly category: readonly [CodesOfSystem, ...CodesOfSystem[]];
  readonly title: string;
  readonly elements: readonly OpeningElement[];
};
