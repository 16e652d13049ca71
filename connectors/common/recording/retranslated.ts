/** What a recording would become today: a fact, or none, and why in words that hold nothing of the content. */
export type Retranslated =
  | { readonly kind: 'fact'; readonly topic: string; readonly fact: unknown }
  | { readonly kind: 'nothing'; readonly why: string };
